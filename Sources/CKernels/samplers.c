#include "gamma.h"

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

/// Keeps those of sixteen values that were accepted, in their order, and returns how many.
INLINE long compact(const doubles value[2], const words8 kept[2], double *out) {
  double values[2 * lanes];
  memcpy(values, value, sizeof values);
  const unsigned flags = lanes_where(kept[0]) | lanes_where(kept[1]) << lanes;
  long filled = 0;
  for (int i = 0; i < 2 * lanes; i++) {
    out[filled] = values[i];
    filled += flags >> i & 1;
  }
  return filled;
}

/// Beta numbers whose shapes are 1 or less, yet not so small that U^(1/α) might be zero.
///
/// Jöhnk (1964), Metrika 8, 5–15: the share of X in X + Y for X = U^(1/α), Y = V^(1/β), given that
/// X + Y ≤ 1. At least half of the candidates are kept.
///
/// `squared` says that both shapes are ½, as those of Jeffreys' prior are.
INLINE void small_shares(
    source *from, double alpha, double beta, int squared, double *out, long count) {
  const double x_power = 1 / alpha, y_power = 1 / beta;
  for (long filled = 0; filled < count;) {
    doubles u[4], share[2];
    words8 kept[2];
    next_uniforms(from, u);
    for (int j = 0; j < 2; j++) {
      const doubles v = u[2 * j], w = u[2 * j + 1];
      const doubles x = squared ? v * v : exponential(logarithm(v) * x_power);
      const doubles sum = x + (squared ? w * w : exponential(logarithm(w) * y_power));
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
  if (least == 1 && most == 1) return fill_uniform(stream, out, count);
  for (long i = 0; i < count; i += chunk) {
    const long size = count - i < chunk ? count - i : chunk;
    if (least == 0.5 && most == 0.5) {
      small_shares(&from, alpha, beta, 1, x, size);
    } else if (least >= 0x1p-4 && most <= 1) {
      small_shares(&from, alpha, beta, 0, x, size);
    } else if (least >= 1) {
      gammas(&from, alpha, x, size);
      gammas(&from, beta, y, size);
      for (long j = 0; j < size; j += lanes) {
        const doubles a = load(x + j);
        store(a / (a + load(y + j)), x + j);
      }
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
