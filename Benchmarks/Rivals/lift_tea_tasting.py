"""tea-tasting on the same counts: its pooled z test. Its intervals, of the difference (there is no
Newcombe's) and of the lift, pool the arms' variances too; they are in the time, but not compared."""

import tea_tasting as tt
from tea_tasting.aggr import Aggregates

import measure

metric = tt.Proportion("saved", method="norm", correction=False)


def arm(successes, sessions):
    p = successes / sessions
    variance = p * (1 - p) * sessions / (sessions - 1)
    return Aggregates(count_=sessions, mean_={"saved": p}, var_={"saved": variance}, cov_={})


def row(x1, n1, x0, n0):
    result = metric.analyze_aggregates(arm(x0, n0), arm(x1, n1))
    return None, None, result.pvalue, None, None


measure.lift("tea-tasting", row, share=0.01)
