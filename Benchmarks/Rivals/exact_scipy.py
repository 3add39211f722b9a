"""SciPy's exact unconditional tests, the maxima sought by its optimiser."""

from scipy import stats

import measure

measure.exact("scipy", {
    "boschloo": lambda table: stats.boschloo_exact(table).pvalue,
    "barnard": lambda table: stats.barnard_exact(table).pvalue,
})
