"""The figures of ExperimentsDataTests, from NumPy, SciPy and statsmodels.

    HOLDFAST_DATASETS=... python3 experiments.py

Made with Python 3.11, NumPy 2.4, SciPy 1.17.1, statsmodels 0.15. The data are no part of the project.
"""
import csv, gzip, os
from collections import defaultdict
import numpy as np
from scipy import stats
from scipy.special import lambertw
from statsmodels.stats.multitest import multipletests

folder = os.environ["HOLDFAST_DATASETS"]


def rows(path):
    with gzip.open(f"{folder}/{path}", "rt", newline="") as file:
        return list(csv.DictReader(file))


def upworthy():
    tests = defaultdict(list)
    for row in rows("upworthy_exploratory/upworthy_third.csv.gz"):
        tests[row["clickability_test_id"]].append(row)
    ratio, inside, values = [], [], []
    for name in sorted(tests):
        arms = tests[name]
        fault = "201326" <= arms[0]["test_week"] <= "201402"
        counts = np.array([int(arm["impressions"]) for arm in arms])
        ratio.append(stats.chisquare(counts).pvalue)
        inside.append(fault)
        n0, x0 = counts[0], int(arms[0]["clicks"])
        for arm in arms[1:]:
            n1, x1 = int(arm["impressions"]), int(arm["clicks"])
            small = min(n0, n1) < 1000 and n0 + n1 <= 4000
            if x0 + x1 == 0:
                # No variation to answer from; an exact test says 1.
                if small:
                    values.append((name, len(ratio) - 1, 1.0, 0.0, None, small))
                continue
            p = (x0 + x1) / (n0 + n1)
            z = (x1 / n1 - x0 / n0) / np.sqrt(p * (1 - p) * (1 / n0 + 1 / n1))
            se = np.sqrt(x1 / n1 * (1 - x1 / n1) / n1 + x0 / n0 * (1 - x0 / n0) / n0)
            pv = 2 * stats.norm.sf(abs(z))
            if small:
                table = [[x1, x0], [n1 - x1, n0 - x0]]
                # Central: twice the lesser one-sided p-value.
                sides = [stats.boschloo_exact(table, a, n=32).pvalue for a in ("less", "greater")]
                pv = min(1, 2 * min(sides))
            values.append((name, len(ratio) - 1, pv, x1 / n1 - x0 / n0, se, small))
    ratio, inside = np.array(ratio), np.array(inside)
    p = np.array([value[2] for value in values])
    mismatch = ratio[[value[1] for value in values]] < 0.01
    rejected, adjusted = multipletests(p, 0.05, "fdr_bh")[:2]
    print("upworthy", len(ratio), "tests", len(p), "comparisons", sum(v[5] for v in values), "small")
    for word, part in [("all", inside >= 0), ("cache fault", inside), ("other", ~inside)]:
        pick = ratio[part]
        print(" ", word, part.sum(), (pick < 0.01).sum(), (pick < 0.001).sum(), np.mean(pick < 0.01))
    group = inside[[value[1] for value in values]]
    print("  p < 0.05:", (p < 0.05).sum(), "BH:", rejected.sum(), "inside:", (rejected & group).sum(),
          "of those with a mismatch:", (rejected & mismatch).sum())
    difference = np.array([value[3] for value in values])
    print("  better", (rejected & ~mismatch & (difference > 0)).sum(),
          "worse", (rejected & ~mismatch & (difference < 0)).sum(),
          "unclear", (~rejected & ~mismatch).sum(), "mismatch", mismatch.sum())
    large = np.array([not value[5] for value in values])
    print("  least p", repr(p.min()), values[int(p.argmin())][0], "sums of the others' p and adjusted p",
          repr(p[large].sum()), repr(adjusted[large].sum()))
    known = [value for value in values if value[4] is not None]
    paule_mandel(np.array([v[3] for v in known]), np.array([v[4] for v in known]))


def paule_mandel(effect, error):
    from scipy.optimize import brentq

    def excess(t):
        w = 1 / (error**2 + t)
        return (w * (effect - (w * effect).sum() / w.sum()) ** 2).sum() - (len(effect) - 1)

    t = brentq(excess, 0, 1, xtol=1e-18, rtol=1e-14) if excess(0) > 0 else 0
    w = 1 / (error**2 + t)
    print("  shrinkage: mean", repr((w * effect).sum() / w.sum()), "sd", repr(np.sqrt(t)))


def asos():
    series = defaultdict(list)
    for row in rows("asos_experiments/asos_half.csv.gz"):
        series[row["metric_id"], row["experiment_id"], row["variant_id"]].append(row)
    # 1/rho in units of planned sessions: the boundary is lowest there (Howard et al. 2021, 3.5).
    lowest = -lambertw(-0.05**2 / np.e, -1).real - 1
    for metric in "1234":
        any_look, last, refused = 0, 0, 0
        valid = {5_000: 0, 1_000_000: 0}
        pairs = sorted(key for key in series if key[0] == metric)
        ratios, ends = [], []
        for key in pairs:
            looks = sorted(series[key], key=lambda row: float(row["time_since_start"]))
            crossed, final, crossings = False, None, dict.fromkeys(valid, False)
            for row in looks:
                n0, n1 = float(row["count_c"]), float(row["count_t"])
                final = None
                if n0 < 2 or n1 < 2 or row["variance_c"] == "" or row["variance_t"] == "":
                    continue
                v0, v1 = float(row["variance_c"]), float(row["variance_t"])
                if v0 < 0 or v1 < 0 or v0 + v1 == 0:
                    continue
                d = float(row["mean_t"]) - float(row["mean_c"])
                se = np.sqrt(v0 / n0 + v1 / n1)
                z = d / se
                final = abs(z) > stats.norm.isf(0.025)
                crossed |= final
                for planned in valid:
                    r = (n0 + n1) / planned * lowest
                    m = np.sqrt((1 + 1 / r) * (np.log1p(r) + 2 * np.log(20)))
                    crossings[planned] |= abs(z) > m
            any_look += crossed
            last += bool(final)
            refused += final is None
            for planned in valid:
                valid[planned] += crossings[planned]
            row = looks[-1]
            n0, n1 = float(row["count_c"]), float(row["count_t"])
            ratios.append(stats.chisquare([n0, n1]).pvalue)
            if final is not None:
                v0, v1 = float(row["variance_c"]), float(row["variance_t"])
                ends.append(
                    stats.ttest_ind_from_stats(
                        float(row["mean_t"]), v1**0.5, n1, float(row["mean_c"]), v0**0.5, n0, False
                    ).pvalue)
        ends = np.array(ends)
        print("  Welch p summed", repr(ends.sum()))
        print("asos metric", metric, len(pairs), "any", any_look, "last", last, "always valid", valid,
              "no last", refused, "ratio < .01", sum(p < 0.01 for p in ratios),
              "Welch < .05", (ends < 0.05).sum(), "BH", multipletests(ends, 0.05, "fdr_bh")[0].sum())


upworthy()
asos()
