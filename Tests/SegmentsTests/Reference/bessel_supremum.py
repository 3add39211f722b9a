"""Makes bessel_supremum.json: python3 bessel_supremum.py > bessel_supremum.json   (mpmath 1.3 or later)

The probability that the supremum of |B(t)|^2 / (t (1 - t)) of a k-dimensional Brownian bridge over t1..t2 exceeds
x, with lambda = t2 (1 - t1) / (t1 (1 - t2)). In the time ln(t / (1 - t)) half the process is a diffusion with
generator z d^2/dz^2 + (k/2 - z) d/dz, so that the Laplace transform by T = ln(lambda) of the probability is

    Q(b, X) / q + X^b e^-X / Gamma(b + 1) * M(q + 1, b + 1, X) / (q M(q, b, X)),      b = k / 2, X = x / 2.

It is inverted by Talbot's contour at high precision: no eigenvalue is looked for.
"""
import json
from mpmath import mp, mpf, gamma, gammainc, hyp1f1, exp, log, cot, pi, mpc


def survival(x, k, lam, digits=40):
    mp.dps = 3 * digits
    b, X, T = mpf(k) / 2, mpf(x) / 2, log(mpf(lam))
    front = X**b * exp(-X) / gamma(b + 1)
    tail = gammainc(b, X, regularized=True)
    M = digits

    def transform(q):
        return hyp1f1(q + 1, b + 1, X) / (q * hyp1f1(q, b, X))

    # Abate and Valko (2004), fixed Talbot.
    r = mpf(2) * M / (5 * T)
    total = transform(r) * exp(r * T) / 2
    for j in range(1, M):
        theta = j * pi / M
        s = r * theta * mpc(cot(theta), 1)
        sigma = theta + (theta * cot(theta) - 1) * cot(theta)
        total += (exp(s * T) * transform(s) * mpc(1, sigma)).real
    return tail + front * total * r / M


rows = []
for k in (1, 2, 3, 6, 12):
    for trim in ("0.45", "0.15", "0.1", "0.02"):
        t = mpf(trim)
        lam = float(((1 - t) / t) ** 2)
        for x in (0.5 * k, 1.5 * k, k + 6.0, k + 14.0, k + 40.0, k + 150.0):
            a, c = survival(x, k, lam, 24), survival(x, k, lam, 32)
            assert abs(a / c - 1) < 1e-13 or abs(a - c) < mpf(10) ** -15, (x, k, trim, a, c)
            rows.append({"x": x, "parameters": k, "lambda": lam, "p": float(c)})
print("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
