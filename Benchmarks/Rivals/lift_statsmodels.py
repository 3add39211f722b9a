"""statsmodels, a call for each interval and test of a row."""

from statsmodels.stats.proportion import (
    confint_proportions_2indep, proportions_ztest)

import measure


def row(x1, n1, x0, n0):
    newcombe = confint_proportions_2indep(x1, n1, x0, n0, method="newcomb", compare="diff")
    p = proportions_ztest([x1, x0], [n1, n0])[1]
    low, high = confint_proportions_2indep(x1, n1, x0, n0, method="log", compare="ratio")
    return *newcombe, p, low - 1, high - 1


measure.lift("statsmodels", row, share=0.01)
