"""Prints how far sequential Laplace beliefs are from their modes, with refits and without (NumPy 2.4.6).

Ten arms by twenty features, the sessions of the benchmark `contextual`; the distance is that of Mahalanobis by
the curvature at the mode, the greatest of the arms."""

import numpy as np
from scipy.special import expit


def mode(x, y):
    """The posterior mode for the prior N(0, I), by Newton's method, and the curvature there."""
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = expit(x @ beta)
        h = np.eye(len(beta)) + (x.T * (p * (1 - p))) @ x
        step = np.linalg.solve(h, x.T @ (y - p) - beta)
        beta = beta + step
        if abs(step).max() < 1e-13:
            break
    return beta, h


def drift(count, growth):
    features = 2 * np.modf((20 * np.arange(251)[:, None] + np.arange(20)) * np.sqrt(2))[0] - 1
    features[:, 0] = 1
    index = np.arange(count)
    cells, shown = index * 7 % 251, index % 10
    rates = 0.15 + 0.02 * shown + 0.1 * features[cells, 1]
    saved = (np.modf((index + 1) * np.sqrt(3))[0] < rates).astype(float)
    worst = 0.0
    for arm in range(10):
        x, y = features[cells[shown == arm]], saved[shown == arm]
        beta, h, last = np.zeros(20), np.eye(20), 0
        for n in range(len(y)):
            direction = np.linalg.solve(h, x[n])
            eta, variance, t = x[n] @ beta, x[n] @ direction, 0.0
            for _ in range(30):
                p = expit(eta + variance * t)
                t -= (t - (y[n] - p)) / (1 + variance * p * (1 - p))
            beta = beta + t * direction
            p = expit(eta + variance * t)
            h = h + p * (1 - p) * np.outer(x[n], x[n])
            if growth is not None and n + 1 > last * (1 + growth):
                (beta, h), last = mode(x[: n + 1], y[: n + 1]), n + 1
        best, curvature = mode(x, y)
        worst = max(worst, np.sqrt((beta - best) @ curvature @ (beta - best)))
    return worst


for count, growth in [(500, None), (2000, None), (2000, 0.1), (10000, None), (10000, 0.1)]:
    print(count, growth, repr(float(drift(count, growth))))
