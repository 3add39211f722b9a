#ifndef HOLDFAST_SPECIAL_H
#define HOLDFAST_SPECIAL_H

#include "lanes.h"

// Functions of eight numbers at a time that the tails of distributions are made of.

INLINE int holds_somewhere(words8 condition) { return __builtin_reduce_or(condition) != 0; }

INLINE doubles absolute(doubles x) { return (doubles)((words8)x & 0x7FFFFFFFFFFFFFFFu); }

INLINE doubles square_root(doubles x) { return __builtin_elementwise_sqrt(x); }

/// Loads up to eight numbers, the last of them repeated.
INLINE doubles load_some(const double *from, long stride, long count) {
  if (stride == 0) return all(from[0]);
  if (count >= lanes) return load(from);
  double padded[lanes];
  for (int lane = 0; lane < lanes; lane++) padded[lane] = from[lane < count ? lane : count - 1];
  return load(padded);
}

/// Loads eight numbers from their places.
INLINE doubles gather(const double *from, const int *places) {
  double gathered[lanes];
  for (int lane = 0; lane < lanes; lane++) gathered[lane] = from[places[lane]];
  return load(gathered);
}

/// A product, and what its rounding left out, after Dekker: no level needs fused instructions. The
/// rest is left out where a factor is too large to be split.
INLINE doubles two_product(doubles a, doubles b, doubles *rest) {
  const double splitter = 0x1p27 + 1;
  const doubles product = a * b, c = a * splitter, d = b * splitter;
  const doubles a_high = c - (c - a), b_high = d - (d - b);
  const doubles a_low = a - a_high, b_low = b - b_high;
  const doubles error =
      ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
  *rest = choose((words8)(absolute(error) < __builtin_inf()), error, all(0));
  return product;
}

/// The polynomial of `count` coefficients, an odd number, at s; even and odd powers apart, so that
/// neither waits for the other.
INLINE doubles polynomial(const double *coefficients, int count, doubles s) {
  const doubles square = s * s;
  doubles even = all(coefficients[count - 1]), odd = all(coefficients[count - 2]);
  for (int k = count - 3; k > 0; k -= 2) {
    even = even * square + coefficients[k];
    odd = odd * square + coefficients[k - 1];
  }
  return odd * s + (even * square + coefficients[0]);
}

/// x δ(x) for x ≥ 1, δ being the Stirling error, as a polynomial in 2/x − 1: Chebyshev's series, cut off
/// at 1e-18. Tests/ProbabilityTests/Reference/special_kernels.py prints these.
static const double stirling_coefficients[23] = {
    0.0826813919108186,      -0.0012300100649060366,  -0.0004851043881008963,
    0.00010076829938315878,  -1.262164310333669e-06,  -6.4040426432190866e-06,
    2.5473663653581224e-06,  -4.2740368220462393e-07, -1.1717449942331085e-07,
    1.2995811379479393e-07,  -5.987513429157628e-08,  1.549556704029299e-08,
    1.185488304228361e-09,   -4.476752128545979e-09,  3.077842410932077e-09,
    -9.278475947341394e-10,  2.175097107566272e-10,   -4.713654839754587e-10,
    7.80450351161388e-11,    4.404886829713767e-10,   -2.208965181864447e-10,
    -7.535904209976786e-11,  5.1202352025127823e-11,
};

/// (w + 4) ½ erfcx(w/√2) for w ≥ 0 as a polynomial in (w − 4)/(w + 4), likewise.
static const double mills_coefficients[27] = {
    0.7552851304157515,      -0.6078966419718921,     0.3871374007422145,
    -0.18652185795965484,    0.06039657489094323,     -0.00754018896682524,
    -0.003479692367605836,   0.001630818459394586,    0.00013334431578740138,
    -0.00023109495324019437, -1.908289705282615e-06,  3.514479478753355e-05,
    7.168479446346122e-07,   -5.920586519556891e-06,  -6.303897230472221e-07,
    1.0225604158296038e-06,  2.73568947907429e-07,    -1.5650236461993106e-07,
    -8.838447972307543e-08,  1.4630727405651175e-08,  2.2833760070320693e-08,
    1.4329918401088613e-09,  -4.57068646415335e-09,   -8.546521899880147e-10,
    6.325195377466816e-10,   1.175478991480774e-10,   -4.4952047212574176e-11,
};

/// What Stirling's formula leaves out of ln Γ(x), for x > 0; the absolute error is a few times 1e-16
/// where it is below 1.
INLINE doubles stirling_error(doubles x) {
  const words8 small = (words8)(x < 1.0);
  const doubles from_one = choose(small, x + 1.0, x), inverse = 1.0 / from_one;
  doubles error = inverse * polynomial(stirling_coefficients, 23, inverse + inverse - 1.0);
  // δ(x) − δ(x + 1) = (x + ½) ln(1 + 1/x) − 1.
  if (holds_somewhere(small))
    error += choose(small, (x + 0.5) * logarithm(from_one / x) - 1.0, all(0));
  return error;
}

/// e^(w²/2) Φ(−w) for w ≥ 0, to 2 units in the last place.
INLINE doubles normal_tail_ratio(doubles w) {
  const doubles inverse = 1.0 / (w + 4.0);
  return inverse * polynomial(mills_coefficients, 27, (w - 4.0) * inverse);
}

/// ln(1 + u) − u for −½ < u < 1, without cancellation near 0.
INLINE doubles log_one_plus_minus(doubles u) {
  // With r = u/(2 + u): r (2r² (1/3 + r²/5 + …) − u).
  static const double few[7] = {1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15};
  static const double many[19] = {
      1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13, 1.0 / 15,
      1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25, 1.0 / 27, 1.0 / 29,
      1.0 / 31, 1.0 / 33, 1.0 / 35, 1.0 / 37, 1.0 / 39,
  };
  const doubles r = u / (u + 2.0), square = r * r;
  const words8 near = (words8)(square < 0x1p-8);
  doubles sum = polynomial(few, 7, square);
  if (holds_somewhere(~near)) sum = choose(near, sum, polynomial(many, 19, square));
  return r * (2.0 * square * sum - u);
}

#endif
