"""Writes laws.json: every member of every distribution, by the formulas that define them.

python3 laws.py (mpmath 1.3.0 at 50 digits; compares with SciPy 1.17.1 and, by Rscript, R 4.2.2)
"""
import json
import math
import pathlib
import subprocess

from mpmath import (beta, binomial, cosh, digamma, erfc, exp, factorial, fsum, gamma,
                    gammainc, inf, log, loggamma, mp, mpf, nstr, pi, quad, sqrt)
import numpy as np
from scipy import special, stats

mp.dps = 50
EPS = 2.0**-52
cases = []


def phi(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def upper(z):
    if abs(z) > 1e6:
        return mpf(z < 0)
    return erfc(z / sqrt(2)) / 2


class Law:
    """A continuous law: density, both tails, and where its quadratures are cut."""

    def __init__(self, name, parameters, density, cdf, sf, points, cuts=None, floor=0, entropy=True,
                 moments=True, scipy=None, r=None, probabilities=True, exact=None):
        self.name, self.parameters = name, [float(p) for p in parameters]
        self.density, self.cdf, self.sf = density, cdf, sf
        self.points, self.cuts, self.floor = points, cuts, floor
        self.entropy, self.moments, self.scipy, self.r = entropy, moments, scipy, r
        self.probabilities, self.exact = probabilities, exact

    def add(self, member, value, tolerance, x=None):
        function = f"{self.name}.{member}"
        count = sum(case["function"] == function for case in cases) + 1
        arguments = ([] if x is None else [float(x)]) + self.parameters
        cases.append({
            "id": f"{function}-{count:03d}", "function": function,
            "args": [repr(argument) for argument in arguments], "expected": nstr(value, 20),
            "max_rel_err": float(f"{float(max(tolerance, self.floor)):.1e}"), "law": self, "x": x})

    def add_all(self):
        for x in self.points:
            z = mpf(float(x))
            f, lower, higher = self.density(z), self.cdf(z), self.sf(z)
            if f > 0:
                if f > mpf("1e-300"):
                    self.add("density", f, tail_error(f), x)
                if abs(log(f)) > 1e-3:
                    self.add("logDensity", log(f), log_error(log(f)), x)
            for member, tail, other in [("CDF", lower, higher), ("Survival", higher, lower)]:
                plain = "cdf" if member == "CDF" else "survival"
                if tail > mpf("1e-300"):
                    self.add(plain, tail, tail_error(tail), x)
                # A logarithm of −1e-308 is zero to a double.
                if tail > 0 and other > mpf("1e-300"):
                    logarithm = mp.log1p(-other) if other < 0.5 else log(tail)
                    tolerance = tail_error(other) if other < 0.5 else log_error(logarithm)
                    self.add("log" + member, logarithm, tolerance, x)
            if self.probabilities is False:
                # The probability is rounded, and the point moved by as much.
                for member, tail, sign in [("quantile", lower, 1), ("upperQuantile", higher, -1)]:
                    p = float(tail)
                    if 1e-290 < p < 0.9 and f > 0:
                        exact = z + sign * (p - tail) / f
                        condition = float(tail / abs(z * f))
                        tolerance = (16 + condition * (64 + 4 * abs(math.log(p)))) * EPS
                        self.add(member, exact, max(tolerance, condition * self.floor), p)
        if self.probabilities:
            for p in [1e-250, 1e-12, 0.03, 0.4, 0.9]:
                for member, tail, sign in [("quantile", self.cdf, 1), ("upperQuantile", self.sf, -1)]:
                    x = self.inverse(tail, mpf(p), sign)
                    if x is None or abs(x) < 1e-290 or abs(x) > 1e290:
                        continue
                    condition = float(mpf(p) / abs(x * self.density(x)))
                    self.add(member, x, (16 + condition * (64 + 4 * abs(math.log(p)))) * EPS, p)
        self.add_moments()

    def inverse(self, tail, p, sign):
        """Bisection on the logarithm or on asinh(x), then Newton's method on the logarithm of the tail."""
        scale = exp if self.cdf(mpf(0)) == 0 else lambda u: mp.sinh(u) * mpf("1e-10")
        low, high = mpf(-2000), mpf(2000)
        target = log(p)

        def excess(u):
            value = tail(scale(u))
            return sign * ((log(value) if value > 0 else mpf(-10)**9) - target)

        with mp.workdps(25):
            for _ in range(50):
                middle = (low + high) / 2
                low, high = (middle, high) if excess(middle) < 0 else (low, middle)
        x = scale(high)
        # Beyond the doubles, or at the rounding of an end.
        if not self.density(x) > 0 or not mpf("1e-290") < abs(x) < mpf("1e290"):
            return None
        for _ in range(6):
            value = tail(x)
            if not (value > 0 and self.density(x) > 0):
                return None
            step = sign * (target - log(value)) * value / self.density(x)
            x = x * exp(step / x) if scale is exp else x + step
        return x if abs(log(tail(x)) - target) < mpf("1e-25") else None

    def add_moments(self):
        if self.exact:
            mean, variance, entropy = self.exact
        else:
            integral = lambda g: quad(lambda x: self.density(x) * g(x) if self.density(x) > 0 else 0,
                                      self.cuts)
            with mp.workdps(25):
                assert abs(integral(lambda x: 1) - 1) < 1e-15, (self.name, self.parameters)
                mean = variance = entropy = None
                if self.moments:
                    mean = integral(lambda x: x)
                    variance = integral(lambda x: (x - mean)**2)
                if self.entropy:
                    entropy = integral(lambda x: -log(self.density(x)))
        if mean is not None:
            self.add("mean", mean if abs(mean) > 1e-20 else mpf(0), 2e-14)
        if variance is not None:
            self.add("variance", variance, 5e-14)
        if entropy is not None and self.entropy and abs(entropy) > 1e-3:
            self.add("entropy", entropy, 2e-14 * max(1, 1 / abs(float(entropy))))


class Counts(Law):
    """A law of counts by its masses."""

    def __init__(self, name, parameters, mass, end, points, entropy=False, scipy=None, r=None, floor=0):
        mass = mp.memoize(mass)
        start = 0
        self.end, self.mass = end, mass
        super().__init__(
            name, parameters, lambda x: mass(int(x)),
            lambda x: fsum(mass(j) for j in range(start, int(x) + 1)),
            lambda x: fsum(mass(j) for j in range(int(x) + 1, end + 1)), points, entropy=entropy,
            scipy=scipy, r=r, floor=floor)

    def inverse(self, tail, p, sign):
        for k in range(self.end + 1):
            if (tail(k) >= p) if sign > 0 else (tail(k) <= p):
                return mpf(k)
        return None

    def add_all(self):
        self.probabilities = None
        super().add_all()
        for p in [1e-250, 1e-12, 0.03, 0.4, 0.9]:
            for member, tail, sign in [("quantile", self.cdf, 1), ("upperQuantile", self.sf, -1)]:
                self.add(member, self.inverse(tail, mpf(p), sign), 0, p)

    def add_moments(self):
        counts = range(self.end + 1)
        mean = fsum(k * self.mass(k) for k in counts)
        if mean > 0:
            self.add("mean", mean, 2e-14)
        variance = fsum((k - mean)**2 * self.mass(k) for k in counts)
        if variance > 0:
            self.add("variance", variance, 5e-14)
        if self.entropy:
            entropy = fsum(-self.mass(k) * log(self.mass(k)) for k in counts if self.mass(k) > 0)
            if entropy > 0:
                self.add("entropy", entropy, 2e-14)


def tail_error(p):
    return EPS * (64 + 4 * abs(float(log(p))))


def log_error(logarithm):
    return EPS * (8 + 64 / abs(float(logarithm)))


laws = []


def law(*arguments, **options):
    laws.append(Law(*arguments, **options))


def counts(*arguments, **options):
    laws.append(Counts(*arguments, **options))


def real(*values):
    return [mpf(float(value)) for value in values]


def gamma_tails(a):
    return (lambda z: gammainc(a, 0, z, regularized=True) if z > 0 else mpf(0),
            lambda z: gammainc(a, z, inf, regularized=True) if z > 0 else mpf(1))


def beta_lower(a, b, x, y):
    """I_x(a, b) by its positive series."""
    if x <= 0:
        return mpf(0)
    if y <= 0:
        return mpf(1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_lower(b, a, y, x)
    return x**a * y**b / (a * beta(a, b)) * mp.hyp2f1(a + b, 1, a + 1, x)


for mean, deviation in [(0, 1), (-3, 0.01)]:
    m, s = real(mean, deviation)
    law("Normal", [mean, deviation], lambda x, m=m, s=s: phi((x - m) / s) / s,
        lambda x, m=m, s=s: upper((m - x) / s), lambda x, m=m, s=s: upper((x - m) / s),
        [mean + deviation * z for z in [-60, -30, -5.5, -0.7, 0.3, 2, 12, 36, 200]],
        [m + s * z for z in range(-40, 41, 4)], scipy=stats.norm(mean, deviation),
        r=("norm", f"{mean},{deviation}"))

for nu in [1.5, 6, 40]:
    [n] = real(nu)
    density = lambda t, n=n: (1 + t * t / n)**(-(n + 1) / 2) / (sqrt(n) * beta(mpf(1) / 2, n / 2))
    sf = lambda t, n=n: (beta_lower(n / 2, mpf(1) / 2, n / (n + t * t), t * t / (n + t * t)) / 2
                         if t > 0 else 1 - beta_lower(n / 2, mpf(1) / 2, n / (n + t * t),
                                                      t * t / (n + t * t)) / 2)
    law("StudentT", [nu], density, lambda t, sf=sf: sf(-t), sf,
        [-1e80, -30, -2, -0.3, 1.25, 8, 1e10, 1e200], [-inf, -100, -10, 0, 10, 100, inf],
        exact=(mpf(0), n / (n - 2) if n > 2 else None,
               (n + 1) / 2 * (digamma((n + 1) / 2) - digamma(n / 2))
               + log(sqrt(n) * beta(n / 2, mpf(1) / 2))),
        scipy=stats.t(nu), r=("t", f"{nu}"))

for shape, scale in [(0.4, 2), (7, 0.5), (300, 1)]:
    a, s = real(shape, scale)
    low, high = gamma_tails(a)
    law("Gamma", [shape, scale],
        lambda x, a=a, s=s: (x / s)**a * exp(-x / s) / gamma(a) / x if x > 0 else mpf(0),
        lambda x, low=low, s=s: low(x / s), lambda x, high=high, s=s: high(x / s),
        [shape * scale * z for z in [1e-60, 1e-5, 0.1, 0.8, 1.3, 4, 60, 5000]],
        exact=(a * s, a * s * s, a + log(s) + loggamma(a) + (1 - a) * digamma(a)),
        scipy=stats.gamma(shape, scale=scale), r=("gamma", f"{shape},scale={scale}"))
    law("InverseGamma", [shape, scale],
        lambda x, a=a, s=s: (s / x)**a * exp(-s / x) / gamma(a) / x if x > 0 else mpf(0),
        lambda x, high=high, s=s: high(s / x) if x > 0 else mpf(0),
        lambda x, low=low, s=s: low(s / x) if x > 0 else mpf(1),
        [scale / shape / z for z in [5000, 60, 4, 1.3, 0.8, 0.1, 1e-5, 1e-60]],
        exact=(s / (a - 1) if a > 1 else None,
               (s / (a - 1))**2 / (a - 2) if a > 2 else None,
               a + log(s) + loggamma(a) - (1 + a) * digamma(a)),
        scipy=stats.invgamma(shape, scale=scale))

for nu in [1, 9]:
    a = mpf(nu) / 2
    low, high = gamma_tails(a)
    law("ChiSquared", [nu], lambda x, a=a: (x / 2)**a * exp(-x / 2) / gamma(a) / x if x > 0 else mpf(0),
        lambda x, low=low: low(x / 2), lambda x, high=high: high(x / 2),
        [1e-100, 1e-3, 0.5, 3, 20, 300, 6000],
        exact=(2 * a, 4 * a, a + log(2) + loggamma(a) + (1 - a) * digamma(a)),
        scipy=stats.chi2(nu), r=("chisq", f"{nu}"))

for mean in [1, 40]:
    m = mpf(mean)
    law("Exponential", [mean], lambda x, m=m: exp(-x / m) / m if x >= 0 else mpf(0),
        lambda x, m=m: -mp.expm1(-x / m) if x > 0 else mpf(0),
        lambda x, m=m: exp(-x / m) if x > 0 else mpf(1), [mean * z for z in [1e-200, 1e-8, 0.3, 5, 600, 9e5]],
        exact=(m, m * m, 1 + log(m)), scipy=stats.expon(scale=mean), r=("exp", f"rate=1/{mean}"))

for shape, scale in [(0.6, 2), (3.5, 0.1), (20, 7)]:
    k, s = real(shape, scale)
    law("Weibull", [shape, scale],
        lambda x, k=k, s=s: k / s * (x / s)**(k - 1) * exp(-(x / s)**k) if x > 0 else mpf(0),
        lambda x, k=k, s=s: -mp.expm1(-(x / s)**k) if x > 0 else mpf(0),
        lambda x, k=k, s=s: exp(-(x / s)**k) if x > 0 else mpf(1),
        [scale * z**(1 / shape) for z in [1e-100, 1e-9, 0.02, 0.5, 1.4, 30, 650, 1e6]],
        exact=(s * gamma(1 + 1 / k), s * s * (gamma(1 + 2 / k) - gamma(1 + 1 / k)**2),
               mp.euler * (1 - 1 / k) + log(s / k) + 1),
        scipy=stats.weibull_min(shape, scale=scale), r=("weibull", f"{shape},{scale}"))

for mean, deviation in [(0, 0.5), (3, 0.1), (-1, 2)]:
    m, s = real(mean, deviation)
    law("LogNormal", [mean, deviation], lambda x, m=m, s=s: phi((log(x) - m) / s) / (s * x) if x > 0 else mpf(0),
        lambda x, m=m, s=s: upper((m - log(x)) / s) if x > 0 else mpf(0),
        lambda x, m=m, s=s: upper((log(x) - m) / s) if x > 0 else mpf(1),
        [math.exp(mean + deviation * z) for z in [-50, -20, -3, -0.5, 0.8, 6, 30, 90]],
        exact=(exp(m + s * s / 2), mp.expm1(s * s) * exp(2 * m + s * s),
               m + mpf(1) / 2 + log(2 * pi * s * s) / 2),
        # The score takes up the rounding of the logarithm.
        floor=5e-14, scipy=stats.lognorm(deviation, scale=math.exp(mean)),
        r=("lnorm", f"{mean},{deviation}"))

for low, high in [(-1, 1), (2, 2.5)]:
    a, b = real(low, high)
    law("Uniform", [low, high], lambda x, a=a, b=b: 1 / (b - a) if a <= x <= b else mpf(0),
        lambda x, a=a, b=b: min(max((x - a) / (b - a), mpf(0)), mpf(1)),
        lambda x, a=a, b=b: min(max((b - x) / (b - a), mpf(0)), mpf(1)),
        [low + (high - low) * z for z in [2**-40, 0.125, 0.75, 1 - 2**-40]],
        exact=((a + b) / 2, (b - a)**2 / 12, log(b - a)), probabilities=True,
        scipy=stats.uniform(low, high - low), r=("unif", f"{low},{high}"))

for low, high, mean, deviation, points in [
        (-1, 2, 0, 1, [-0.999999, -0.5, 0.4, 1.5, 1.9999]),
        (6, 9, 0, 1, [6.0001, 6.1, 6.5, 8, 8.999]),
        (30, math.inf, 0, 1, [30.000001, 30.01, 30.3, 35, 60]),
        (-math.inf, 1, 2, 0.5, [-40, -10, -1, 0.5, 0.9, 0.99999]),
        (-0.01, 0.02, 0, 1, [-0.009, 0.001, 0.0199])]:
    a, b, m, s = mpf(low), mpf(high), mpf(mean), mpf(deviation)
    alpha, omega = (a - m) / s, (b - m) / s

    def mass(x, y):
        """P(x < Z < y) from the side where tails are small."""
        if x >= y:
            return mpf(0)
        return upper(x) - upper(y) if x > 0 else upper(-y) - upper(-x)

    whole = mass(alpha, omega)
    density = lambda x, a=a, b=b, m=m, s=s, whole=whole: (
        phi((x - m) / s) / (s * whole) if a <= x <= b else mpf(0))
    ends = [max(a, m - 40 * s), min(b, m + 40 * s, a + 40 * s if a > m - 40 * s else inf)]
    law("TruncatedNormal", [mean, deviation, low, high], density,
        lambda x, alpha=alpha, omega=omega, m=m, s=s, whole=whole:
            mass(alpha, min((x - m) / s, omega)) / whole,
        lambda x, alpha=alpha, omega=omega, m=m, s=s, whole=whole:
            mass(max((x - m) / s, alpha), omega) / whole,
        points, [ends[0] + (ends[1] - ends[0]) * mpf(i) / 60 for i in range(61)], floor=5e-14,
        scipy=stats.truncnorm((low - mean) / deviation, (high - mean) / deviation, mean, deviation))

for alpha, omega in [(0.3, 40), (2.5, 7.5), (120, 880)]:
    a, b = real(alpha, omega)
    law("Beta", [alpha, omega],
        lambda x, a=a, b=b: x**(a - 1) * (1 - x)**(b - 1) / beta(a, b) if 0 < x < 1 else mpf(0),
        lambda x, a=a, b=b: beta_lower(a, b, x, 1 - x), lambda x, a=a, b=b: beta_lower(b, a, 1 - x, x),
        [1e-200, 1e-12, 0.02, 0.125, 0.4, 0.9, 0.999999],
        exact=(a / (a + b), a * b / (a + b)**2 / (a + b + 1),
               log(beta(a, b)) - (a - 1) * digamma(a) - (b - 1) * digamma(b)
               + (a + b - 2) * digamma(a + b)),
        scipy=stats.beta(alpha, omega), r=("beta", f"{alpha},{omega}"))

for above, below in [(1, 5), (7, 30), (40, 900)]:
    a, b = mpf(above) / 2, mpf(below) / 2
    r = mpf(above) / below
    law("F", [above, below],
        lambda x, a=a, b=b, r=r: (r * x)**a * (1 + r * x)**(-a - b) / beta(a, b) / x if x > 0 else mpf(0),
        lambda x, a=a, b=b, r=r: beta_lower(a, b, r * x / (1 + r * x), 1 / (1 + r * x)) if x > 0 else mpf(0),
        lambda x, a=a, b=b, r=r: beta_lower(b, a, 1 / (1 + r * x), r * x / (1 + r * x)) if x > 0 else mpf(1),
        [1e-250, 1e-8, 0.2, 0.9, 1.5, 12, 4000, 1e40],
        exact=(b / (b - 1), 2 * (b / (b - 1))**2 * (2 * a + 2 * b - 2) / (2 * a * (2 * b - 4)),
               log(beta(a, b) / r) - (a - 1) * (digamma(a) - digamma(b))
               + (a + b) * (digamma(a + b) - digamma(b))),
        scipy=stats.f(above, below), r=("f", f"{above},{below}"))

for nu, lam in [(3, 0.5), (10, 25)]:
    n, l = real(nu, lam)
    weights = [exp(-l / 2) * (l / 2)**j / factorial(j) for j in range(260)]

    def mixture(term, weights=weights):
        return fsum(w * term(j) for j, w in enumerate(weights))

    law("NoncentralChiSquared", [nu, lam],
        lambda x, n=n, mixture=mixture: mixture(
            lambda j: (x / 2)**(n / 2 + j) * exp(-x / 2) / gamma(n / 2 + j) / x) if x > 0 else mpf(0),
        lambda x, n=n, mixture=mixture: mixture(
            lambda j: gammainc(n / 2 + j, 0, x / 2, regularized=True)) if x > 0 else mpf(0),
        lambda x, n=n, mixture=mixture: mixture(
            lambda j: gammainc(n / 2 + j, x / 2, inf, regularized=True)) if x > 0 else mpf(1),
        [1e-30, 0.1, 4, 20, 120], exact=(n + l, 2 * (n + 2 * l), None), entropy=False, floor=2e-13,
        probabilities=False, scipy=stats.ncx2(nu, lam), r=("chisq", f"{nu},ncp={lam}"))

for nu, delta in [(3, 1), (12, -2), (50, 6)]:
    n, d = real(nu, delta)
    square = lambda s, n=n: 2 * (n / 2)**(n / 2) / gamma(n / 2) * s**(n - 1) * exp(-n * s * s / 2)

    def mix(t, g, n=n, d=d, square=square):
        top = 1 / sqrt(1 + t * t / n)
        cuts = sorted({mpf(0), top / 4, top / 2, top, 2 * top, mpf(1) / 2, mpf(1), mpf(3) / 2, mpf(2), mpf(4), mpf(9)})
        return quad(lambda s: square(s) * g(s), cuts)

    law("NoncentralT", [nu, delta],
        lambda t, d=d, mix=mix: mix(t, lambda s: s * phi(t * s - d)),
        lambda t, d=d, mix=mix: mix(t, lambda s: upper(d - t * s)),
        lambda t, d=d, mix=mix: mix(t, lambda s: upper(t * s - d)),
        [-12, -1.5, 0.5, 3, 20], entropy=False, floor=2e-13, probabilities=False,
        exact=(d * sqrt(n / 2) * gamma((n - 1) / 2) / gamma(n / 2),
               n * (1 + d * d) / (n - 2) - (d * sqrt(n / 2) * gamma((n - 1) / 2) / gamma(n / 2))**2,
               None), scipy=stats.nct(nu, delta))


def digits(x, b):
    """For an upper tail of some exp(−π²x/2) and terms of up to some 10ᵇ."""
    return int(80 + 2.2 * x + b)


# Pólya-gamma: the series of inverse Gaussian terms, which cancels, at many digits.
for trials, tilt, points in [(1, 0, [0.005, 0.02, 0.1, 0.25, 0.6, 3, 40, 150]),
                             (1, 7, [0.002, 0.03, 0.08, 0.3, 2]), (3, -2, [0.01, 0.2, 0.6, 2, 15]),
                             (40, 0.5, [2, 6, 10, 13, 30]), (200, 3, [15, 28, 35, 60])]:
    b, c = trials, mpf(abs(tilt))

    def series(x, term, b=b, c=c):
        with mp.workdps(digits(x, b)):
            x, total, n = mpf(x), mpf(0), 0
            while True:
                a = (mpf(2) * n + b) / 2
                part = binomial(n + b - 1, n) * term(x, a)
                total += -part if n % 2 else part
                if n > 5 * b and abs(part) < mpf(10)**-mp.dps * abs(total):
                    return total * (2 * cosh(c / 2))**b
                n += 1

    def density(x, c=c, series=series):
        return series(x, lambda x, a: a / sqrt(2 * pi * x**3) * exp(-a * a / (2 * x) - c * c * x / 2)) \
            if x > 0 else mpf(0)

    def lower(x, c=c, series=series):
        return series(x, lambda x, a: exp(-a * c) * upper((a - c * x) / sqrt(x))
                      + exp(a * c) * upper((a + c * x) / sqrt(x))) if x > 0 else mpf(0)

    def higher(x, lower=lower, b=b):
        with mp.workdps(digits(x, b)):
            return 1 - lower(x)

    if trials == 1:
        # The other series, of exponential terms, agrees.
        x = mpf(3) / 5
        other = cosh(c / 2) * exp(-c * c * x / 2) * fsum(
            (-1)**k * 2 * (2 * k + 1) * pi * exp(-((2 * k + 1) * pi)**2 * x / 2) for k in range(30))
        assert abs(other / density(x) - 1) < 1e-40
    law("PolyaGamma", [trials, tilt], density, lower, higher, points,
        exact=(b * mp.tanh(c / 2) / (2 * c) if c else mpf(b) / 4,
               b * (2 * mp.tanh(c / 2) - c * mp.sech(c / 2)**2) / (4 * c**3) if c else mpf(b) / 24, None),
        entropy=False, floor=2e-13, probabilities=False)

# The greatest of statistics that share a control.
for nu, sides, loadings, points in [
        (math.inf, 1, [0.6, 0.7, 0.8], [-45, -6, -1, 0.4, 2, 6, 50]),
        (math.inf, 2, [0.5, 0.9], [1e-160, 1e-3, 0.8, 2.5, 9, 60])]:
    lam = real(*loadings)
    scale = [sqrt(1 - l * l) for l in lam]

    def inside(c, y, i, lam=lam, scale=scale, sides=sides):
        high = (c + lam[i] * y) / scale[i]
        if sides == 1:
            return upper(-high)
        low = (lam[i] * y - c) / scale[i]
        return upper(low) - upper(high) if low > 0 else upper(-high) - upper(-low)

    def outside(c, y, i, lam=lam, scale=scale, sides=sides):
        tail = upper((c + lam[i] * y) / scale[i])
        return tail if sides == 1 else tail + upper((c - lam[i] * y) / scale[i])

    def line(c, g):
        # The trapezoidal rule; its error is exp(−2π²/h²) for a normal density and little more here.
        reach = 8 * (int(abs(c)) + 14)
        return fsum(phi(y) * g(y) for y in (mpf(k) / 8 for k in range(-reach, reach + 1))) / 8

    def lower(c, line=line, inside=inside, lam=lam):
        return line(c, lambda y: mp.fprod(inside(c, y, i) for i in range(len(lam))))

    def higher(c, line=line, inside=inside, outside=outside, lam=lam):
        return line(c, lambda y: fsum(
            outside(c, y, i) * mp.fprod(inside(c, y, j) for j in range(i)) for i in range(len(lam))))

    def density(c, line=line, inside=inside, lam=lam, scale=scale, sides=sides):
        def sides_at(y, i):
            value = phi((c + lam[i] * y) / scale[i])
            return value if sides == 1 else value + phi((lam[i] * y - c) / scale[i])
        return line(c, lambda y: fsum(
            sides_at(y, i) / scale[i] * mp.fprod(inside(c, y, j) for j in range(len(lam)) if j != i)
            for i in range(len(lam))))

    # The moments by E M = ∫ P(M > c) dc − ∫ P(M < −c) dc over c > 0 and the like, in doubles.
    nodes, weights = np.polynomial.legendre.leggauss(200)
    c, weights = 6 * (nodes + 1), 6 * weights
    y = (np.arange(-240, 241) / 20)[:, None, None]
    l = np.array(loadings)
    edge = np.sqrt(1 - l * l)

    def cdf(c):
        high, low = special.ndtr((c[None, :, None] + l * y) / edge), 0
        if sides == 2:
            low = special.ndtr((l * y - c[None, :, None]) / edge)
        return np.sum(stats.norm.pdf(y[:, :, 0]) / 20 * np.prod(high - low, axis=2), axis=0)

    above, below = 1 - cdf(c), cdf(-c) if sides == 1 else 0 * c
    first, second = np.dot(weights, above - below), np.dot(weights, 2 * c * (above + below))
    moments = (mpf(first), mpf(second - first * first), None)
    laws.append(Law("StudentizedMaximum", [nu, sides] + loadings, density, lower, higher, points,
                    [-13, -6, -3, -1, 0, 1, 2, 3, 6, 13] if sides == 1 else [0, 1, 2, 3, 6, 13],
                    entropy=False, floor=1e-12, probabilities=False, exact=moments))

# Counts.
for p in [0.3, 1e-9]:
    [q] = real(p)
    counts("Bernoulli", [p], lambda k, q=q: [1 - q, q][k], 1, [0], entropy=True, scipy=stats.bernoulli(p))
for weights in [[0.1, 0.2, 0.3, 0.4], [5, 0, 1e-9, 3]]:
    w = real(*weights)
    counts("Categorical", weights, lambda k, w=w: w[k] / fsum(w), 3, [0, 1, 2], entropy=True)
for n, p in [(60, 0.01), (400, 0.4)]:
    [q] = real(p)
    counts("Binomial", [n, p], lambda k, n=n, q=q: binomial(n, k) * q**k * (1 - q)**(n - k), n,
           [0, n // 20, n // 3, n // 2, n - 1], scipy=stats.binom(n, p), r=("binom", f"{n},{p}"))
for n, alpha, omega in [(60, 0.4, 0.7), (200, 20, 70)]:
    a, b = real(alpha, omega)
    counts("BetaBinomial", [n, alpha, omega],
           lambda k, n=n, a=a, b=b: binomial(n, k) * beta(k + a, n - k + b) / beta(a, b), n,
           [0, n // 20, n // 3, n // 2, n - 1], scipy=stats.betabinom(n, alpha, omega))
for r, p in [(0.5, 0.2), (3, 0.6), (40, 0.5)]:
    s, q = real(r, p)
    counts("NegativeBinomial", [r, p],
           lambda k, s=s, q=q: gamma(k + s) / (factorial(k) * gamma(s)) * q**s * (1 - q)**k, 3500,
           [0, 3, 15, 90, 700], scipy=stats.nbinom(r, p), r=("nbinom", f"{r},{p}"))
for m in [0.3, 12, 300]:
    [l] = real(m)
    counts("Poisson", [m], lambda k, l=l: l**k * exp(-l) / factorial(k), 1600, [0, 5, 20, 260, 900],
           scipy=stats.poisson(m), r=("pois", f"{m}"))
for size, hits, draws in [(50, 10, 8), (5000, 900, 700)]:
    ways = lambda k, size=size, hits=hits, draws=draws: binomial(hits, k) * binomial(size - hits, draws - k)
    counts("Hypergeometric", [size, hits, draws],
           lambda k, size=size, draws=draws, ways=ways: ways(k) / binomial(size, draws), min(hits, draws),
           [0, 1, 5, 7] + ([60, 126, 200, 690] if size > 50 else []),
           scipy=stats.hypergeom(size, hits, draws), r=("hyper", f"{hits},{size - hits},{draws}"))
    for odds in [0.2, 6]:
        [w] = real(odds)
        terms = [ways(k) * w**k for k in range(min(hits, draws) + 1)]
        counts("NoncentralHypergeometric", [size, hits, draws, odds],
               lambda k, terms=terms, total=fsum(terms): terms[k] / total, min(hits, draws),
               [0, 1, 5, 7] + ([60, 126, 400, 690] if size > 50 else []), floor=2e-13,
               scipy=stats.nchypergeom_fisher(size, hits, draws, odds))


def peer_scipy(case):
    law, member, x = case["law"], case["function"].split(".")[1], case["x"]
    if law.scipy is None:
        return None
    discrete = isinstance(law, Counts)
    name = {"density": "pmf" if discrete else "pdf", "logDensity": "logpmf" if discrete else "logpdf",
            "cdf": "cdf", "survival": "sf", "logCDF": "logcdf", "logSurvival": "logsf",
            "quantile": "ppf", "upperQuantile": "isf", "mean": "mean", "variance": "var",
            "entropy": "entropy"}[member]
    return float(getattr(law.scipy, name)(*([] if x is None else [x])))


def peer_r(selected):
    """All values of R in one run."""
    calls = []
    for case in selected:
        (name, parameters), member, x = case["law"].r, case["function"].split(".")[1], repr(float(case["x"]))
        calls.append({
            "density": f"d{name}({x},{parameters})", "logDensity": f"d{name}({x},{parameters},log=TRUE)",
            "cdf": f"p{name}({x},{parameters})", "survival": f"p{name}({x},{parameters},lower.tail=FALSE)",
            "logCDF": f"p{name}({x},{parameters},log.p=TRUE)",
            "logSurvival": f"p{name}({x},{parameters},lower.tail=FALSE,log.p=TRUE)",
            "quantile": f"q{name}({x},{parameters})",
            "upperQuantile": f"q{name}({x},{parameters},lower.tail=FALSE)"}[member])
    script = "options(warn=-1)\n" + "".join(f"cat(sprintf('%.17g\\n', {call}))\n" for call in calls)
    output = subprocess.run(["Rscript", "-"], input=script, capture_output=True, text=True, check=True).stdout
    return [float(line.replace("Inf", "inf").replace("NaN", "nan")) for line in output.split()]


def score(pairs):
    """How many peers' values are within the tolerance of their case, and the worst error below one half."""
    errors = [abs(float(mpf(value) / mpf(case["expected"]) - 1)) if mpf(case["expected"]) != 0
              else abs(value) for case, value in pairs]
    passed = sum(error <= case["max_rel_err"] for error, (case, _) in zip(errors, pairs))
    mild = [error for error in errors if error < 0.5]
    return {"within": passed, "of": len(pairs), "worst_below_half": float(f"{max(mild, default=0):.1e}"),
            "wrong": sum(not error < 0.5 for error in errors)}


if __name__ == "__main__":
    for entry in laws:
        entry.add_all()
        print(entry.name, entry.parameters, flush=True)
    peers = {}
    for name in sorted({case["law"].name for case in cases}):
        own = [case for case in cases if case["law"].name == name]
        pairs = [(case, peer_scipy(case)) for case in own if case["law"].scipy is not None]
        if pairs:
            peers.setdefault(name, {})["SciPy 1.17.1"] = score(pairs)
        own = [case for case in own if case["law"].r is not None and case["x"] is not None]
        if own:
            peers.setdefault(name, {})["R 4.2.2"] = score(list(zip(own, peer_r(own))))
    meta = {
        "generated_by": "laws.py with mpmath 1.3.0 at 50 digits (more where the Pólya-gamma series cancels), by the formulas, "
                        "sums and integrals that define the members",
        "arguments": "the point or the probability, if any, and the parameters in the order of the initialiser",
        "peers": peers}
    rows = ",\n".join(json.dumps({key: case[key] for key in
                                  ["id", "function", "args", "expected", "max_rel_err"]}) for case in cases)
    pathlib.Path(__file__).with_name("laws.json").write_text(
        '{\n"meta": ' + json.dumps(meta, indent=1, ensure_ascii=False) + ',\n"cases": [\n' + rows + "\n]\n}\n")
