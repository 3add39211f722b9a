#include "lanes.h"

/// Eight rows of a logistic model. With `e = exp(−|η|)` nothing overflows, and μ(1 − μ) = e / (1 + e)²
/// keeps its digits in both tails.
INLINE doubles eight_rows(
    doubles eta, doubles y, doubles count, doubles *weights, doubles *residuals) {
  const doubles e = exponential(-__builtin_elementwise_abs(eta));
  const doubles q = 1.0 / (e + 1.0);
  const doubles mu = choose((words8)(eta > 0.0), q, e * q);
  *weights = count * (e * q * q);
  *residuals = count * (y - mu);
  const doubles positive = choose((words8)(eta > 0.0), eta, all(0));
  return count * ((y * eta - positive) - logarithm_one_plus(e));
}

INLINE double logistic(
    long count, const double *eta, const double *offsets, const double *outcomes,
    const double *counts, double *weights, double *residuals) {
  doubles value = all(0);
  for (long i = 0; i < count; i += lanes) {
    const size_t rest = (size_t)(count - i < lanes ? count - i : lanes), size = rest * sizeof *eta;
    doubles predictor = all(0), outcome = all(0), number = all(0), weight, residual;
    memcpy(&predictor, eta + i, size);
    memcpy(&outcome, outcomes + i, size);
    if (offsets) {
      doubles offset = all(0);
      memcpy(&offset, offsets + i, size);
      predictor += offset;
    }
    if (counts) {
      memcpy(&number, counts + i, size);
    } else {
      const doubles ones = all(1);
      memcpy(&number, &ones, size);
    }
    value += eight_rows(predictor, outcome, number, &weight, &residual);
    memcpy(weights + i, &weight, size);
    memcpy(residuals + i, &residual, size);
  }
  return ((value[0] + value[1]) + (value[2] + value[3]))
      + ((value[4] + value[5]) + (value[6] + value[7]));
}

HOLDFAST_LEVELS(
    double, holdfast_logistic_rows, logistic,
    (long count, const double *eta, const double *offsets, const double *outcomes,
     const double *counts, double *weights, double *residuals),
    (count, eta, offsets, outcomes, counts, weights, residuals))
