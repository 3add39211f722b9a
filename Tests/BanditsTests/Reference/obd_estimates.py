"""Off-policy estimates of the Bernoulli Thompson policy on the Random log of each campaign of the Open Bandit sample.

The target's law of ranks is integrated here by SciPy on the published prior (Gauss-Legendre over the
log-odds, Poisson-binomial by direct folding), the reward models are those of obd_q.py; so that no random draw
and no optimiser's stopping rule is in the numbers.

Usage: obd_estimates.py FOLDER    FOLDER holds random_*.csv.gz, item_context_*.csv and prior_bts.yaml
Printed by Python 3.11.7, NumPy 2.4.6, SciPy and PyYAML.
"""
import csv, gzip, os, sys
import numpy as np
import scipy
import yaml
from scipy.stats import beta

folder = sys.argv[1] + "/"
here = os.path.dirname(os.path.abspath(__file__)) + "/"


def ranks(alpha, b):
    nodes, weights = np.polynomial.legendre.leggauss(40)
    edges = np.linspace(-16, -1, 241)
    s = (edges[:-1, None] + edges[1:, None]) / 2 + np.diff(edges)[:, None] / 2 * nodes
    w = (np.diff(edges)[:, None] / 2 * weights).ravel()
    x = 1 / (1 + np.exp(-s.ravel()))
    density = np.array([beta.pdf(x, p, q) for p, q in zip(alpha, b)]) * x * (1 - x) * w
    above = np.array([beta.sf(x, p, q) for p, q in zip(alpha, b)])
    table = np.zeros((len(alpha), 3))
    for arm in range(len(alpha)):
        law = [np.ones_like(x), np.zeros_like(x), np.zeros_like(x)]
        for other in range(len(alpha)):
            if other != arm:
                u = above[other]
                law = [law[0] * (1 - u), law[1] * (1 - u) + law[0] * u, law[2] * (1 - u) + law[1] * u]
        table[arm] = [(density[arm] * p).sum() for p in law]
    assert np.abs(table.sum(0) - 1).max() < 1e-11
    return table


print("scipy", scipy.__version__, "yaml", yaml.__version__)
priors = yaml.safe_load(open(folder + "prior_bts.yaml"))
for campaign in ("all", "men", "women"):
    table = ranks(priors[campaign]["alpha"], priors[campaign]["beta"])
    rows = list(csv.DictReader(gzip.open(f"{folder}random_{campaign}.csv.gz", "rt")))
    items = list(csv.DictReader(open(f"{folder}item_context_{campaign}.csv")))
    position = np.array([int(r["position"]) - 1 for r in rows])
    action = np.array([int(r["item_id"]) for r in rows])
    click = np.array([float(r["click"]) for r in rows])
    w = table[action, position] / np.array([float(r["propensity_score"]) for r in rows])

    def levels(name, of):
        return sorted({r[name] for r in of})

    user = np.array([[1.0 * (r[f"user_feature_{k}"] == v) for r in rows]
                     for k in range(4) for v in levels(f"user_feature_{k}", rows)[1:]]).T
    item = np.array([[levels(f"item_feature_{k}", items).index(r[f"item_feature_{k}"]) for r in items]
                     for k in (1, 2, 3)] + [[float(r["item_feature_0"]) for r in items]]).T
    coefficients = np.loadtxt(f"{here}obd_{campaign}_q_coefficients.csv", delimiter=",")
    u = user.shape[1]
    eta = np.array([user[i] @ coefficients[p][:u] + coefficients[p][-1] + item @ coefficients[p][u:-1]
                    for i, p in enumerate(position)])
    q = 1 / (1 + np.exp(-eta))
    v = (table.T[position] * q).sum(1)
    residual = click - q[np.arange(len(rows)), action]
    snips = (w * click).sum() / w.sum()
    n = len(rows)
    terms = {
        "IPS": w * click, "DM": v, "DR": v + w * residual, "DRos": v + 10 * w / (w ** 2 + 10) * residual,
        "SWITCH": v + w * (w <= 10) * residual, "SNIPS": snips + w / w.mean() * (click - snips)}
    print(campaign, {k: (float(t.mean()), float(t.std(ddof=1) / n ** 0.5)) for k, t in terms.items()},
          float(w.sum() ** 2 / (w ** 2).sum()))
