#include "beta_tails.h"

// Probabilities are taken in blocks, parted by method, so that the lanes of a vector do the same work.
enum { block = 256 };

/// Points sought: where the lower tail, made the one that is at most a half, is `tail`.
typedef struct {
  double a[block], b[block], tail[block], score[block], x[block], y[block];
  uint64_t turned[block];
} beta_targets;

/// A normal quantile of p ≤ ½ to 5e-4, from −2 ln p.
///
/// Reference: Hastings (1955), *Approximations for Digital Computers*, sheet 68.
INLINE doubles rough_score(doubles twice_log) {
  const doubles u = square_root(twice_log);
  return ((0.010328 * u + 0.802853) * u + 2.515517)
      / (((0.001308 * u + 0.189269) * u + 1.432788) * u + 1.0)
      - u;
}

/// The step of Halley's method on the logarithm of a tail: `slope` is mass/tail and `bend` the
/// logarithmic derivative of the mass.
INLINE doubles halley(doubles error, doubles slope, doubles bend) {
  const doubles newton = error / slope, divisor = newton * (bend - slope) * 0.5 + 1.0;
  return newton / choose((words8)(divisor > 0.5), divisor, all(0.5));
}

/// Inverts the expansion: the score z first, and then x = a/n + σ v(z).
INLINE void expanded_points(
    doubles a, doubles b, doubles tail, doubles score, doubles *x, doubles *y) {
  const beta_expansion e = beta_expand(a, b);
  const doubles n = a + b, scale = beta_peak(a, b) / e.precision, log_tail = logarithm(tail);
  doubles slopes[beta_terms - 1];
  for (int k = 0; k < beta_terms - 1; k++) slopes[k] = (k + 1.0) * e.r[k + 1];
  doubles z = score + beta_series(e.s, beta_terms - 1, score);
  for (int step = 0; step < 2; step++) {
    // The tail in units of e^(−z²/2).
    const words8 above = (words8)(z > 0.0);
    doubles ratio = normal_tail_ratio(absolute(z));
    if (holds_somewhere(above))
      ratio = choose(above, exponential(z * z * 0.5) - ratio, ratio);
    ratio -= scale * beta_series(e.s, beta_terms - 1, z);
    const doubles r = beta_series(e.r, beta_terms, z);
    const doubles bend = beta_series(slopes, beta_terms - 1, z) / r - z;
    z += halley(log_tail - (logarithm(ratio) - z * z * 0.5), scale * r / ratio, bend);
  }
  const doubles move = e.precision / n * beta_series(e.v, beta_terms + 1, z);
  *x = a / n + move;
  *y = b / n - move;
}

/// Inverts the fraction by steps on the log-odds, as TailInverse does.
INLINE void fraction_points(
    doubles a, doubles b, doubles tail, doubles score, doubles *x, doubles *y) {
  const double farthest = 600;
  const doubles n = a + b, peak = beta_peak(a, b), log_peak = logarithm(peak);
  const doubles log_tail = logarithm(tail), log_odds = logarithm(a / b);
  // The leading term of the series, and the moments of the log-odds with Cornish and Fisher's shift.
  const doubles power = (log_tail - log_peak + b * logarithm(b / n) + logarithm(a)) / a
      + logarithm(a / n);
  const doubles precision = beta_precision(a, b), gamma = (b - a) / n / precision;
  const doubles z = score - gamma / 3.0;
  doubles position = log_odds + (z - gamma * z * z / 6.0) / precision;
  const words8 small = (words8)(a < 1.0) | (words8)(b < 1.0) | (words8)(position < power);
  position = choose(small, choose((words8)(power < 30.0), power, all(30)), position);
  const words8 served = (words8)(position > -farthest) & (words8)(position < farthest);

  doubles below = all(-farthest), above = all(farthest);
  const doubles odds = exponential(-absolute(position));
  const doubles less = odds / (odds + 1.0), more = 1.0 / (odds + 1.0);
  const words8 negative = (words8)(position < 0.0);
  doubles near_x = choose(negative, less, more), near_y = choose(negative, more, less);
  words8 open = served, found = served & ~served;
  for (int count = 0; count < 60 && holds_somewhere(open); count++) {
    const doubles shift = beta_shift(a, b, near_x, near_y);
    beta_point point = beta_near_point(a, b, near_x, near_y, shift);
    open &= point.served;
    const words8 is_short = beta_is_short(point) & open;
    point.served = is_short;
    doubles ratio = beta_power_series(point);
    point.served = open & ~is_short;
    ratio = choose(is_short, ratio, beta_fraction(point));
    const doubles mass = peak * exponential(point.exponent);
    const doubles other = 1.0 - mass * ratio;
    const doubles log_lower = logarithm(choose(point.turned, other, peak * ratio))
        + choose(point.turned, all(0), point.exponent);
    const doubles slope = choose(point.turned, mass / other, 1.0 / ratio);
    const doubles error = log_tail - log_lower;
    const words8 upwards = (words8)(error > 0.0);
    below = choose(open & upwards, position, below);
    above = choose(open & ~upwards, position, above);
    doubles step = halley(error, slope, shift);
    const doubles next = position + step;
    const words8 inside = (words8)(next >= below) & (words8)(next <= above);
    step = choose(inside, step, (below + above) * 0.5 - position);
    position = choose(open, position + step, position);
    // The step is taken on the odds x : y, so that both keep their last digits.
    const doubles grown = near_x * exponential(step), sum = grown + near_y;
    near_x = choose(open, grown / sum, near_x);
    near_y = choose(open, near_y / sum, near_y);
    // The error after a step is of third order in the step, in units of the tail's width.
    const words8 last = (words8)(absolute(step) * (slope + absolute(shift) + 1.0) < 1e-5);
    found |= open & last;
    open &= ~last;
  }
  const doubles unknown = all(__builtin_nan(""));
  *x = choose(found, near_x, unknown);
  *y = choose(found, near_y, unknown);
}

