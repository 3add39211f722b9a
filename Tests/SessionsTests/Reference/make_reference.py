"""Makes the reference tables of the Sessions tests. Run with CPython 3.11; the output is committed.

numbers.csv     decimals and the bits of the nearest double, by float(), which rounds correctly (D. Gay's strtod)
timestamps.csv  RFC 3339 instants and their microseconds since 1970, by datetime
siphash.csv     SipHash-2-4 of the bytes 00 01 02 … by length, by the plain Python below, checked against the vector of the paper
two_members.csv.gz  a log in two gzip members with an empty one between, by gzip
"""
import datetime as dt, gzip, os, random, struct

here = os.path.dirname(os.path.abspath(__file__))
rng = random.Random(20240502)


def bits(text):
    return struct.unpack(">Q", struct.pack(">d", float(text)))[0]


def decimals():
    yield from ["0", "1", "0.1", "0.3333", "49.00", "9007199254740993", "9007199254740992.9", "1e22", "1e23", "123456789012345678",
                "1.00000000000000011102230246251565404236316680908203125", "1.00000000000000011102230246251565404236316680908203124",
                "2.2250738585072011e-308", "2.2250738585072014e-308", "4.9e-324", "2.4703282292062328e-324", "1.7976931348623157e308",
                "6.02214076e23", "8.5e-320", "0.000000000000000000000000000000000001", "100000000000000000000000000000000000"]
    for _ in range(2000):
        kind = rng.randrange(4)
        if kind == 0:  # prices and probabilities
            yield f"{rng.randrange(10**rng.randrange(1, 12))}.{rng.randrange(10**6)}"
        elif kind == 1:  # the shortest form of any double
            x = struct.unpack(">d", struct.pack(">Q", rng.getrandbits(63)))[0]
            yield repr(x) if x == x and abs(x) != float("inf") else "1"
        elif kind == 2:  # more digits than a double has
            yield f"{rng.randrange(10**18)}{rng.randrange(10**12):012d}e{rng.randrange(-330, 270)}"
        else:  # just beside the middle of two doubles
            x = struct.unpack(">d", struct.pack(">Q", rng.randrange(0x3FF << 52, 0x434 << 52)))[0]
            from fractions import Fraction
            middle = (Fraction(x) + Fraction(struct.unpack(">d", struct.pack(">Q", bits(repr(x)) + 1))[0])) / 2
            scaled = middle * 2**60
            text = str(scaled.numerator * 5**60 // scaled.denominator).rjust(61, "0")
            yield f"{text[:-60]}.{text[-60:]}{rng.choice(['', '0', '1'])}"


with open(os.path.join(here, "numbers.csv"), "w") as f:
    for text in decimals():
        f.write(f"{text},{bits(text):016x}\n")

with open(os.path.join(here, "timestamps.csv"), "w") as f:
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
    for _ in range(2000):
        zone = dt.timezone(dt.timedelta(minutes=rng.randrange(-23 * 60 - 59, 24 * 60)))
        t = dt.datetime(2, 1, 1, tzinfo=dt.timezone.utc) + dt.timedelta(
            days=rng.randrange(9990 * 365), seconds=rng.randrange(86400), microseconds=rng.choice([0, rng.randrange(10**6)]))
        f.write(f"{t.astimezone(zone).isoformat()},{(t - epoch) // dt.timedelta(microseconds=1)}\n")


def siphash(key, data):
    mask = (1 << 64) - 1
    rotl = lambda x, n: (x << n | x >> (64 - n)) & mask
    k0, k1 = struct.unpack("<QQ", key)
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]

    def round_():
        v[0] = (v[0] + v[1]) & mask; v[1] = rotl(v[1], 13) ^ v[0]; v[0] = rotl(v[0], 32)
        v[2] = (v[2] + v[3]) & mask; v[3] = rotl(v[3], 16) ^ v[2]
        v[0] = (v[0] + v[3]) & mask; v[3] = rotl(v[3], 21) ^ v[0]
        v[2] = (v[2] + v[1]) & mask; v[1] = rotl(v[1], 17) ^ v[2]; v[2] = rotl(v[2], 32)

    padded = data + b"\0" * (7 - len(data) % 8) + bytes([len(data) & 255])
    for (m,) in struct.iter_unpack("<Q", padded):
        v[3] ^= m; round_(); round_(); v[0] ^= m
    v[2] ^= 255
    for _ in range(4):
        round_()
    return v[0] ^ v[1] ^ v[2] ^ v[3]


assert siphash(bytes(range(16)), bytes(range(15))) == 0xA129CA6149BE45E5  # Aumasson and Bernstein, appendix A
with open(os.path.join(here, "siphash.csv"), "w") as f:
    for n in range(64):
        f.write(f"{n},{siphash(bytes(range(16)), bytes(range(n))):016x}\n")

with open(os.path.join(here, "two_members.csv.gz"), "wb") as f:
    f.write(gzip.compress(b"id,offer\ns1,none\ns2,dis", mtime=0) + gzip.compress(b"", mtime=0) + gzip.compress(b"count\ns3,none\n", mtime=0))
