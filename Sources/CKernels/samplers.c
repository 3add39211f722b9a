#include "philox.h"

// Thirty-two words are made at a time; they become thirty-two numbers, or sixteen candidates for
// the methods that reject some.

/// A stream with what is worked out once a fill.
typedef struct source {
  holdfast_stream *stream;
  schedule keys;
} source;

INLINE void open_source(holdfast_stream *stream, source *from) {
  from->stream = stream;
  expand(stream->key, &from->keys);
}

/// Sixteen standard normal numbers from eight blocks.
///
/// Box and Muller (1958), Annals of Mathematical Statistics 29, 610–611: a radius √(−2 ln u) and an
/// angle. The angle lies within an eighth of a turn of the first axis; one bit then exchanges the
/// axes, and one bit reverses both.
INLINE void normals(words8 radial, words8 angular, doubles z[2]) {
  const doubles u = positive_uniform(radial);
  const doubles radius = __builtin_elementwise_sqrt(-2.0 * logarithm(u));
  doubles sine, cosine;
  quarter_turn(positive_uniform(angular) - 0.5, &sine, &cosine);
  const words8 exchanged = -(angular >> 1 & 1);
  const doubles either_way = (doubles)((words8)radius ^ angular << 63);
  z[0] = either_way * choose(exchanged, sine, cosine);
  z[1] = either_way * choose(exchanged, cosine, sine);
}

/// Thirty-two standard normal numbers.
INLINE void next_normals(source *from, doubles z[4]) {
  words8 radial[2], angular[2];
  next_blocks(from->stream, &from->keys, 2, radial, angular);
  normals(radial[0], angular[0], z);
  normals(radial[1], angular[1], z + 2);
}

/// Thirty-two uniform numbers on (0, 1).
INLINE void next_uniforms(source *from, doubles u[4]) {
  words8 first[2], second[2];
  next_blocks(from->stream, &from->keys, 2, first, second);
  for (int g = 0; g < 2; g++) {
    u[2 * g] = positive_uniform(first[g]);
    u[2 * g + 1] = positive_uniform(second[g]);
  }
}

/// Sixteen normal numbers, and sixteen uniform ones.
INLINE void next_candidates(source *from, doubles z[2], doubles u[2]) {
  words8 first[2], second[2];
  next_blocks(from->stream, &from->keys, 2, first, second);
  normals(first[0], second[0], z);
  u[0] = positive_uniform(first[1]);
  u[1] = positive_uniform(second[1]);
}

enum { step = 4 * lanes };

/// Stores a step of results, or as much of it as there is room for.
INLINE void put(const doubles x[4], double *out, long room) {
  memcpy(out, x, (room < step ? (size_t)room : step) * sizeof *out);
}

INLINE void fill_uniform(holdfast_stream *stream, double *out, long count) {
  source from;
  open_source(stream, &from);
  for (long i = 0; i < count; i += step) {
    doubles u[4];
    next_uniforms(&from, u);
    put(u, out + i, count - i);
  }
}

INLINE void fill_normal(
    holdfast_stream *stream, double mean, double deviation, double *out, long count) {
  source from;
  open_source(stream, &from);
  for (long i = 0; i < count; i += step) {
    doubles z[4];
    next_normals(&from, z);
    for (int j = 0; j < 4; j++) z[j] = mean + deviation * z[j];
    put(z, out + i, count - i);
  }
}

INLINE void fill_exponential(holdfast_stream *stream, double mean, double *out, long count) {
  source from;
  open_source(stream, &from);
  for (long i = 0; i < count; i += step) {
    doubles u[4];
    next_uniforms(&from, u);
    for (int j = 0; j < 4; j++) u[j] = -mean * logarithm(u[j]);
    put(u, out + i, count - i);
  }
}

