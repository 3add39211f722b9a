"""Prints the coefficients of Sources/CKernels/special.h: Chebyshev's series of two functions, from
mpmath at 40 digits, as polynomials."""

import mpmath as mp

mp.mp.dps = 40


def polynomial(function, count):
    """The coefficients in s of the Chebyshev series of `count` terms of a function on −1...1."""
    size = 4 * count
    nodes = [mp.cos(mp.pi * (k + mp.mpf(1) / 2) / size) for k in range(size)]
    values = [function(node) for node in nodes]
    previous, current = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
    total = [mp.mpf(0)] * count
    for degree in range(count):
        weight = (1 if degree == 0 else 2) / mp.mpf(size) * sum(
            value * mp.cos(degree * mp.acos(node)) for node, value in zip(nodes, values))
        for power, coefficient in enumerate(previous):
            total[power] += weight * coefficient
        following = [mp.mpf(0)] + [2 * coefficient for coefficient in current]
        for power, coefficient in enumerate(previous):
            following[power] -= coefficient
        previous, current = current, following
    return total


def stirling(s):
    x = 2 / (s + 1)
    return x * (mp.loggamma(x) - ((x - mp.mpf(1) / 2) * mp.log(x) - x + mp.log(2 * mp.pi) / 2))


def mills(s):
    w = 4 * (1 + s) / (1 - s)
    return (w + 4) * mp.erfc(w / mp.sqrt(2)) * mp.exp(w * w / 2) / 2


for name, function, count in (("stirling", stirling, 23), ("mills", mills, 27)):
    print(f"{name}_coefficients")
    for coefficient in polynomial(function, count):
        print(f"    {float(coefficient)!r},")
