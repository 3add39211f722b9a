#ifndef HOLDFAST_SOURCE_H
#define HOLDFAST_SOURCE_H

#include "philox.h"

// Thirty-two words are made at a time.

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

/// The bits of words that make normal numbers and are left over: multiples of 2⁻¹⁰ on [0, 1).
INLINE doubles spare_bits(words8 words) {
  return (doubles)((words << 40 & 0x000FFC0000000000u) | 0x3FF0000000000000u) - 1.0;
}

/// Thirty-two standard normal numbers, each with the first ten bits of a uniform number.
INLINE void next_candidates(source *from, doubles z[4], doubles bits[4]) {
  words8 radial[2], angular[2];
  next_blocks(from->stream, &from->keys, 2, radial, angular);
  for (int g = 0; g < 2; g++) {
    normals(radial[g], angular[g], z + 2 * g);
    bits[2 * g] = spare_bits(radial[g]);
    bits[2 * g + 1] = spare_bits(angular[g]);
  }
}

enum { step = 4 * lanes };

/// Stores a step of results, or as much of it as there is room for.
INLINE void put(const doubles x[4], double *out, long room) {
  memcpy(out, x, (room < step ? (size_t)room : step) * sizeof *out);
}

/// What is drawn and finished at a time, and the room that takes a step more.
enum { chunk = 512, room = chunk + step };

#endif