/// Tells which of eight candidates for gamma numbers are to be kept, and writes their values.
///
/// Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26, 363–372. A candidate is
/// d (1 + t)³ with t = c x, d = k − ⅓, c = 1/√(9d). It is kept if
///     ln u < h,   h = ½x² + d − d (1 + t)³ + 3d ln(1 + t) = 3d (ln(1 + t) − t + t²/2 − t³/3),
/// where no more than −x²t²/12 / min(1, 1 + t) is left of h: the terms of its series in t beyond
/// the first, which is −x²t²/12, at most make a geometric series of ratio |t|.
INLINE words8 keep(doubles d, doubles c, doubles x, doubles u, doubles *value) {
  const doubles t = c * x, base = t + 1.0, first = x * x * (t * t) * (1.0 / 12);
  *value = d * (base * base * base);
  // 1. eʰ ≥ 1 + h settles nearly all; where 1 + t is negative it settles none.
  const words8 kept = (words8)((1.0 - u) * choose((words8)(t < 0), base, all(1)) > first);
  if (__builtin_expect(holds_everywhere(kept), 1)) return kept;
  // 2. The density decides the rest; near zero by its series, lest it cancel.
  doubles series = t * (4.0 / 14) - 4.0 / 13;
  series = series * t + 4.0 / 12;
  series = series * t - 4.0 / 11;
  series = series * t + 4.0 / 10;
  series = series * t - 4.0 / 9;
  series = series * t + 4.0 / 8;
  series = series * t - 4.0 / 7;
  series = series * t + 4.0 / 6;
  series = series * t - 4.0 / 5;
  series = (series * t + 1.0) * -first;
  const words8 inside = (words8)(base > 0x1p-60);
  const doubles closed = 3.0 * d
      * (logarithm(choose(inside, base, all(1))) - t + t * t * (0.5 - t * (1.0 / 3)));
  const doubles h = choose((words8)(t * t < 0.01), series, closed);
  return kept | (inside & (words8)(u < exponential(h)));
}

/// Keeps those of sixteen values that were accepted, in their order, and returns how many.
INLINE long compact(const doubles value[2], const words8 kept[2], double *out) {
  if (__builtin_expect(holds_everywhere(kept[0] & kept[1]), 1)) {
    memcpy(out, value, 2 * sizeof *value);
    return 2 * lanes;
  }
  double values[2 * lanes];
  uint64_t flags[2 * lanes];
  memcpy(values, value, sizeof values);
  memcpy(flags, kept, sizeof flags);
  long filled = 0;
  for (int i = 0; i < 2 * lanes; i++) {
    out[filled] = values[i];
    filled += (long)(flags[i] & 1);
  }
  return filled;
}

/// What is drawn and finished at a time, and the room that takes a step more.
enum { chunk = 256, room = chunk + step };

/// Gamma numbers of one shape of 1 or more, and scale 1.
INLINE void gammas(source *from, double shape, double *out, long count) {
  const doubles d = all(shape - 1.0 / 3), c = 1.0 / __builtin_elementwise_sqrt(9.0 * d);
  for (long filled = 0; filled < count;) {
    doubles x[2], u[2], value[2];
    next_candidates(from, x, u);
    const words8 kept[2] = {keep(d, c, x[0], u[0], value), keep(d, c, x[1], u[1], value + 1)};
    filled += compact(value, kept, out + filled);
  }
}

/// Logarithms of gamma numbers of any shape: ln G(k) = ln G(k + 1) + ln(U)/k for shapes below 1.
INLINE void log_gammas(source *from, double shape, double *out, long count) {
  const int is_small = shape < 1;
  const double inverse = 1 / shape;
  gammas(from, is_small ? shape + 1 : shape, out, count);
  for (long i = 0; i < count; i += step) {
    doubles u[4];
    if (is_small) next_uniforms(from, u);
    for (int j = 0; j < 4; j++) {
      doubles x = logarithm(load(out + i + j * lanes));
      if (is_small) x += logarithm(u[j]) * inverse;
      store(x, out + i + j * lanes);
    }
  }
}

