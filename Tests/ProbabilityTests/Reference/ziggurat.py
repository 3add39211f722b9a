"""Prints Sources/CKernels/ziggurat.c: the layers of the ziggurats, from mpmath at 40 digits.

Run with mpmath 1.3.0: python3 ziggurat.py > ziggurat.c
"""

from mpmath import mp, mpf, sqrt, log, exp, erfc, pi, findroot

mp.dps = 40
LAYERS = 256


def edges(density, inverse, tail, guess):
    """Right edges of layers of equal area; edge 0 is that of the base, stretched for its tail."""

    def build(r):
        area = r * density(r) + tail(r)
        x = [area / density(r), r]
        for _ in range(2, LAYERS):
            height = density(x[-1]) + area / x[-1]
            if height >= 1:
                return x, height - 1 + (LAYERS - len(x))
            x.append(inverse(height))
        return x, density(x[-1]) + area / x[-1] - 1

    low, high = guess
    for _ in range(140):
        middle = (low + high) / 2
        # A larger base leaves the top layer too low.
        low, high = (middle, high) if build(middle)[1] > 0 else (low, middle)
    return build((low + high) / 2)[0] + [mpf(0)]


def table(name, values):
    print(f"const double {name}[{len(values)}] = {{")
    words = [float(v).hex() for v in values]
    for start in range(0, len(words), 4):
        print("  " + ", ".join(words[start : start + 4]) + ",")
    print("};")


normal = edges(
    lambda x: exp(-x * x / 2), lambda y: sqrt(-2 * log(y)),
    lambda r: sqrt(pi / 2) * erfc(r / sqrt(mpf(2))), (mpf("3.5"), mpf("3.8")))
exponential = edges(
    lambda x: exp(-x), lambda y: -log(y), lambda r: exp(-r), (mpf(7), mpf(8)))

print('#include "CKernels.h"\n')
print("// Made by Tests/ProbabilityTests/Reference/ziggurat.py; not to be edited by hand.\n")
table("holdfast_normal_edges", normal)
print()
table("holdfast_normal_heights", [mpf(0)] + [exp(-x * x / 2) for x in normal[1:]])
print()
table("holdfast_exponential_edges", exponential)
print()
table("holdfast_exponential_heights", [mpf(0)] + [exp(-x) for x in exponential[1:]])
