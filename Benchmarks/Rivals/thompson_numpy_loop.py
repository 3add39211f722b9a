"""Thompson sampling in numpy as it is usually written: one session at a time."""

import numpy as np

import measure


def simulate(replications, horizon):
    rng = np.random.default_rng(20260101)
    rates, best = measure.RATES, measure.RATES.max()
    regret = np.zeros(replications)
    for replication in range(replications):
        alpha, beta = np.ones(len(rates)), np.ones(len(rates))
        for _ in range(horizon):
            arm = rng.beta(alpha, beta).argmax()
            saved = rng.random() < rates[arm]
            regret[replication] += best - rates[arm]
            if saved:
                alpha[arm] += 1
            else:
                beta[arm] += 1
    return regret


measure.thompson("numpy, loop", simulate, share=0.1)
