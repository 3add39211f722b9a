#include "beta_tails.h"

// Points are taken in blocks, parted by method, so that the lanes of a vector do the same work.
enum { block = 256 };

typedef enum { EXPANSION, SERIES, FRACTION } method;

/// The near tails of a block.
typedef struct {
  double a[block], b[block], x[block], y[block], shift[block], exponent[block], peak[block];
  double ratio[block];
  uint64_t turned[block], served[block];
} beta_block;

INLINE beta_point gather_point(const beta_block *points, const int *places) {
  beta_point point;
  point.a = gather(points->a, places);
  point.b = gather(points->b, places);
  point.x = gather(points->x, places);
  point.y = gather(points->y, places);
  point.shift = gather(points->shift, places);
  point.exponent = gather(points->exponent, places);
  point.n = point.a + point.b;
  point.served = ~(words8)all(0) | 0xFFFFFFFFFFFFFFFFu;
  return point;
}

/// Finds the ratios of the points named, eight at a time, by one method.
INLINE void find_ratios(beta_block *points, int *places, int count, method by) {
  if (count == 0) return;
  for (int lane = 0; lane < lanes; lane++) places[count + lane] = places[count - 1];
  for (int first = 0; first < count; first += lanes) {
    const int *at = places + first;
    const beta_point point = gather_point(points, at);
    double ratios[lanes];
    switch (by) {
    case EXPANSION: store(beta_expanded_tail(point, gather(points->peak, at)), ratios); break;
    case SERIES: store(beta_power_series(point), ratios); break;
    case FRACTION: store(beta_fraction(point), ratios); break;
    }
    for (int lane = 0; lane < lanes; lane++) points->ratio[at[lane]] = ratios[lane];
  }
}

INLINE void tails(
    long count, const double *a, const double *b, long stride, const double *x,
    const double *y, double *lower, double *upper) {
  const double unknown = __builtin_nan("");
  for (long start = 0; start < count; start += block) {
    const long size = count - start < block ? count - start : block;
    beta_block points;
    int places[3][block + lanes], counts[3] = {0, 0, 0};
    for (long i = 0; i < size; i += lanes) {
      const long at = start + i, left = size - i;
      const doubles first = load_some(a + at * stride, stride, left);
      const doubles second = load_some(b + at * stride, stride, left);
      const doubles below = load_some(x + at, 1, left);
      const doubles above = y ? load_some(y + at, 1, left) : 1.0 - below;
      const beta_point point =
          beta_near_point(first, second, below, above, beta_shift(first, second, below, above));
      store(point.a, points.a + i);
      store(point.b, points.b + i);
      store(point.x, points.x + i);
      store(point.y, points.y + i);
      store(point.shift, points.shift + i);
      store(point.exponent, points.exponent + i);
      store(beta_peak(first, second), points.peak + i);
      memcpy(points.turned + i, &point.turned, sizeof point.turned);
      memcpy(points.served + i, &point.served, sizeof point.served);
      const words8 expands = beta_expands(point.exponent * -2.0, first, second);
      const words8 is_short = beta_is_short(point);
      for (int lane = 0; lane < lanes && lane < left; lane++) {
        const method by = expands[lane] ? EXPANSION : is_short[lane] ? SERIES : FRACTION;
        if (point.served[lane]) places[by][counts[by]++] = (int)i + lane;
        else points.ratio[i + lane] = unknown;
      }
    }
    find_ratios(&points, places[EXPANSION], counts[EXPANSION], EXPANSION);
    find_ratios(&points, places[SERIES], counts[SERIES], SERIES);
    find_ratios(&points, places[FRACTION], counts[FRACTION], FRACTION);
    for (long i = 0; i < size; i += lanes) {
      const doubles tail = load(points.peak + i) * load(points.ratio + i)
          * exponential(load(points.exponent + i));
      const doubles near = choose((words8)(tail > 1.0), all(1), tail), far = 1.0 - near;
      words8 turned;
      memcpy(&turned, points.turned + i, sizeof turned);
      double lowers[lanes], uppers[lanes];
      store(choose(turned, far, near), lowers);
      store(choose(turned, near, far), uppers);
      for (int lane = 0; lane < lanes && i + lane < size; lane++) {
        if (lower) lower[start + i + lane] = lowers[lane];
        if (upper) upper[start + i + lane] = uppers[lane];
      }
    }
  }
}

INLINE int near_tail(
    double a, double b, double peak, double x, double y, const double *shift,
    holdfast_beta_tail *tail) {
  const doubles first = all(a), second = all(b), below = all(x), above = all(y);
  const beta_point point = beta_near_point(
      first, second, below, above,
      shift ? all(*shift) : beta_shift(first, second, below, above));
  if (!point.served[0]) return 0;
  const int expands = beta_expands(point.exponent * -2.0, first, second)[0] != 0;
  const doubles ratio = expands ? beta_expanded_tail(point, all(peak))
      : beta_is_short(point)[0] ? beta_power_series(point)
                                : beta_fraction(point);
  tail->exponent = point.exponent[0];
  tail->ratio = ratio[0];
  tail->is_upper = point.turned[0] != 0;
  return 1;
}

INLINE double one_tail(double a, double b, double peak, double x, double y, int is_upper) {
  holdfast_beta_tail tail;
  if (!near_tail(a, b, peak, x, y, NULL, &tail)) return __builtin_nan("");
  const double near = peak * tail.ratio * exponential(all(tail.exponent))[0];
  const double clamped = near > 1.0 ? 1.0 : near;
  return tail.is_upper == is_upper ? clamped : 1.0 - clamped;
}

INLINE double peak(double a, double b) { return beta_peak(all(a), all(b))[0]; }

HOLDFAST_LEVELS(
    void, holdfast_beta_tails, tails,
    (long count, const double *a, const double *b, long stride, const double *x,
     const double *y, double *lower, double *upper),
    (count, a, b, stride, x, y, lower, upper))

HOLDFAST_LEVELS(
    int, holdfast_beta_near_tail, near_tail,
    (double a, double b, double peak, double x, double y, const double *shift,
     holdfast_beta_tail *tail),
    (a, b, peak, x, y, shift, tail))

HOLDFAST_LEVELS(
    double, holdfast_beta_one_tail, one_tail,
    (double a, double b, double peak, double x, double y, int is_upper),
    (a, b, peak, x, y, is_upper))

HOLDFAST_LEVELS(double, holdfast_beta_peak, peak, (double a, double b), (a, b))
