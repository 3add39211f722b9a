#ifndef HOLDFAST_GAMMA_H
#define HOLDFAST_GAMMA_H

#include "source.h"

/// Marsaglia and Tsang's method for gamma numbers of one shape `k` of 1 or more, and scale 1.
///
/// A normal number `x` becomes d (1 + t)³ with t = c x, d = k − ⅓, c = 1/√(9d), and is kept if
/// 1 − v < eʰ for a uniform number `v`, where
///     h = ½x² + d − d (1 + t)³ + 3d ln(1 + t) = 3d (ln(1 + t) − t + t²/2 − t³/3).
///
/// Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26, 363–372.
typedef struct marsaglia_tsang {
  doubles d, c;
} marsaglia_tsang;

INLINE marsaglia_tsang method_for(double shape) {
  const doubles d = all(shape - 1.0 / 3);
  return (marsaglia_tsang){d, 1.0 / __builtin_elementwise_sqrt(9.0 * d)};
}

/// What normal numbers become.
INLINE doubles transformed(marsaglia_tsang method, doubles x) {
  const doubles base = method.c * x + 1.0;
  return method.d * (base * base * base);
}

/// Tells which normal numbers are kept for a `v` that is no smaller than the one at hand: nearly all.
///
/// For eʰ ≥ 1 + h, and no more than −x²t²/12 / min(1, 1 + t) is left of h: the terms of its series in
/// t beyond the first, which is −x²t²/12, at most make a geometric series of ratio |t|. Where 1 + t is
/// negative, none is kept.
INLINE words8 surely_kept(marsaglia_tsang method, doubles x, doubles v) {
  const doubles t = method.c * x, xt = x * t;
  return (words8)(v * choose((words8)(t < 0), t + 1.0, all(1)) > xt * xt * (1.0 / 12));
}

/// Tells which normal numbers are kept.
INLINE words8 is_kept(marsaglia_tsang method, doubles x, doubles v) {
  const doubles t = method.c * x, xt = x * t, base = t + 1.0;
  // Near zero h is found by its series, lest it cancel.
  doubles series = t * (4.0 / 14) - 4.0 / 13;
  series = series * t + 4.0 / 12;
  series = series * t - 4.0 / 11;
  series = series * t + 4.0 / 10;
  series = series * t - 4.0 / 9;
  series = series * t + 4.0 / 8;
  series = series * t - 4.0 / 7;
  series = series * t + 4.0 / 6;
  series = series * t - 4.0 / 5;
  series = (series * t + 1.0) * (xt * xt * (-1.0 / 12));
  const words8 inside = (words8)(base > 0x1p-60);
  const doubles closed = 3.0 * method.d
      * (logarithm(choose(inside, base, all(1))) - t + t * t * (0.5 - t * (1.0 / 3)));
  const doubles h = choose((words8)(t * t < 0.01), series, closed);
  return inside & (words8)(1.0 - v < exponential(h));
}

/// Places of a chunk whose candidates are not settled, with their normal numbers and the first bits of
/// their `v`.
typedef struct waiting_list {
  long count;
  long places[room];
  double normals[room], bits[room];
} waiting_list;

/// Puts those of eight places, from `first` on, on the list that are not settled.
INLINE void let_wait(
    waiting_list *list, words8 settled, long first, doubles normals, doubles bits) {
  for (unsigned open = lanes_where(settled) ^ all_lanes; open != 0; open &= open - 1) {
    const int lane = __builtin_ctz(open);
    list->places[list->count] = first + lane;
    list->normals[list->count] = normals[lane];
    list->bits[list->count] = bits[lane];
    list->count++;
  }
}

/// Strikes those from the list whose candidates are kept, and gives the others new ones.
INLINE void decide(waiting_list *list, source *from, marsaglia_tsang method, double *out) {
  long rejected = 0;
  for (long i = 0; i < list->count; i += lanes) {
    // The bits of `v` beyond the first ten, and the next candidates.
    words8 later, unused, radial, angular;
    next_blocks(from->stream, &from->keys, 1, &later, &unused);
    next_blocks(from->stream, &from->keys, 1, &radial, &angular);
    const doubles v = load(list->bits + i) + positive_uniform(later) * 0x1p-10;
    const unsigned stay = lanes_where(is_kept(method, load(list->normals + i), v));
    doubles next[2];
    normals(radial, angular, next);
    const doubles value = transformed(method, next[0]), bits = spare_bits(radial);
    const long rest = list->count - i;
    const unsigned used = rest < lanes ? (1u << rest) - 1 : all_lanes;
    for (unsigned open = used & ~stay; open != 0; open &= open - 1) {
      const int lane = __builtin_ctz(open);
      const long place = list->places[i + lane];
      out[place] = value[lane];
      list->places[rejected] = place;
      list->normals[rejected] = next[0][lane];
      list->bits[rejected] = bits[lane];
      rejected++;
    }
  }
  list->count = rejected;
}

/// Gamma numbers of one shape of 1 or more, and scale 1: a chunk at most.
///
/// Every place goes through candidates of its own until one is kept, so it does not matter when they
/// are looked at: the few that the squeeze does not settle wait, and are then looked at side by side.
INLINE void gammas(source *from, double shape, double *out, long count) {
  const marsaglia_tsang method = method_for(shape);
  waiting_list list;
  list.count = 0;
  for (long i = 0; i < count; i += step) {
    doubles x[4], bits[4];
    next_candidates(from, x, bits);
    for (int j = 0; j < 4; j++) {
      store(transformed(method, x[j]), out + i + j * lanes);
      let_wait(&list, surely_kept(method, x[j], bits[j]), i + j * lanes, x[j], bits[j]);
    }
  }
  while (list.count > 0) decide(&list, from, method, out);
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

#endif
