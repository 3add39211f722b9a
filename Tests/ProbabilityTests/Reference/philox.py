"""Prints philox4x32_10.txt: known answers of the cipher, from its definition in Python integers.

Run with Python 3: python3 philox.py > philox4x32_10.txt

The recurrence is that of Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as
1, 2, 3", SC '11, section 3.3. It is held to Random123 1.14's three published vectors
(tests/kat_vectors) before anything is printed. Counters and keys are corners, then splitmix64.
"""

PUBLISHED = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000",
     "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
     "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
     "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def block(counter, key):
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 % 2**32, (p0 >> 32) ^ c3 ^ k1, p0 % 2**32
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return c0, c1, c2, c3


def words(text):
    return tuple(int(word, 16) for word in text.split())


def splitmix64(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        z = state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
        z ^= z >> 31
        yield z % 2**32
        yield z >> 32


for counter, key, answer in PUBLISHED:
    assert block(words(counter), words(key)) == words(answer)

inputs = [(words(counter), words(key)) for counter, key, _ in PUBLISHED]
# One bit of the counter or of the key at a time, and the last counters before a carry.
inputs += [((1, 0, 0, 0), (0, 0)), ((0, 1, 0, 0), (0, 0)), ((0, 0, 1, 0), (0, 0))]
inputs += [((0, 0, 0, 1), (0, 0)), ((0, 0, 0, 0), (1, 0)), ((0, 0, 0, 0), (0, 1))]
inputs += [((2**32 - 1, 0, 0, 0), (0, 0)), ((2**32 - 1, 2**16 - 1, 0, 0), (7, 0))]
random = splitmix64(20261122)
while len(inputs) < 32:
    inputs.append((tuple(next(random) for _ in range(4)), tuple(next(random) for _ in range(2))))

print("# philox4x32-10: four words of counter, two of key, four of block. Made by philox.py.")
for counter, key in inputs:
    print(" ".join(f"{word:08x}" for word in counter + key + block(counter, key)))
