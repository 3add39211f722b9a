#ifndef HOLDFAST_BETA_TAILS_H
#define HOLDFAST_BETA_TAILS_H

#include "special.h"

// The near tail of eight beta distributions at a point each. "Mass" is the density on the log-odds,
// x^a y^b / B(a, b) = peak · e^exponent. The names and formulas are those of RegularizedBeta.

/// A point seen from its near tail, which is made the lower one.
typedef struct {
  doubles a, b, n, x, y;
  /// a y − b x, how far the mean lies above the point in units of 1/n.
  doubles shift;
  /// Minus the deviance of the point from the mean.
  doubles exponent;
  /// Where the near tail was the upper one.
  words8 turned;
  /// Where the fraction and the expansion hold.
  words8 served;
} beta_point;

/// √(ab/n): one over the standard deviation of the log-odds.
INLINE doubles beta_precision(doubles a, doubles b) {
  const words8 order = (words8)(a < b);
  const doubles small = choose(order, a, b), large = choose(order, b, a);
  return square_root(small * (large / (small + large)));
}

/// The mass at the mean.
INLINE doubles beta_peak(doubles a, doubles b) {
  const words8 order = (words8)(a < b);
  const doubles small = choose(order, a, b), large = choose(order, b, a);
  const doubles error =
      stirling_error(small + large) - stirling_error(large) - stirling_error(small);
  return beta_precision(a, b) * 0x1.9884533d43651p-2 * exponential(error);
}

/// shape · (ln(1 + u) − u) for u = move/shape, where 1 + u is the share of a whole over the shape.
INLINE doubles beta_deviation(
    doubles shape, doubles move, doubles share, doubles whole, doubles whole_rest) {
  const doubles u = move / shape;
  const words8 far = (words8)(u <= -0.5) | (words8)(u >= 1.0);
  doubles rest = log_one_plus_minus(choose(far, all(0), u));
  if (holds_somewhere(far)) {
    // A large shape multiplies what the ratio loses in its rounding, so that is added.
    doubles ratio_rest, product_rest;
    const doubles ratio = share * (whole / shape);
    const doubles wanted = two_product(share, whole, &ratio_rest);
    const doubles reached = two_product(ratio, shape, &product_rest);
    const doubles missing =
        ((wanted - reached) + (ratio_rest - product_rest) + share * whole_rest) / wanted;
    const doubles correction = choose((words8)(absolute(missing) < 1e-14), missing, all(0));
    rest = choose(far, logarithm(ratio) + correction - u, rest);
  }
  // For a larger u the shape is so small that its logarithm is lost beside the move.
  return choose((words8)(u > 1e100), -move, shape * rest);
}

/// a y − b x, where the smaller of x and y = 1 − x is exact.
INLINE doubles beta_shift(doubles a, doubles b, doubles x, doubles y) {
  doubles up_rest, down_rest;
  const doubles up = two_product(a, y, &up_rest), down = two_product(b, x, &down_rest);
  const doubles products = (up - down) + (up_rest - down_rest);
  return choose(
      (words8)(x <= y), products + a * ((1.0 - y) - x), products - b * ((1.0 - x) - y));
}

/// Minus the deviance of a point from the mean: ln(x^a y^b / B(a, b)) less the same at the mean.
INLINE doubles beta_exponent(doubles a, doubles b, doubles x, doubles y, doubles shift) {
  const doubles n = a + b, grown = n - a, rest = (a - (n - grown)) + (b - grown);
  return beta_deviation(a, -shift, x, n, rest) + beta_deviation(b, shift, y, n, rest);
}

INLINE beta_point beta_near_point(doubles a, doubles b, doubles x, doubles y, doubles shift) {
  // The mean parts the tails; for small shapes the mode does, since the fraction loses digits above it.
  const words8 small = (words8)(a < 2.0) | (words8)(b < 2.0);
  const words8 both = (words8)(a >= 0.5) & (words8)(b >= 0.5);
  beta_point point;
  const words8 turned = (words8)(shift + choose(small, y - x, all(0)) < 0.0);
  point.turned = turned;
  point.a = choose(turned, b, a);
  point.b = choose(turned, a, b);
  point.x = choose(turned, y, x);
  point.y = choose(turned, x, y);
  point.shift = choose(turned, -shift, shift);
  point.n = a + b;
  point.served = ((words8)(point.a >= 1.0) | both)
      & (words8)(point.x * (point.n / point.a) > 1e-290) & (words8)(point.y > 0.0)
      & (words8)(point.b > 0.0) & (words8)(point.n < __builtin_inf());
  point.exponent = beta_exponent(point.a, point.b, point.x, point.y, point.shift);
  return point;
}

/// Where few terms of the series serve; it is the most accurate for small shapes.
INLINE words8 beta_is_short(beta_point point) {
  return (words8)(point.x <= 0.3) & (words8)(point.b * point.x <= 1.5);
}

/// The near tail in units of the mass by the series of positive terms, DLMF 8.17.8:
///
///     1/a · Σₖ (n)ₖ / (a + 1)ₖ xᵏ
INLINE doubles beta_power_series(beta_point point) {
  doubles term = 1.0 / point.a, sum = term;
  words8 open = point.served;
  for (int k = 0; k < 1000 && holds_somewhere(open); k++) {
    term *= (point.n + k) / (point.a + (k + 1.0)) * point.x;
    sum = choose(open, sum + term, sum);
    open &= (words8)(term > 1e-17 * sum);
  }
  return sum;
}

