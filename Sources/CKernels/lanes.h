#ifndef HOLDFAST_LANES_H
#define HOLDFAST_LANES_H

#include "CKernels.h"

#include <string.h>

// The same bits at every level: no product and sum may melt into one rounding.
#pragma STDC FP_CONTRACT OFF

/// Defines `name` for every level from the function `body`, which is inlined into each.
#if defined(__x86_64__)
#define HOLDFAST_LEVELS(type, name, body, PARAMETERS, ARGUMENTS)                                  \
  static type name##_baseline PARAMETERS { return body ARGUMENTS; }                               \
  __attribute__((target("avx2"))) static type name##_avx2 PARAMETERS { return body ARGUMENTS; }   \
  __attribute__((target("avx512f,avx512dq"))) static type name##_avx512 PARAMETERS {              \
    return body ARGUMENTS;                                                                        \
  }                                                                                               \
  type name PARAMETERS {                                                                          \
    const holdfast_level level = holdfast_kernel_level();                                         \
    if (level == HOLDFAST_AVX512) return name##_avx512 ARGUMENTS;                                 \
    if (level == HOLDFAST_AVX2) return name##_avx2 ARGUMENTS;                                     \
    return name##_baseline ARGUMENTS;                                                             \
  }
#else
#define HOLDFAST_LEVELS(type, name, body, PARAMETERS, ARGUMENTS)                                  \
  type name PARAMETERS { return body ARGUMENTS; }
#endif

// Vectors wider than the registers of a level are passed to functions, but all of them are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

/// Eight numbers at a time, in as many registers as the level needs.
typedef double doubles __attribute__((vector_size(64)));
/// Eight words at a time, or the results of eight comparisons: all bits set where true.
typedef uint64_t words8 __attribute__((vector_size(64)));

enum { lanes = 8 };

INLINE doubles load(const double *from) {
  doubles x;
  memcpy(&x, from, sizeof x);
  return x;
}

/// The first of eight numbers, the others zero, where `room` numbers may be read.
INLINE doubles load_first(const double *from, long count, long room) {
  if (room >= lanes) {
    const words8 places = {0, 1, 2, 3, 4, 5, 6, 7};
    return (doubles)((words8)load(from) & (words8)(places < (uint64_t)count));
  }
  doubles x = {0};
  memcpy(&x, from, (size_t)count * sizeof *from);
  return x;
}

INLINE void store(doubles x, double *to) { memcpy(to, &x, sizeof x); }

INLINE doubles all(double x) { return (doubles){x, x, x, x, x, x, x, x}; }

INLINE doubles choose(words8 condition, doubles yes, doubles no) {
  return (doubles)((condition & (words8)yes) | (~condition & (words8)no));
}

/// One bit a lane, the first lowest, of the results of a comparison.
INLINE unsigned lanes_where(words8 condition) {
  typedef _Bool flags __attribute__((ext_vector_type(lanes)));
  const flags set = __builtin_convertvector((words8)(condition != 0), flags);
  unsigned char bits;
  memcpy(&bits, &set, sizeof bits);
  return bits;
}

enum { all_lanes = (1 << lanes) - 1 };

/// Odd multiples of 2⁻⁵³ on (0, 1) from the upper 52 bits.
INLINE doubles positive_uniform(words8 words) {
  return (doubles)(words >> 12 | 0x3FF0000000000000u) - (1 - 0x1p-53);
}

/// A power of e in two parts, eˣ = 2ⁿ (1 + fraction), where `fraction` is eʳ − 1 for an |r| ≤ ½ ln 2.
///
/// `n` is a whole number; `x` lies between −746 and 710.
INLINE void split_exponential(doubles x, doubles *n, doubles *fraction) {
  // x = n ln 2 + r; adding 1.5 · 2⁵² rounds to an integer in the low bits.
  const double shift = 0x1.8p52;
  *n = (x * 0x1.71547652b82fep0 + shift) - shift;
  const doubles r = (x - *n * 0x1.62e42fefa3800p-1) - *n * 0x1.ef35793c76730p-45;
  // Odd and even powers apart, so that neither waits for the other.
  const doubles z = r * r;
  doubles odd = z * (1.0 / 6227020800) + 1.0 / 39916800;
  doubles even = z * (1.0 / 479001600) + 1.0 / 3628800;
  odd = odd * z + 1.0 / 362880;
  even = even * z + 1.0 / 40320;
  odd = odd * z + 1.0 / 5040;
  even = even * z + 1.0 / 720;
  odd = odd * z + 1.0 / 120;
  even = even * z + 1.0 / 24;
  odd = odd * z + 1.0 / 6;
  even = even * z + 0.5;
  *fraction = (odd * r + even) * z + r;
}