/// Finds the points named, eight at a time, by one method.
INLINE void find_points(beta_targets *targets, int *places, int count, int expands) {
  if (count == 0) return;
  for (int lane = 0; lane < lanes; lane++) places[count + lane] = places[count - 1];
  for (int first = 0; first < count; first += lanes) {
    const int *at = places + first;
    const doubles a = gather(targets->a, at), b = gather(targets->b, at);
    const doubles tail = gather(targets->tail, at), score = gather(targets->score, at);
    doubles x, y;
    if (expands) expanded_points(a, b, tail, score, &x, &y);
    else fraction_points(a, b, tail, score, &x, &y);
    for (int lane = 0; lane < lanes; lane++) {
      targets->x[at[lane]] = x[lane];
      targets->y[at[lane]] = y[lane];
    }
  }
}

INLINE void points(
    long count, const double *a, const double *b, long stride, const double *p, int is_upper,
    double *x, double *y) {
  const double unknown = __builtin_nan("");
  for (long start = 0; start < count; start += block) {
    const long size = count - start < block ? count - start : block;
    beta_targets targets;
    int expanded[block + lanes], fractions[block + lanes];
    int expanded_count = 0, fraction_count = 0;
    for (long i = 0; i < size; i += lanes) {
      const long at = start + i, left = size - i;
      const doubles first = load_some(a + at * stride, stride, left);
      const doubles second = load_some(b + at * stride, stride, left);
      const doubles given = load_some(p + at, 1, left);
      // 1 − p is exact above a half.
      const words8 over = (words8)(given > 0.5);
      const words8 turned = is_upper ? ~over : over;
      const doubles tail = choose(over, 1.0 - given, given);
      const doubles twice_log = logarithm(tail) * -2.0;
      store(choose(turned, second, first), targets.a + i);
      store(choose(turned, first, second), targets.b + i);
      store(tail, targets.tail + i);
      store(rough_score(twice_log), targets.score + i);
      memcpy(targets.turned + i, &turned, sizeof turned);
      const words8 served = (words8)(tail > 1e-300) & (words8)(first >= 0.5)
          & (words8)(second >= 0.5) & (words8)(first + second < 1e150);
      // The squared score is below −2 ln p.
      const words8 expands = beta_expands(twice_log, first, second);
      for (int lane = 0; lane < lanes && lane < left; lane++) {
        if (!served[lane]) targets.x[i + lane] = targets.y[i + lane] = unknown;
        else if (expands[lane]) expanded[expanded_count++] = (int)i + lane;
        else fractions[fraction_count++] = (int)i + lane;
      }
    }
    find_points(&targets, expanded, expanded_count, 1);
    find_points(&targets, fractions, fraction_count, 0);
    for (long i = 0; i < size; i++) {
      x[start + i] = targets.turned[i] ? targets.y[i] : targets.x[i];
      if (y) y[start + i] = targets.turned[i] ? targets.x[i] : targets.y[i];
    }
  }
}

HOLDFAST_LEVELS(
    void, holdfast_beta_points, points,
    (long count, const double *a, const double *b, long stride, const double *p, int is_upper,
     double *x, double *y),
    (count, a, b, stride, p, is_upper, x, y))

int holdfast_beta_point(double a, double b, double p, int is_upper, double *x, double *y) {
  holdfast_beta_points(1, &a, &b, 0, &p, is_upper, x, y);
  return *x == *x;
}
