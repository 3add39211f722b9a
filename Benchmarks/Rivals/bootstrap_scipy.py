"""SciPy's bootstrap of a mean. It runs a hundredth of the resamples: its time is in proportion."""

from scipy import stats

import measure

measure.bootstrap("scipy", lambda values, resamples: stats.bootstrap(
    (values,), lambda x, axis: x.mean(axis=axis), n_resamples=resamples, method="percentile",
    vectorized=True, batch=10, rng=1).standard_error, share=0.01)
