"""Thompson sampling by MABWiser, one session at a time."""

import numpy as np
from mabwiser.mab import MAB, LearningPolicy

import measure


def simulate(replications, horizon):
    rng = np.random.default_rng(20260101)
    rates, best = measure.RATES, measure.RATES.max()
    regret = np.zeros(replications)
    for replication in range(replications):
        mab = MAB(list(range(len(rates))), LearningPolicy.ThompsonSampling(), seed=replication)
        # It does not choose before it has learnt: with all priors alike the first choice is uniform.
        arm = rng.integers(len(rates))
        for _ in range(horizon):
            saved = rng.random() < rates[arm]
            regret[replication] += best - rates[arm]
            mab.partial_fit([arm], [int(saved)])
            arm = mab.predict()
    return regret


measure.thompson("MABWiser", simulate, share=0.01)