INLINE void fill_log_gamma(
    holdfast_stream *stream, double shape, double log_scale, double *out, long count) {
  source from;
  open_source(stream, &from);
  double x[room] = {0};
  for (long i = 0; i < count; i += chunk) {
    const long size = count - i < chunk ? count - i : chunk;
    log_gammas(&from, shape, x, size);
    for (long j = 0; j < size; j++) out[i + j] = x[j] + log_scale;
  }
}

INLINE void fill_gamma(
    holdfast_stream *stream, double shape, double scale, double log_scale, double *out,
    long count) {
  source from;
  open_source(stream, &from);
  double x[room] = {0};
  for (long i = 0; i < count; i += chunk) {
    const long size = count - i < chunk ? count - i : chunk;
    if (shape >= 1) {
      gammas(&from, shape, x, size);
      for (long j = 0; j < size; j++) out[i + j] = x[j] * scale;
    } else {
      log_gammas(&from, shape, x, size);
      for (long j = 0; j < size; j += lanes) {
        const doubles value = exponential(load(x + j) + log_scale);
        store(choose((words8)(value > 0), value, all(0x1p-1074)), x + j);
      }
      memcpy(out + i, x, (size_t)size * sizeof *out);
    }
  }
}

/// Beta numbers whose shapes are 1 or less, yet not so small that U^(1/α) might be zero.
///
/// Jöhnk (1964), Metrika 8, 5–15: the share of X in X + Y for X = U^(1/α), Y = V^(1/β), given that
/// X + Y ≤ 1. At least half of the candidates are kept.
INLINE void small_shares(source *from, double alpha, double beta, double *out, long count) {
  const double x_power = 1 / alpha, y_power = 1 / beta;
  for (long filled = 0; filled < count;) {
    doubles u[4], share[2];
    words8 kept[2];
    next_uniforms(from, u);
    for (int j = 0; j < 2; j++) {
      const doubles x = exponential(logarithm(u[2 * j]) * x_power);
      const doubles sum = x + exponential(logarithm(u[2 * j + 1]) * y_power);
      kept[j] = (words8)(sum <= 1);
      share[j] = x / sum;
    }
    filled += compact(share, kept, out + filled);
  }
}

/// Log-odds of beta numbers whose shapes are 1 or less: the same, on logarithms.
INLINE void small_log_odds(source *from, double alpha, double beta, double *out, long count) {
  const double x_power = 1 / alpha, y_power = 1 / beta;
  for (long filled = 0; filled < count;) {
    doubles u[4], odds[2];
    words8 kept[2];
    next_uniforms(from, u);
    for (int j = 0; j < 2; j++) {
      const doubles x = logarithm(u[2 * j]) * x_power, y = logarithm(u[2 * j + 1]) * y_power;
      odds[j] = x - y;
      // X + Y = e^max (1 + e^(min − max)).
      const words8 is_upper = (words8)(odds[j] > 0);
      const doubles rest = exponential(choose(is_upper, -odds[j], odds[j]));
      kept[j] = (words8)(exponential(choose(is_upper, x, y)) * (rest + 1.0) <= 1);
    }
    filled += compact(odds, kept, out + filled);
  }
}

/// Log-odds of beta numbers of any shapes; there is room for a step more.
INLINE void log_odds(
    source *from, double alpha, double beta, double *out, double *spare, long count) {
  if (alpha <= 1 && beta <= 1) return small_log_odds(from, alpha, beta, out, count);
  log_gammas(from, alpha, out, count);
  log_gammas(from, beta, spare, count);
  for (long i = 0; i < count; i++) out[i] -= spare[i];
}

INLINE void fill_log_odds(
    holdfast_stream *stream, double alpha, double beta, double *out, long count) {
  source from;
  open_source(stream, &from);
  double x[room] = {0}, y[room] = {0};
  for (long i = 0; i < count; i += chunk) {
    const long size = count - i < chunk ? count - i : chunk;
    log_odds(&from, alpha, beta, x, y, size);
    memcpy(out + i, x, (size_t)size * sizeof *out);
  }
}

