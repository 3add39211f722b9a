"""Trees of effects on the logs of `segment-studies export`: power and false discoveries, for every rival.

A rival grows a tree on the discovery half of a log. Its leaves are measured on the other half: the difference of
means inside a leaf less that outside, with an HC2 error. That is the honest tree of Athey and Imbens (2016); the
libraries themselves give no error of that difference.

What counts is what SegmentPowerStudy counts. A discovery is a leaf whose interval excludes zero, at 95 % for each
leaf ("95 % each") or by Holm over all leaves ("Holm"); "nodes, Holm" takes every node below the root in the place of
leaves. It is false if no question on its way asks about a covariate that makes a true segment. A true segment is found
if |A ∩ B| / |A ∪ B| ≥ ½ for a discovery A, or for its complement. Categories become one column a level.
"""

import argparse
import json
import pathlib
import time

import numpy as np
import pandas as pd
from scipy import stats


def nodes(tree, names, x):
    """Every node below the root: whether it is a leaf, the covariates on its way, and its sessions."""
    found, todo = [], [(0, frozenset(), np.ones(len(x), bool))]
    while todo:
        node, way, inside = todo.pop()
        left, right = tree.children_left[node], tree.children_right[node]
        if node > 0:
            found.append((left < 0, way, inside))
        if left >= 0:
            feature = tree.feature[node]
            below = x[:, feature] <= tree.threshold[node]
            way = way | {names[feature]}
            todo += [(left, way, inside & below), (right, way, inside & ~below)]
    return found


def p_value(inside, arm, reward):
    """Two-sided, of the effect inside less that outside; nan where a cell has too few sessions."""
    effect = variance = 0.0
    for part, treated, sign in [(1, 1, 1), (1, 0, -1), (0, 1, -1), (0, 0, 1)]:
        cell = reward[(inside == part) & (arm == treated)]
        if len(cell) < 2:
            return np.nan
        effect += sign * cell.mean()
        variance += cell.var(ddof=1) / len(cell)
    return 2 * stats.norm.sf(abs(effect) / np.sqrt(variance)) if variance > 0 else np.nan


def holm(p):
    p = np.where(np.isnan(p), 1.0, p)
    order = np.argsort(p, kind="stable")
    adjusted = np.minimum(1, np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order]))
    result = np.empty(len(p))
    result[order] = adjusted
    return result


def overlap(a, b):
    return max((a & b).sum() / max(1, (a | b).sum()), (~a & b).sum() / max(1, (~a | b).sum()))


def study(path, truth, grow, depth, seed):
    """For each way of reporting: the number of findings, of false ones, and of true segments found."""
    log = pd.read_csv(path)
    segments = [log[name].to_numpy(bool) for name in log if name.startswith("segment_")]
    arm, reward = log["arm"].to_numpy(float), log["reward"].to_numpy(float)
    covariates = log.drop(columns=["arm", "reward"] + [n for n in log if n.startswith("segment_")])
    categories = [name for name in covariates if name.startswith("category_")]
    wide = pd.get_dummies(covariates, columns=categories, prefix_sep="=")
    names, x = [name.split("=")[0] for name in wide], wide.to_numpy(float)

    half = np.random.default_rng(seed).random(len(x)) < 0.5
    tree = grow(x[half], arm[half], reward[half], depth, seed)
    parts = nodes(tree, names, x)
    results = {}
    for report, chosen in [
        ("95 % each", [part for part in parts if part[0]]),
        ("Holm", [part for part in parts if part[0]]),
        ("nodes, Holm", parts),
    ]:
        p = np.array([p_value(inside[~half], arm[~half], reward[~half]) for _, _, inside in chosen])
        if report != "95 % each" and len(p):
            p = holm(p)
        found = [part for part, value in zip(chosen, p, strict=True) if value < 0.05]
        false = sum(not way & set(truth["covariates"]) for _, way, _ in found)
        hits = sum(any(overlap(inside, s) >= 0.5 for _, _, inside in found) for s in segments)
        results[report] = (len(found), false, hits / len(segments))
    return results


def mean_and_error(values):
    values = np.asarray(values, float)
    return f"{values.mean():.3f} | {values.std(ddof=1) / np.sqrt(len(values)):.3f}"


def run(peer, growers):
    """Prints the table of a rival. A grower takes `x, arm, reward, depth, seed` and returns a tree as scikit-learn
    keeps it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--replications", type=int, help="fewer logs than there are")
    parser.add_argument("--sessions", type=int, nargs="+", help="some of the sizes")
    parser.add_argument("--grower", choices=list(growers), default=next(iter(growers)))
    arguments = parser.parse_args()
    truth = json.loads((arguments.folder / "truth.json").read_text())
    replications = min(arguments.replications or truth["replications"], truth["replications"])
    name, grow = arguments.grower, growers[arguments.grower]
    print(f"\n### {peer}, {name} of depth {arguments.depth}, {replications} logs, seed {truth['seed']}\n")
    print("| report | sessions | power | ± | false discovery rate | ± | any false | ± | findings | s CPU a log |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for sessions in arguments.sessions or truth["sessions"]:
        start = time.process_time()
        logs = []
        for seed in range(truth["seed"], truth["seed"] + replications):
            path = arguments.folder / f"{sessions}-{seed}.csv"
            logs.append(study(path, truth, grow, arguments.depth, seed))
        seconds = (time.process_time() - start) / replications
        for report in logs[0]:
            found, false, power = (np.array([log[report][i] for log in logs]) for i in range(3))
            shares = [power, false / np.maximum(1, found), false > 0]
            print(
                f"| {name}, {report} | {sessions} | {' | '.join(map(mean_and_error, shares))} "
                f"| {found.mean():.1f} | {seconds:.1f} |", flush=True)
