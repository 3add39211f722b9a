"""Writes incomplete_beta.json: both tails of the beta distribution at random points, and the points at
which the smaller tail is what a double holds of it, by mpmath at 50 digits.

The tails are by the continued fraction of Didonato and Morris (1992), mpmath's own function being
less sure. Shapes are log-uniform from 1e-3 to 1e8; points lie about the mean, in the tails, and far
out in them."""

import json
import pathlib
import random

import mpmath as mp

mp.mp.dps = 50


def ratio(a, b, x, y):
    """The lower tail in units of x^a y^b / B(a, b)."""
    n, shift = a + b, a * y - b * x
    value = c = a / (a + 1) * (shift + 1)
    d = mp.mpf(0)
    for k in range(1, 200_000):
        width = a + 2 * k
        product = k * (b - k) * x / (width - 1)
        alpha = (a + k - 1) / (width - 1) * (n + k - 1) * x * product
        beta = k + product + (a + k) / (width + 1) * (shift + 1 + k * (1 + y))
        d = 1 / (beta + alpha * d)
        c = beta + alpha / c
        value *= c * d
        if abs(c * d - 1) < mp.mpf(10) ** -45:
            return 1 / value
    raise ArithmeticError("the fraction has not converged")


def tails(a, b, x):
    """The lower tail, the upper tail, and the mass."""
    y = 1 - x
    mass = mp.exp(
        a * mp.log(x) + b * mp.log(y) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b))
    if x <= (a + 1) / (a + b + 2):
        near = mass * ratio(a, b, x, y)
        return near, 1 - near, mass
    near = mass * ratio(b, a, y, x)
    return 1 - near, near, mass


def case(index, rng):
    while True:
        a, b = (mp.mpf(10 ** rng.uniform(-3, 8)) for _ in range(2))
        spread = mp.sqrt(1 / a + 1 / b)
        odds = mp.log(a / b) + (1, 8, 37)[index % 3] * rng.uniform(-1, 1) * spread
        x = mp.mpf(float(1 / (1 + mp.exp(-odds))))
        if not 1e-280 < x < 1:
            continue
        lower, upper, _ = tails(a, b, x)
        if min(lower, upper) > 1e-290:
            break
    p, point = mp.mpf(float(min(lower, upper))), x
    for _ in range(4):
        below, above, mass = tails(a, b, point)
        error = p - below if lower < upper else above - p
        point += error / mass * point * (1 - point)
    return [float(value) for value in (a, b, x, lower, upper, point)]


rng = random.Random(20_260_101)
rows = [case(index, rng) for index in range(300)]
path = pathlib.Path(__file__).with_suffix(".json")
lines = ",\n".join(json.dumps(row) for row in rows)
path.write_text(f"[\n{lines}\n]\n")
