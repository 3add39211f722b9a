"""Writes distributions.json: values by the sums and integrals that define them.

python3 distributions.py (mpmath 1.3.0)
"""
import json
import pathlib

from mpmath import (beta, binomial, exp, factorial, fsum, gamma, gammainc, inf, log, loggamma, mp, mpf,
                    ncdf, nstr, pi, quad, sqrt)

mp.dps = 40
cases = []


def real(*values):
    """The exact values of doubles."""
    return [mpf(float(value)) for value in values]


def add(function, arguments, value, tolerance=2e-13):
    count = sum(case["function"] == function for case in cases) + 1
    cases.append({
        "id": f"{function}-{count:03d}", "function": function,
        "args": [repr(float(argument)) for argument in arguments], "expected": nstr(value, 20),
        "max_rel_err": tolerance})


# Noncentral chi-squared: a Poisson mixture.
for nu, lam, x in [(3, .5, 1), (3, .5, 40), (2, 100, 30), (2, 100, 102.5), (10, 25, 120),
                   (.5, 3, 1e-6), (30, 400, 800)]:
    nu, lam, x = real(nu, lam, x)
    weights = [exp(-lam / 2 + j * log(lam / 2) - loggamma(j + 1))
               for j in range(int(lam / 2 + 60 * sqrt(lam / 2) + 80))]
    lower = [gammainc(nu / 2 + j, 0, x / 2, regularized=True) for j in range(len(weights))]
    upper = [gammainc(nu / 2 + j, x / 2, inf, regularized=True) for j in range(len(weights))]
    add("ncx2_cdf", [x, nu, lam], fsum(w * p for w, p in zip(weights, lower)))
    add("ncx2_sf", [x, nu, lam], fsum(w * q for w, q in zip(weights, upper)))

# Noncentral t: a mixture over the estimated deviation.
for nu, delta, t in [(3, 1, .5), (3, 1, 30), (12, -2, 1), (12, -2, -8), (50, 6, 2), (50, 6, 15),
                     (400, 3, -3), (5, 0, 2.5)]:
    nu, delta, t = real(nu, delta, t)
    panels = [mpf(k) / 20 for k in range(61)] + [4, 6, 10, 20]

    def density(s):
        return 2 * (nu / 2)**(nu / 2) / gamma(nu / 2) * s**(nu - 1) * exp(-nu * s * s / 2)

    add("nct_cdf", [t, nu, delta], quad(lambda s: density(s) * ncdf(t * s - delta), panels))
    add("nct_sf", [t, nu, delta], quad(lambda s: density(s) * ncdf(delta - t * s), panels))

# Owen's function.
for h, a in [(0, 1), (1, .5), (2.5, .99), (.3, 4), (6, 20), (12, .1), (0, 1e6), (3, 1)]:
    h, a = real(h, a)
    inner = [mpf(p) for p in ("0.05", "0.1", "0.2", "0.4", "0.7", "1", "2", "5", "10", "100")]
    panels = [mpf(0)] + [p for p in inner if p < a] + [a]
    value = quad(lambda x: exp(-h * h * (1 + x * x) / 2) / (1 + x * x), panels) / (2 * pi)
    add("owens_t", [h, a], value, 1e-15)

# Counts.
for k, n, a, b in [(3, 10, 1, 1), (0, 60, .4, .7), (55, 60, .4, .7), (20, 200, 20, 70),
                   (120, 200, 20, 70)]:
    a, b = real(a, b)
    masses = [binomial(n, j) * beta(j + a, n - j + b) / beta(a, b) for j in range(n + 1)]
    add("betabinom_cdf", [k, n, a, b], fsum(masses[:k + 1]), 5e-14)
    add("betabinom_sf", [k, n, a, b], fsum(masses[k + 1:]), 5e-14)

for k, size, hits, draws, odds in [(3, 50, 10, 8, 6), (0, 50, 10, 8, 6), (8, 5000, 900, 700, .02),
                                   (90, 5000, 900, 700, .2)]:
    [odds] = real(odds)
    first, last = max(0, draws + hits - size), min(draws, hits)
    masses = {j: binomial(hits, j) * binomial(size - hits, draws - j) * odds**j
              for j in range(first, last + 1)}
    total = fsum(masses.values())
    arguments = [k, size, hits, draws, odds]
    add("nchypergeom_cdf", arguments, fsum(m for j, m in masses.items() if j <= k) / total, 5e-14)
    add("nchypergeom_sf", arguments, fsum(m for j, m in masses.items() if j > k) / total, 5e-14)

for k, mean in [(0, 2.5), (7, 2.5), (150, 100), (1000000, 1000500)]:
    [mean] = real(mean)
    add("poisson_pmf", [k, mean], exp(k * log(mean) - mean - loggamma(k + 1)), 2e-14)

for k, r, p in [(0, .5, .2), (7, 3, .6), (900, 40, .1)]:
    r, p = real(r, p)
    add("nbinom_pmf", [k, r, p], gamma(k + r) / (factorial(k) * gamma(r)) * p**r * (1 - p)**k, 2e-14)

meta = {
    "generated_by": "distributions.py with mpmath 1.3.0 at 40 digits, by sums and quadrature",
    "conventions": {
        "ncx2_*": "x, degrees of freedom, noncentrality",
        "nct_*": "t, degrees of freedom, noncentrality",
        "owens_t": "h, a",
        "betabinom_*": "k, n, alpha, beta",
        "nchypergeom_*": "k, population, successes in it, draws, odds ratio",
        "poisson_pmf": "k, mean",
        "nbinom_pmf": "k, successes, probability of one"}}
rows = ",\n".join(json.dumps(case) for case in cases)
pathlib.Path(__file__).with_name("distributions.json").write_text(
    '{\n"meta": ' + json.dumps(meta, indent=1) + ',\n"cases": [\n' + rows + "\n]\n}\n")
