"""Logistic reward models of a campaign of the Open Bandit sample, one a position, to convergence.

The design is obp 0.5.7's: user features one-hot without the first level (levels in the order of their
names), item categories by their rank, item_feature_0, and an intercept that is not penalised; C = 100.
Solved by Newton's method, so that no optimiser's stopping rule is in the numbers.

Usage: obd_q.py FOLDER CAMPAIGN > obd_CAMPAIGN_q_coefficients.csv
FOLDER holds random_CAMPAIGN.csv.gz and item_context_CAMPAIGN.csv; made with NumPy 2.4.6.
"""
import csv, gzip, sys
import numpy as np

folder, campaign = sys.argv[1] + "/", sys.argv[2]
rows = list(csv.DictReader(gzip.open(f"{folder}random_{campaign}.csv.gz", "rt")))
items = list(csv.DictReader(open(f"{folder}item_context_{campaign}.csv")))


def levels(table, name):
    return sorted({row[name] for row in table})


user = np.array([
    [1.0 * (row[f"user_feature_{k}"] == level) for row in rows]
    for k in range(4) for level in levels(rows, f"user_feature_{k}")[1:]]).T
item = np.array([
    [levels(items, f"item_feature_{k}").index(row[f"item_feature_{k}"]) for row in items]
    for k in (1, 2, 3)] + [[float(row["item_feature_0"]) for row in items]]).T
position = np.array([int(row["position"]) - 1 for row in rows])
action = np.array([int(row["item_id"]) for row in rows])
click = np.array([float(row["click"]) for row in rows])

C = 100
for place in range(3):
    mask = position == place
    x = np.c_[user[mask], item[action[mask]], np.ones(mask.sum())]
    y = click[mask]
    ridge = np.r_[np.ones(x.shape[1] - 1), 0]
    beta = np.zeros(x.shape[1])

    def loss(b):
        return C * np.sum(np.logaddexp(0, x @ b) - y * (x @ b)) + 0.5 * (ridge * b) @ b

    for _ in range(100):
        mu = 1 / (1 + np.exp(-x @ beta))
        score = C * x.T @ (mu - y) + ridge * beta
        step = np.linalg.solve(C * (x * (mu * (1 - mu))[:, None]).T @ x + np.diag(ridge), score)
        size = 1.0
        while loss(beta - size * step) > loss(beta) * (1 + 1e-12) and size > 1e-6:
            size /= 2
        beta = beta - size * step
        if np.abs(step).max() < 1e-12:
            break
    print(",".join(repr(float(b)) for b in beta))
