"""Makes crossed_shrinkage.json: python crossed_shrinkage.py > crossed_shrinkage.json

Restricted likelihood maximised by scipy's Nelder-Mead over square roots of the variances, and best
linear unbiased predictions by dense algebra, for cells of 4 segments x 5 reasons.
"""
import json

import numpy as np
import scipy
from scipy.optimize import minimize

segments, reasons = 4, 5
cell = np.arange(segments * reasons)
row, column = cell // reasons, cell % reasons
y = 0.05 + 0.03 * (row - 1.5) + 0.01 * (column * 3 % 5 - 2) + ((cell * 7) % 11 - 5) / 200
errors = 0.01 + (cell * 5 % 7) / 200
ones = np.ones(len(y))
same = [(f[:, None] == f[None, :]).astype(float) for f in (row, column, cell)]


def parts(roots):
    prior = sum(r * r * k for r, k in zip(roots, same))
    inverse = np.linalg.inv(prior + np.diag(errors**2))
    weight = ones @ inverse @ ones
    mean = ones @ inverse @ y / weight
    return prior, inverse, weight, mean


def loss(roots):
    prior, inverse, weight, mean = parts(roots)
    _, determinant = np.linalg.slogdet(prior + np.diag(errors**2))
    return 0.5 * (determinant + np.log(weight) + (y - mean) @ inverse @ (y - mean))


best = min((minimize(loss, start, method="Nelder-Mead",
                     options={"xatol": 1e-12, "fatol": 1e-14, "maxiter": 20000})
            for start in ([0.03, 0.01, 0.02], [0.01, 0.01, 0.01], [0.05, 0.03, 0.01])),
           key=lambda fit: fit.fun)
prior, inverse, weight, mean = parts(best.x)
gain = prior @ inverse
rest = 1 - gain @ ones
variance = np.diag(prior - gain @ prior) + rest**2 / weight
print(json.dumps({
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "estimates": y.tolist(), "errors": errors.tolist(), "factors": [row.tolist(), column.tolist()],
    "deviations": np.abs(best.x).tolist(), "mean": mean, "standardError": weight**-0.5,
    "effects": (mean + gain @ (y - mean)).tolist(), "effectDeviations": (variance**0.5).tolist(),
}, indent=1))
