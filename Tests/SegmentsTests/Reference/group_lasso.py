"""Makes group_lasso.json: python3 group_lasso.py > group_lasso.json   (NumPy 1.24 or later)

Group lasso by accelerated proximal gradients with restarts, down to a step of 1e-14, on data made of multiples of
irrational numbers, so that the tests make the same. Groups are made orthonormal by NumPy's QR, and coefficients are
brought back by least squares.
"""
import json
import numpy as np


def frac(v):
    return v - np.floor(v)


n = 120
i = np.arange(1, n + 1, dtype=float)
numbers = np.column_stack([frac(i * np.sqrt(j + 1) + i * i * np.sqrt(j + 2) * 0.37) for j in range(1, 7)])
codes = (np.arange(n) * np.arange(n) * 3 + np.arange(n) // 7) % 7
levels = np.column_stack([(codes == k).astype(float) for k in range(1, 7)])
x = np.column_stack([levels, numbers])
groups = np.array([0] * 6 + [1, 1, 2, 2, 2, 3])
eta = 2 * (codes == 2) - 2 * (codes == 5) + 3 * numbers[:, 0] - 2 * numbers[:, 1] - 0.5
y = (frac(i * np.sqrt(3)) < 1 / (1 + np.exp(-eta))).astype(float)
z = eta + frac(i * np.sqrt(5))
weights = 1.0 + np.arange(1, n + 1) % 3


def solve(family, outcome, w, group_weights, lams, orthonormal, standardize):
    w = w / w.sum()
    mean = w @ x
    scale = np.sqrt(w @ (x - mean) ** 2) if standardize else np.ones(x.shape[1])
    xs = (x - mean) / scale
    u, back = xs.copy(), []
    for g in range(groups.max() + 1):
        own = groups == g
        if orthonormal:
            q, r = np.linalg.qr(np.sqrt(w)[:, None] * xs[:, own])
            u[:, own] = xs[:, own] @ np.linalg.inv(r)
    if family == "logistic":
        def loss(e):
            return w @ (np.logaddexp(0, e) - outcome * e)
        def slope(e):
            return w * (1 / (1 + np.exp(-e)) - outcome)
        bend = 0.25
    else:
        def loss(e):
            return 0.5 * w @ (outcome - e) ** 2
        def slope(e):
            return w * (e - outcome)
        bend = 1.0
    full = np.column_stack([np.ones(n), u])
    top = np.linalg.eigvalsh((full * w[:, None]).T @ full)[-1] * bend
    fits = []
    b = np.zeros(x.shape[1] + 1)
    for lam in lams:
        v, t = b.copy(), 1.0
        for _ in range(400000):
            new = v - full.T @ slope(full @ v) / top
            for g, weight in enumerate(group_weights):
                own = np.flatnonzero(groups == g) + 1
                size = np.linalg.norm(new[own])
                new[own] *= max(0.0, 1 - lam * weight / top / size) if size > 0 else 0.0
            change = new - b
            if (v - new) @ change > 0:
                t = 1.0
            t_next = (1 + np.sqrt(1 + 4 * t * t)) / 2
            v = new + (t - 1) / t_next * change
            b, t = new, t_next
            if np.abs(change).max() < 1e-15:
                break
        e = full @ b
        beta = np.linalg.lstsq(xs, u @ b[1:], rcond=None)[0] / scale
        beta[np.abs(b[1:]) == 0] = 0
        penalty = lam * sum(wt * np.linalg.norm(b[1:][groups == g]) for g, wt in enumerate(group_weights))
        fits.append({"lambda": lam, "intercept": b[0] - mean @ beta, "beta": list(beta), "objective": loss(e) + penalty})
    return fits


sizes = np.sqrt(np.bincount(groups))
out = {
    "logistic-orthonormal": solve("logistic", y, np.ones(n), sizes, [0.05, 0.02, 0.004], True, True),
    "logistic-weights-free-group": solve("logistic", y, weights, np.array([1.0, 2.0, 1.0, 0.0]), [0.05, 0.01], True, True),
    "linear-orthonormal": solve("linear", z, weights, sizes, [0.2, 0.05, 0.005], True, True),
    "linear-standardized": solve("linear", z, np.ones(n), sizes, [0.2, 0.05, 0.005], False, True),
    "logistic-plain": solve("logistic", y, np.ones(n), sizes, [0.02, 0.005], False, False),
}
print(json.dumps(out, indent=1))
