"""400 pages of three slots and four offers in three cells, and what obp makes of them.

Pages are logged by a Plackett-Luce policy, the target is another; rewards depend on the offer, its slot and
the offers above. Values by obp 0.5.7 (estimators_slate.py); standard errors, and the pseudo-inverse estimator
by enumeration of all pages with numpy.linalg.pinv, by NumPy.

Usage: fixture_slates.py FOLDER    writes fixture_slates.csv and fixture_slates_expected.json there.
Columns: cell, arm of slots 1..3, reward of slots 1..3, cascade propensity of slots 1..3, marginal of slots 1..3.
"""
import itertools, json, sys
import numpy as np
import obp
from obp.ope.estimators_slate import (
    SelfNormalizedSlateIndependentIPS, SelfNormalizedSlateRewardInteractionIPS, SelfNormalizedSlateStandardIPS,
    SlateCascadeDoublyRobust, SlateIndependentIPS, SlateRewardInteractionIPS, SlateStandardIPS)

K, L, N = 4, 3, 400
LOGGING = np.array([[4, 2, 1, 1], [1, 1, 1, 1], [1, 3, 2, 2]], float)
TARGET = np.array([[1, 2, 2, 1], [1, 2, 4, 1], [2, 1, 2, 1]], float)
# What a page will earn from a slot on, by cell, slot and offer: wrong on purpose.
Q = np.array([[[0.9 - 0.2 * l + 0.05 * c + 0.1 * ((a * 2 + l) % 3) for a in range(K)] for l in range(L)]
              for c in range(3)])


def law(weights, shown):
    left = weights.copy()
    left[list(shown)] = 0
    return left / left.sum()


def chances(weights, page):
    """The chance of the page down to each slot."""
    return np.cumprod([law(weights, page[:l])[page[l]] for l in range(L)])


pages = list(itertools.permutations(range(K), L))


def marginals(weights):
    table = np.zeros((L, K))
    for page in pages:
        for l, a in enumerate(page):
            table[l, a] += chances(weights, page)[-1]
    return table


rng = np.random.default_rng(20)
cell = rng.integers(0, 3, N)
arms = np.array([pages[rng.choice(len(pages), p=[chances(LOGGING[c], p)[-1] for p in pages])] for c in cell])
rate = np.array([[0.15 + 0.1 * a[l] + 0.05 * c - 0.08 * l + (0.15 if l and a[l - 1] < a[l] else 0) for l in range(L)]
                 for c, a in zip(cell, arms)])
reward = (rng.random((N, L)) < rate).astype(float)
p = np.array([chances(LOGGING[c], a) for c, a in zip(cell, arms)])
pi = np.array([chances(TARGET[c], a) for c, a in zip(cell, arms)])
m_log, m_target = [marginals(w) for w in LOGGING], [marginals(w) for w in TARGET]
m = np.array([[m_log[c][l, a[l]] for l in range(L)] for c, a in zip(cell, arms)])
mt = np.array([[m_target[c][l, a[l]] for l in range(L)] for c, a in zip(cell, arms)])

rows = dict(slate_id=np.repeat(np.arange(N), L), reward=reward.ravel(), position=np.tile(np.arange(L), N))
joint = dict(pscore=np.repeat(p[:, -1], L), evaluation_policy_pscore=np.repeat(pi[:, -1], L))
marginal = dict(pscore_item_position=m.ravel(), evaluation_policy_pscore_item_position=mt.ravel())
cascade = dict(pscore_cascade=p.ravel(), evaluation_policy_pscore_cascade=pi.ravel())
target_law = np.array([[law(TARGET[c], a[:l]) for l in range(L)] for c, a in zip(cell, arms)])
values = {
    "SIPS": SlateStandardIPS(len_list=L).estimate_policy_value(**rows, **joint),
    "IIPS": SlateIndependentIPS(len_list=L).estimate_policy_value(**rows, **marginal),
    "RIPS": SlateRewardInteractionIPS(len_list=L).estimate_policy_value(**rows, **cascade),
    "SNSIPS": SelfNormalizedSlateStandardIPS(len_list=L).estimate_policy_value(**rows, **joint),
    "SNIIPS": SelfNormalizedSlateIndependentIPS(len_list=L).estimate_policy_value(**rows, **marginal),
    "SNRIPS": SelfNormalizedSlateRewardInteractionIPS(len_list=L).estimate_policy_value(**rows, **cascade),
    "cascade DR": SlateCascadeDoublyRobust(len_list=L, n_unique_action=K).estimate_policy_value(
        **rows, **cascade, action=arms.ravel(), q_hat=Q[cell].ravel(),
        evaluation_policy_action_dist=target_law.ravel()),
}

# Terms a page, for the standard errors.
w = {"SIPS": np.repeat((pi / p)[:, -1:], L, 1), "RIPS": pi / p, "IIPS": mt / m}
terms = {}
for name, weight in w.items():
    terms[name] = (weight * reward).sum(1)
    ratio = (weight * reward).sum(0) / weight.sum(0)
    terms["SN" + name] = (ratio + weight / weight.mean(0) * (reward - ratio)).sum(1)
above = np.c_[np.ones(N), (pi / p)[:, :-1]]
shown = np.array([[Q[c, l, a[l]] for l in range(L)] for c, a in zip(cell, arms)])
terms["cascade DR"] = ((pi / p) * (reward - shown) + above * (target_law * Q[cell]).sum(2)).sum(1)

total = reward.sum(1)
weight = np.zeros(N)
for c in range(3):
    gamma = np.zeros((L * K, L * K))
    for page in pages:
        one = np.zeros(L * K)
        one[[l * K + a for l, a in enumerate(page)]] = 1
        gamma += chances(LOGGING[c], page)[-1] * np.outer(one, one)
    z = np.linalg.pinv(gamma, rcond=1e-12) @ m_target[c].ravel()
    for i in np.flatnonzero(cell == c):
        weight[i] = sum(z[l * K + a] for l, a in enumerate(arms[i]))
values["PI"], terms["PI"] = (weight * total).mean(), weight * total
values["wPI"] = (weight * total).sum() / weight.sum()
terms["wPI"] = values["wPI"] + weight / weight.mean() * (total - values["wPI"])

sizes = {name: float(min(x.sum(0) ** 2 / (x ** 2).sum(0))) for name, x in w.items()}
sizes["PI"] = float(weight.sum() ** 2 / (weight ** 2).sum())
for name, value in values.items():
    assert abs(terms[name].mean() - value) < 1e-12, name
folder = sys.argv[1] + "/"
with open(folder + "fixture_slates.csv", "w") as file:
    for i in range(N):
        numbers = [*map(float, p[i]), *map(float, m[i])]
        print(cell[i], *arms[i], *map(int, reward[i]), *map(repr, numbers), sep=",", file=file)
with open(folder + "fixture_slates_expected.json", "w") as file:
    json.dump({
        "versions": {"obp": obp.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
        "values": {k: float(v) for k, v in values.items()},
        "standardErrors": {k: float(v.std(ddof=1) / N ** 0.5) for k, v in terms.items()},
        "effectiveSampleSizes": sizes,
    }, file, indent=1)