/// The near tail in units of the mass by the continued fraction of Didonato and Morris (1992):
///
///     1/(β₀ + α₁/(β₁ + α₂/(β₂ + …)))
///     αₖ = (a + k − 1)(n + k − 1) k (b − k) x² / (a + 2k − 1)²
///     βₖ = k + k (b − k) x / (a + 2k − 1) + (a + k)(shift + 1 + k (1 + y)) / (a + 2k + 1)
///
/// by the recurrence of its numerators and denominators, which divides once a term. A lane stays as
/// it is once it has converged, whatever its neighbours do.
INLINE doubles beta_fraction(beta_point point) {
  doubles width = point.a + 1.0, inverse = 1.0 / width;
  doubles numerator = all(1), previous_numerator = all(0);
  doubles denominator = point.a * inverse * (point.shift + 1.0), previous_denominator = all(1);
  doubles value = numerator / denominator, result = value;
  words8 open = point.served;
  for (int k = 1; k < 20000 && holds_somewhere(open); k += 2) {
    for (int step = k; step <= k + 1; step++) {
      const double j = step;
      const doubles product = j * (point.b - j) * point.x * inverse;
      const doubles alpha = (point.a + (j - 1)) * inverse * (point.n + (j - 1)) * point.x * product;
      width += 2.0;
      inverse = 1.0 / width;
      const doubles beta =
          j + product + (point.a + j) * inverse * (point.shift + 1.0 + j * (1.0 + point.y));
      const doubles next_numerator = beta * numerator + alpha * previous_numerator;
      const doubles next_denominator = beta * denominator + alpha * previous_denominator;
      previous_numerator = numerator;
      previous_denominator = denominator;
      numerator = next_numerator;
      denominator = next_denominator;
    }
    // The denominator is kept at 1, lest it overflow.
    const doubles scale = 1.0 / denominator;
    previous_numerator *= scale;
    previous_denominator *= scale;
    numerator *= scale;
    denominator = all(1);
    // Where it did, the shift is so large that the first term is the value.
    open &= (words8)(numerator == numerator);
    result = choose(open, numerator, result);
    open &= (words8)(absolute(numerator - value) > 4e-16 * numerator);
    value = numerator;
  }
  return result;
}

/// The terms of the expansion.
enum { beta_terms = 24 };

/// Temme's uniform expansion for two large shapes. With z the signed root of twice the deviance,
/// x − a/n = σ v(z) with σ = √(ab/n³), and
///
///     v v′ = z (1 + γ v − v²/n),   γ = (b − a)/√(abn)
///     I_x(a, b) = Φ(z) − c e^(−z²/2) S(z),   z S − S′ = z/v − c̃,   c = peak / √(ab/n)
///
/// with c̃ constant. Both functions are power series in z, of radius 2√(π min(a, b)).
///
/// Reference: Temme (1992), *Journal of Computational and Applied Mathematics* 41, 145–157; the
/// recurrences are those of Didonato and Morris in these variables.
typedef struct {
  /// √(ab/n).
  doubles precision;
  /// The coefficients of v, of z/v and of S.
  doubles v[beta_terms + 1], r[beta_terms], s[beta_terms - 1];
} beta_expansion;

INLINE beta_expansion beta_expand(doubles a, doubles b) {
  const doubles n = a + b, inverse = 1.0 / n;
  beta_expansion e;
  e.precision = beta_precision(a, b);
  const doubles gamma = (b * inverse - a * inverse) / e.precision;
  // The coefficients of v²: k/2 [v²]ₖ = γ vₖ₋₂ − [v²]ₖ₋₂ / n.
  doubles squares[beta_terms + 2];
  e.v[0] = all(0);
  e.v[1] = all(1);
  squares[1] = all(0);
  squares[2] = all(1);
  for (int k = 3; k <= beta_terms + 1; k++) {
    squares[k] = (gamma * e.v[k - 2] - inverse * squares[k - 2]) * (2.0 / k);
    doubles sum = squares[k] * 0.5;
    for (int i = 2; i < k - i; i++) sum -= e.v[i] * e.v[k - i];
    e.v[k - 1] = k % 2 == 0 ? sum - 0.5 * e.v[k / 2] * e.v[k / 2] : sum;
  }
  // z/v = v′ − γ z + z v/n.
  e.r[0] = all(1);
  e.r[1] = 2.0 * e.v[2] - gamma;
  for (int k = 2; k < beta_terms; k++) e.r[k] = (k + 1.0) * e.v[k + 1] + inverse * e.v[k - 1];
  e.s[beta_terms - 2] = e.r[beta_terms - 1];
  e.s[beta_terms - 3] = e.r[beta_terms - 2];
  for (int k = beta_terms - 4; k >= 0; k--) e.s[k] = e.r[k + 1] + (k + 2.0) * e.s[k + 2];
  return e;
}

/// A power series of `count` terms.
INLINE doubles beta_series(const doubles *coefficients, int count, doubles z) {
  const doubles square = z * z;
  doubles high = coefficients[count - 1], low = coefficients[count - 2];
  for (int k = count - 3; k >= 0; k -= 2) {
    high = high * square + coefficients[k];
    if (k > 0) low = low * square + coefficients[k - 1];
  }
  return count % 2 == 1 ? high + low * z : low + high * z;
}

/// Where the expansion has the accuracy of a double, for a squared score and the smaller shape.
INLINE words8 beta_expands(doubles square, doubles a, doubles b) {
  const doubles small = choose((words8)(a < b), a, b);
  return (words8)(small >= 20.0) & (words8)(square <= 0.36 * small);
}

/// The near tail in units of the mass by the expansion.
INLINE doubles beta_expanded_tail(beta_point point, doubles peak) {
  const beta_expansion e = beta_expand(point.a, point.b);
  const doubles w = square_root(point.exponent * -2.0);
  return normal_tail_ratio(w) / peak - beta_series(e.s, beta_terms - 1, -w) / e.precision;
}

#endif
