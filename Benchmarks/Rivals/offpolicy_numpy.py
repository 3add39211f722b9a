"""Off-policy estimates in plain numpy: weights and terms a row, and their standard errors."""

import numpy as np

import measure


def estimates(log, target, model):
    count = len(log["reward"])
    place = log["cell"], log["arm"]
    weight = target[place] / log["propensity"]
    weighted = weight * log["reward"]
    ips = weighted.mean()
    snips = weighted.sum() / weight.sum()
    squares = (weight * weight * (log["reward"] - snips) ** 2).sum()
    terms = (target * model).sum(axis=1)[log["cell"]] + weight * (log["reward"] - model[place])
    return [
        ips, weighted.std(ddof=1) / np.sqrt(count),
        snips, np.sqrt(count / (count - 1) * squares) / weight.sum(),
        terms.mean(), terms.std(ddof=1) / np.sqrt(count),
    ]


measure.offpolicy("numpy", estimates)
