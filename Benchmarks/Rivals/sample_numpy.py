"""numpy's Generator, on the bits that it takes by default: PCG64."""

import numpy as np

import measure

rng = np.random.default_rng(20260101)
measure.sample("numpy", {
    "normal": lambda count: rng.standard_normal(count),
    "exponential": lambda count: rng.standard_exponential(count),
    "gamma(2.5)": lambda count: rng.standard_gamma(2.5, count),
    "beta(0.5, 0.5)": lambda count: rng.beta(0.5, 0.5, count),
    "beta(2, 8)": lambda count: rng.beta(2, 8, count),
    "beta(120, 880)": lambda count: rng.beta(120, 880, count),
    "binomial(100, 0.3)": lambda count: rng.binomial(100, 0.3, count),
    "poisson(50)": lambda count: rng.poisson(50, count),
})
