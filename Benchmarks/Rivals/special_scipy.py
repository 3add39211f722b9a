"""SciPy's incomplete beta function and its inverse, which are Boost's, element by element."""

from scipy import special

import measure

measure.special("scipy", {"betainc": special.betainc, "betaincinv": special.betaincinv})
