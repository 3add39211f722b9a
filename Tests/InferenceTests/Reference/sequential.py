"""Makes sequential.json: mixtures over their whole range, at 40 digits (mpmath 1.3).

Each value is the logarithm of the defining integral over the mixing law, by quadrature around its
peak; no closed form is used, so that neither closed forms nor their cancellation are shared.
"""
import json
from mpmath import mp, mpf, log, exp, sqrt, quad, inf, pi, erfc

mp.dps = 40


def log_integral(h, low, high, peak, width):
    """ln of the integral of exp(h) from low to high, h concave with its peak inside or at an end."""
    peak = min(max(peak, low), high)
    top = h(peak)
    points = sorted({min(max(peak + k * width, low), high) for k in (-60, -30, -12, -6, -3, -1, 0, 1, 3, 6, 12, 30, 60)})
    return top + log(quad(lambda x: exp(h(x) - top), points))


def normal(sides, rho, s, v):
    h = lambda l: l * s - l * l * (v + rho) / 2
    c = log(sqrt(rho / (2 * pi)))
    low = -inf if sides == "two" else mpf(0)
    if sides == "one":
        c += log(2)
    peak, width = s / (v + rho), 1 / sqrt(v + rho)
    return c + log_integral(h, mpf("-1e30") if sides == "two" else low, mpf("1e30"), peak, width)


def gamma_exponential(c, rho, s, v):
    k, b, a = rho / c**2, (v + rho) / c**2, (c * s + v + rho) / c**2
    f = lambda shape, rate: log_integral(lambda t: (shape - 1) * log(t) - rate * t, mpf("1e-30"), mpf(1), (shape - 1) / rate, sqrt(shape) / rate)
    return f(b, a) + (a - k) - f(k, k)


def gamma_poisson(c, rho, s, v):
    k, b, a = rho / c**2, (v + rho) / c**2, (c * s + v + rho) / c**2
    f = lambda shape, rate: log_integral(lambda t: (shape - 1) * log(t) - rate * t, mpf(1), mpf("1e30"), (shape - 1) / rate, (sqrt(shape) + 1) / rate)
    return f(a, b) + (b - k) - f(k, k)


def beta_binomial(sides, g, h, r, s, v):
    w = g + h
    a0, b0 = r / (g * w), r / (h * w)
    fail, succ = (v - g * s) / (g * w), (v + h * s) / (h * w)
    top = h / w if sides == "one" else mpf(1) - mpf("1e-35")

    def f(a, b):
        peak = (a - 1) / (a + b - 2)
        width = sqrt(a * b / (a + b + 1)) / (a + b)
        return log_integral(lambda x: (a - 1) * log(x) + (b - 1) * log(1 - x), mpf("1e-35"), top, peak, width)

    n = fail + succ
    return n * log(w) - succ * log(g) - fail * log(h) + f(a0 + fail, b0 + succ) - f(a0, b0)


rows = []
for v in ["1e-6", "0.01", "1", "100", "1e4", "1e6", "1e9", "1e12"]:
    for z in ["0.5", "3", "6"]:
        s = mpf(float(mpf(z) * sqrt(mpf(v))))
        V, S = float(v), float(s)
        v_, s_ = mpf(V), mpf(S)
        for rho in (0.5, 40.0, 1e5):
            for sides in ("one", "two"):
                rows.append(dict(kind="normal", sides=sides, rho=rho, s=S, v=V, value=normal(sides, mpf(rho), s_, v_)))
        for rho, c in ((40.0, 2.0), (1000.0, 0.25)):
            rows.append(dict(kind="gammaExponential", scale=c, rho=rho, s=S, v=V, value=gamma_exponential(mpf(c), mpf(rho), s_, v_)))
            rows.append(dict(kind="gammaPoisson", scale=c, rho=rho, s=S, v=V, value=gamma_poisson(mpf(c), mpf(rho), s_, v_)))
        if V >= 1 and float(z) * V**0.5 < V / 0.25:
            for g, h in ((0.25, 0.75), (0.5, 0.5)):
                if S < V / g:
                    for sides in ("one", "two"):
                        rows.append(dict(kind="betaBinomial", sides=sides, below=g, above=h, rho=8.0, s=S, v=V,
                                         value=beta_binomial(sides, mpf(g), mpf(h), mpf(8), s_, v_)))
for row in rows:
    row["value"] = float(row["value"])
with open("sequential.json", "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
print(len(rows))