/// The nearest number that a beta draw may be.
INLINE doubles within_unit(doubles x) {
  const doubles most = all(1 - 0x1p-53), least = all(0x1p-1074);
  x = choose((words8)(x < most), x, most);
  return choose((words8)(x > least), x, least);
}

/// The number on (0, 1) that has the log-odds.
INLINE doubles logistic(doubles odds) {
  const words8 is_upper = (words8)(odds > 0);
  const doubles e = exponential(choose(is_upper, -odds, odds));
  return choose(is_upper, all(1), e) / (e + 1.0);
}

INLINE void fill_beta(
    holdfast_stream *stream, double alpha, double beta, double *out, long count) {
  source from;
  open_source(stream, &from);
  double x[room] = {0}, y[room] = {0};
  const double least = alpha < beta ? alpha : beta, most = alpha < beta ? beta : alpha;
  for (long i = 0; i < count; i += chunk) {
    const long size = count - i < chunk ? count - i : chunk;
    if (least >= 1) {
      gammas(&from, alpha, x, size);
      gammas(&from, beta, y, size);
      for (long j = 0; j < size; j += lanes) {
        const doubles a = load(x + j);
        store(a / (a + load(y + j)), x + j);
      }
    } else if (least >= 0x1p-4 && most <= 1) {
      small_shares(&from, alpha, beta, x, size);
    } else {
      log_odds(&from, alpha, beta, x, y, size);
      for (long j = 0; j < size; j += lanes) store(logistic(load(x + j)), x + j);
    }
    for (long j = 0; j < size; j += lanes) store(within_unit(load(x + j)), x + j);
    memcpy(out + i, x, (size_t)size * sizeof *out);
  }
}

INLINE void fill_hat(
    holdfast_stream *stream, double a, double b, double center, double *distances,
    double *heights, double *counts, long count) {
  source from;
  open_source(stream, &from);
  for (long i = 0; i < count; i += step) {
    doubles u[4], v[4], k[4];
    next_uniforms(&from, u);
    next_uniforms(&from, v);
    for (int j = 0; j < 4; j++) {
      const doubles place = u[j] - 0.5;
      u[j] = 0.5 - __builtin_elementwise_abs(place);
      k[j] = __builtin_elementwise_floor((2 * a / u[j] + b) * place + center);
    }
    put(u, distances + i, count - i);
    put(v, heights + i, count - i);
    put(k, counts + i, count - i);
  }
}

HOLDFAST_LEVELS(
    void, holdfast_fill_uniform, fill_uniform,
    (holdfast_stream *stream, double *out, long count), (stream, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_normal, fill_normal,
    (holdfast_stream *stream, double mean, double deviation, double *out, long count),
    (stream, mean, deviation, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_exponential, fill_exponential,
    (holdfast_stream *stream, double mean, double *out, long count), (stream, mean, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_gamma, fill_gamma,
    (holdfast_stream *stream, double shape, double scale, double log_scale, double *out,
     long count),
    (stream, shape, scale, log_scale, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_log_gamma, fill_log_gamma,
    (holdfast_stream *stream, double shape, double log_scale, double *out, long count),
    (stream, shape, log_scale, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_beta, fill_beta,
    (holdfast_stream *stream, double alpha, double beta, double *out, long count),
    (stream, alpha, beta, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_log_odds, fill_log_odds,
    (holdfast_stream *stream, double alpha, double beta, double *out, long count),
    (stream, alpha, beta, out, count))
HOLDFAST_LEVELS(
    void, holdfast_fill_hat, fill_hat,
    (holdfast_stream *stream, double a, double b, double center, double *distances,
     double *heights, double *counts, long count),
    (stream, a, b, center, distances, heights, counts, count))