/// 2ⁿ for a whole number from −1022 to 1023.
INLINE doubles power_of_two(doubles n) { return (doubles)((words8)(n + 0x1.8p52) + 1023 << 52); }

/// eˣ to 2 units in the last place; 0 and infinity beyond the doubles.
INLINE doubles exponential(doubles x) {
  doubles clamped = choose((words8)(x < -746.0), all(-746), x);
  clamped = choose((words8)(clamped > 710.0), all(710), clamped);
  doubles n, fraction;
  split_exponential(clamped, &n, &fraction);
  // 2ⁿ in two factors, either of which is a normal number.
  const doubles half = (n * 0.5 + 0x1.8p52) - 0x1.8p52;
  return (fraction + 1.0) * power_of_two(half) * power_of_two(n - half);
}

/// eˣ − 1 to a few units in the last place, for |x| up to 700.
INLINE doubles exponential_minus_one(doubles x) {
  doubles n, fraction;
  split_exponential(x, &n, &fraction);
  const doubles power = power_of_two(n);
  return fraction * power + (power - 1.0);
}

/// ln x of positive normal numbers, to 2 units in the last place.
INLINE doubles logarithm(doubles x) {
  // x = 2ⁿ m with √½ ≤ m < √2, and ln m = 2 artanh s with s = (m − 1)/(m + 1).
  const words8 root_half = (words8)all(0x1.6a09e667f3bcdp-1);
  const words8 above = (words8)x - root_half;
  const doubles m = (doubles)((above & 0x000FFFFFFFFFFFFFu) + root_half);
  // The exponent, with 2048 added, becomes the low bits of 2⁵².
  const words8 exponent = (above >> 52) ^ 0x800u;
  const doubles n = (doubles)((exponent & 0xFFFu) | 0x4330000000000000u) - (0x1p52 + 2048);
  const doubles f = m - 1.0, s = f / (f + 2.0), z = s * s, square = z * z;
  doubles odd = square * (2.0 / 21) + 2.0 / 17;
  doubles even = square * (2.0 / 19) + 2.0 / 15;
  odd = odd * square + 2.0 / 13;
  even = even * square + 2.0 / 11;
  odd = odd * square + 2.0 / 9;
  even = even * square + 2.0 / 7;
  odd = odd * square + 2.0 / 5;
  even = even * square + 2.0 / 3;
  const doubles sum = odd * z + even;
  // 2 artanh s = f − s f + s³ (2/3 + …), where f is exact.
  const doubles rest = n * 0x1.ef35793c76730p-45 - s * (f - z * sum);
  return n * 0x1.62e42fefa3800p-1 + (f + rest);
}

/// ln(1 + x) to a few units in the last place, for 1 + x positive and normal.
INLINE doubles logarithm_one_plus(doubles x) {
  const doubles sum = x + 1.0;
  // What the sum has lost to rounding.
  return logarithm(sum) + (x - (sum - 1.0)) / sum;
}

/// The sine and the cosine of πf/2 for |f| ≤ ½.
INLINE void quarter_turn(doubles f, doubles *sine, doubles *cosine) {
  const doubles y = f * 0x1.921fb54442d18p0, z = y * y;
  doubles sum = z * (-1.0 / 1307674368000) + 1.0 / 6227020800;
  sum = sum * z - 1.0 / 39916800;
  sum = sum * z + 1.0 / 362880;
  sum = sum * z - 1.0 / 5040;
  sum = sum * z + 1.0 / 120;
  sum = sum * z - 1.0 / 6;
  *sine = sum * z * y + y;
  sum = z * (1.0 / 20922789888000) - 1.0 / 87178291200;
  sum = sum * z + 1.0 / 479001600;
  sum = sum * z - 1.0 / 3628800;
  sum = sum * z + 1.0 / 40320;
  sum = sum * z - 1.0 / 720;
  sum = sum * z + 1.0 / 24;
  sum = sum * z - 0.5;
  *cosine = sum * z + 1.0;
}

#endif
