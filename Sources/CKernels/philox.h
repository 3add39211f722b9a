#ifndef HOLDFAST_PHILOX_H
#define HOLDFAST_PHILOX_H

#include "lanes.h"

// Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC '11.

enum { rounds = 10 };

/// The two keys of every round.
typedef struct schedule {
  uint64_t first[rounds], second[rounds];
} schedule;

INLINE void expand(uint64_t key, schedule *keys) {
  for (int round = 0; round < rounds; round++) {
    keys->first[round] = (uint32_t)key + round * 0x9E3779B9u;           // the golden ratio
    keys->second[round] = (uint32_t)(key >> 32) + round * 0xBB67AE85u;  // √3 − 1
  }
  // Kept in memory, from where an instruction hands one number to all lanes as it works on it.
  __asm__("" : "+m"(*keys));
}

/// Eight blocks of a stream in a `first` and a `second` vector of words; with two groups, sixteen.
///
/// Each 32-bit word of the cipher has a 64-bit lane, so that a product keeps its high half; what
/// lies above it in a lane is never read. Two groups run abreast, for one alone would leave the
/// processor waiting for its products.
INLINE void next_blocks(
    holdfast_stream *stream, const schedule *keys, int groups, words8 *first, words8 *second) {
  const uint64_t low_half = 0xFFFFFFFFu;
  words8 x0[2], x1[2], x2[2], x3[2];
  for (int g = 0; g < groups; g++) {
    x0[g] = stream->low + (words8){0, 1, 2, 3, 4, 5, 6, 7};
    x1[g] = x0[g] >> 32;
    x2[g] = stream->high - (words8){};
    x3[g] = x2[g] >> 32;
    stream->low += lanes;
  }
#pragma clang loop unroll(full)
  for (int round = 0; round < rounds; round++) {
    for (int g = 0; g < groups; g++) {
      const words8 p0 = (x0[g] & low_half) * 0xD2511F53u, p1 = (x2[g] & low_half) * 0xCD9E8D57u;
      x0[g] = (p1 >> 32) ^ x1[g] ^ keys->first[round];
      x1[g] = p1;
      x2[g] = (p0 >> 32) ^ x3[g] ^ keys->second[round];
      x3[g] = p0;
    }
  }
  for (int g = 0; g < groups; g++) {
    first[g] = x1[g] << 32 | (x0[g] & low_half);
    second[g] = x3[g] << 32 | (x2[g] & low_half);
  }
}

#endif
