"""Writes separation.json: small random designs with the answer of Konis' linear programme.

Solved with scipy.optimize.linprog (HiGHS); the sign of a coefficient is written only where all
optimal solutions agree on it. Run: python separation.py > separation.json
"""
import json
import numpy as np
from scipy.optimize import linprog

rng = np.random.default_rng(20170)
TOL = 1e-7


def konis(A):
    c = A.sum(0)
    p = A.shape[1]
    box = [(-1, 1)] * p
    top = linprog(-c, A_ub=-A, b_ub=np.zeros(len(A)), bounds=box, method="highs")
    best = -top.fun
    if best < TOL:
        return "none", [0] * p
    signs = []
    ge = np.vstack([-A, -c])
    rhs = np.append(np.zeros(len(A)), -best + 1e-9)
    for j in range(p):
        e = np.eye(p)[j]
        lo = linprog(e, A_ub=ge, b_ub=rhs, bounds=box, method="highs").fun
        hi = -linprog(-e, A_ub=ge, b_ub=rhs, bounds=box, method="highs").fun
        agree = [s for s, ok in ((1, lo > TOL), (-1, hi < -TOL), (0, abs(lo) < TOL and abs(hi) < TOL)) if ok]
        signs.append(agree[0] if agree else None)
    # max t with every signed row at least t.
    B = np.hstack([-A, np.ones((len(A), 1))])
    margin = -linprog(np.append(np.zeros(p), -1), A_ub=B, b_ub=np.zeros(len(A)), bounds=box + [(None, 1)], method="highs").fun
    return ("complete" if margin > TOL else "quasi"), signs


cases = []
while len(cases) < 160:
    n, p = int(rng.integers(6, 26)), int(rng.integers(2, 6))
    X = rng.integers(-2, 3, (n, p))
    if rng.random() < 0.5:
        X = (X > 0).astype(int)
    X[:, 0] = 1
    if np.linalg.matrix_rank(X) < p:
        continue
    strength = rng.choice([0.5, 2.0, 6.0])
    eta = strength * (X @ rng.normal(size=p))
    y = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    if rng.random() < 0.2:
        y[0] = 0.5
    A = np.vstack([X[y > 0], -X[y < 1]])
    kind, signs = konis(A)
    want = len([c for c in cases if c["kind"] == kind])
    if want >= (60 if kind == "none" else 50):
        continue
    cases.append({"x": X.T.tolist(), "y": y.tolist(), "kind": kind, "signs": signs})
print(json.dumps(cases, separators=(",", ":")))
