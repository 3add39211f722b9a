"""Writes contextual.json: posteriors of linear and logistic regressions on the features of cells.

    python contextual.py > contextual.json

NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0, MABWiser 2.7.4, bayesianbandits 1.5.0, and
obp 0.5.7 (pip install --no-deps --ignore-requires-python obp==0.5.7; its policies are read without the
package around them, which asks for torch)."""

import importlib
import json
import sys
import types
import warnings

import numpy as np
import statsmodels.api as sm
from bayesianbandits import Arm, BayesianGLM, ContextualAgent, LaplaceApproximator, ThompsonSampling
from mabwiser.mab import MAB, LearningPolicy
from scipy import integrate, stats
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
ARMS, COEFFICIENT_VARIANCE, NOISE = 3, 2.0, 0.3


def features(levels):
    """The rows of ContextFeatures(crossing: levels)."""
    rows = []
    for cell in np.ndindex(*levels):
        row = [1.0]
        for level, count in zip(cell, levels):
            row += [float(level == other) for other in range(1, count)]
        rows.append(row)
    return np.array(rows)


X = features([3, 2])
i = np.arange(120)
ARM, CELL = i % 3, (i // 3 + i // 5 * 3 + i // 11) % 6
SAVED = ((i * 7) % 11 < 2 + 2 * ARM).astype(float)
MARGIN = (i * 37) % 101 / 20 - 1 + ARM * X[CELL, 1]


def greatest(laws):
    """P(each of some scipy laws is greatest)."""
    low = min(law.ppf(1e-16) for law in laws)
    high = max(law.isf(1e-16) for law in laws)
    points = np.unique([law.ppf(p) for law in laws for p in (0.01, 0.25, 0.5, 0.75, 0.99)])
    edges = np.concatenate([[low], points, [high]])
    return [
        sum(
            integrate.quad(
                lambda x: law.pdf(x) * np.prod([o.cdf(x) for o in laws if o is not law]), a, b,
                epsabs=1e-15, epsrel=1e-13, limit=200)[0]
            for a, b in zip(edges, edges[1:]))
        for law in laws
    ]


def linear(known):
    """The posterior by the normal equations; for an unknown variance from all sessions at once."""
    means, scales, laws, noise = [], [], [], []
    for arm in range(ARMS):
        x, y = X[CELL[ARM == arm]], MARGIN[ARM == arm]
        weight = 1 / NOISE if known else 1.0
        m0 = np.full(4, 0.25)
        h = np.eye(4) / COEFFICIENT_VARIANCE + weight * x.T @ x
        m = np.linalg.solve(h, m0 / COEFFICIENT_VARIANCE + weight * x.T @ y)
        s = np.sqrt(np.einsum("ci,ij,cj->c", X, np.linalg.inv(h), X))
        if known:
            row = [stats.norm(a, b) for a, b in zip(X @ m, s)]
        else:
            a = 1.5 + len(y) / 2
            b = 0.7 + 0.5 * (y @ y + m0 @ m0 / COEFFICIENT_VARIANCE - m @ h @ m)
            noise.append([a, b])
            s = s * np.sqrt(b / a)
            row = [stats.t(2 * a, c, d) for c, d in zip(X @ m, s)]
        means.append(m.tolist()), scales.append(s.tolist()), laws.append(row)
    best = [greatest([row[cell] for row in laws]) for cell in range(6)]
    return {"means": means, "scales": scales, "noise": noise, "propensities": best}


def mabwiser():
    """Bounds of LinUCB at α = 1.25, by cell and arm."""
    mab = MAB([0, 1, 2], LearningPolicy.LinUCB(alpha=1.25, l2_lambda=1.0))
    mab.fit(ARM, SAVED, X[CELL])
    return [[row[arm] for arm in range(ARMS)] for row in mab.predict_expectations(X)]


def obp_policies():
    """obp.policy.linear and obp.policy.logistic, without what their packages import besides."""
    import site

    torch = types.ModuleType("torch")
    torch.tensor = torch.Tensor = object
    sys.modules["torch"] = torch
    for name in ("obp", "obp.policy"):
        package = types.ModuleType(name)
        package.__path__ = [site.getsitepackages()[0] + "/" + name.replace(".", "/")]
        sys.modules[name] = package
    return (importlib.import_module("obp.policy." + name) for name in ("linear", "logistic"))


def obp_answers():
    """Coefficients of LinTS; the mean of MiniBatchLogisticRegression after one batch."""
    lin, logistic = obp_policies()
    policy = lin.LinTS(dim=4, n_actions=ARMS, random_state=1)
    for arm, cell, y in zip(ARM, CELL, MARGIN):
        policy.update_params(int(arm), y, X[[cell]])
    policy.select_action(X[[0]])
    means = []
    for arm in range(ARMS):
        model = logistic.MiniBatchLogisticRegression(lambda_=0.5, alpha=1.0, dim=4)
        model.fit(X[CELL[ARM == arm]], 2 * SAVED[ARM == arm] - 1)
        means.append(model._m.tolist())
    return {"linTS": policy.theta_hat.T.tolist(), "logisticMeans": means}


def mode(x, y, means, precision):
    """The posterior mode for a normal prior, by Newton's method, and the Hessian there."""
    beta = means.copy()
    for _ in range(200):
        p = expit(x @ beta)
        h = precision + (x.T * (p * (1 - p))) @ x
        step = np.linalg.solve(h, x.T @ (y - p) - precision @ (beta - means))
        while True:
            def loss(b):
                eta = x @ b
                return np.logaddexp(0, eta).sum() - y @ eta + 0.5 * (b - means) @ precision @ (b - means)
            if loss(beta + step) <= loss(beta) + 1e-13:
                break
            step /= 2
        beta = beta + step
        if abs(step).max() < 1e-14:
            break
    p = expit(x @ beta)
    return beta, precision + (x.T * (p * (1 - p))) @ x


def logistic_modes():
    """Modes by Newton, held to scikit-learn's; their Hessians, held to statsmodels'."""
    means, hessians = [], []
    for arm in range(ARMS):
        x, y = X[CELL[ARM == arm]], SAVED[ARM == arm]
        beta, h = mode(x, y, np.zeros(4), np.eye(4) / COEFFICIENT_VARIANCE)
        fit = LogisticRegression(C=COEFFICIENT_VARIANCE, fit_intercept=False, tol=1e-12, max_iter=10000,
                                 solver="newton-cholesky").fit(x, y)
        assert abs(fit.coef_[0] - beta).max() < 1e-9
        theirs = np.eye(4) / COEFFICIENT_VARIANCE - sm.Logit(y, x).hessian(beta)
        assert abs(theirs - h).max() < 1e-9
        means.append(beta.tolist()), hessians.append(theirs.tolist())
    return {"means": means, "hessians": hessians}


def sequential():
    """Means after each session took the posterior for its prior, by bayesianbandits."""
    arms = [
        Arm(k, learner=BayesianGLM(
            alpha=1 / COEFFICIENT_VARIANCE, approximator=LaplaceApproximator(n_iter=100, tol=1e-13)))
        for k in range(ARMS)
    ]
    agent = ContextualAgent(arms, ThompsonSampling(), random_seed=1)
    for arm, cell, y in zip(ARM, CELL, SAVED):
        agent.select_for_update(int(arm)).update(X[[cell]], np.array([y]))
    return [arm.learner.coef_.tolist() for arm in agent.arms]


def diagonal(batch):
    """Chapelle and Li's algorithm 3 after each batch of sessions, its minima by Newton's method."""
    means = [np.zeros(4) for _ in range(ARMS)]
    precisions = [np.full(4, 1 / COEFFICIENT_VARIANCE) for _ in range(ARMS)]
    for start in range(0, 120, batch):
        for arm in range(ARMS):
            rows = np.arange(start, start + batch)
            rows = rows[ARM[rows] == arm]
            if len(rows) == 0:
                continue
            x = X[CELL[rows]]
            means[arm], _ = mode(x, SAVED[rows], means[arm], np.diag(precisions[arm]))
            p = expit(x @ means[arm])
            precisions[arm] = precisions[arm] + (p * (1 - p)) @ x**2
    return {"means": [m.tolist() for m in means], "precisions": [q.tolist() for q in precisions]}


def true_posterior(tables, variance):
    """Of an intercept and a dummy, two cells: the means and deviations of the log-odds of each cell, and
    P(each arm is best) there, by the trapezoid rule over a grid of both log-odds.

    `tables` has, for each arm, the successes and failures of both cells."""
    grid = np.linspace(-14, 10, 4801)
    step = grid[1] - grid[0]
    moments, marginals = [], []
    for (s0, f0), (s1, f1) in tables:
        def log_likelihood(s, f):
            return -s * np.logaddexp(0, -grid) - f * np.logaddexp(0, grid)
        log_density = (
            (log_likelihood(s0, f0) - grid**2 / (2 * variance))[:, None]
            + log_likelihood(s1, f1)[None, :] - (grid[None, :] - grid[:, None]) ** 2 / (2 * variance))
        density = np.exp(log_density - log_density.max())
        rows = []
        for axis in (1, 0):
            marginal = density.sum(axis=axis)
            marginal /= marginal.sum() * step
            mean = (grid * marginal).sum() * step
            moments.append([mean, np.sqrt(((grid - mean) ** 2 * marginal).sum() * step)])
            rows.append(marginal)
        marginals.append(rows)
    best = []
    for cell in range(2):
        lower = [np.cumsum(m[cell]) * step - 0.5 * step * m[cell] for m in marginals]
        best.append([
            float(sum(m[cell] * step * np.prod([lower[o] for o in range(len(tables)) if o != k], axis=0)))
            for k, m in enumerate(marginals)
        ])
    return {"tables": tables, "moments": np.array(moments).tolist(), "propensities": best}


# Few sessions; many, of which few were saved; and many that were.
TABLES = [
    [[[0, 10], [1, 11]], [[1, 8], [3, 12]], [[0, 3], [0, 2]]],
    [[[0, 100], [2, 110]], [[1, 80], [3, 120]], [[0, 30], [0, 20]]],
    [[[20, 80], [30, 90]], [[24, 76], [36, 84]], [[22, 60], [25, 70]]],
]
json.dump(
    {
        "linearKnown": linear(True),
        "linearUnknown": linear(False),
        "linUCB": mabwiser(),
        "obp": obp_answers(),
        "modes": logistic_modes(),
        "sequential": sequential(),
        "diagonal1": diagonal(1),
        "diagonal20": diagonal(20),
        "posteriors": [true_posterior(tables, 1.5) for tables in TABLES],
    },
    sys.stdout)
