"""Thompson sampling in numpy, all replications abreast: one draw of a matrix a session."""

import numpy as np

import measure


def simulate(replications, horizon):
    rng = np.random.default_rng(20260101)
    rates, best = measure.RATES, measure.RATES.max()
    alpha = np.ones((replications, len(rates)))
    beta = np.ones((replications, len(rates)))
    regret = np.zeros(replications)
    replication = np.arange(replications)
    for _ in range(horizon):
        arm = rng.beta(alpha, beta).argmax(axis=1)
        rate = rates[arm]
        saved = rng.random(replications) < rate
        regret += best - rate
        alpha[replication, arm] += saved
        beta[replication, arm] += ~saved
    return regret


measure.thompson("numpy, vectorised", simulate)
