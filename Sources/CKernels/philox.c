#include "philox.h"

INLINE void fill(holdfast_stream *stream, uint64_t *words) {
  schedule keys;
  expand(stream->key, &keys);
  words8 first[2], second[2];
  next_blocks(stream, &keys, 2, first, second);
#pragma clang loop unroll(full)
  for (int g = 0; g < 2; g++) {
    const words8 head =
        __builtin_shufflevector(first[g], second[g], 0, 8, 1, 9, 2, 10, 3, 11);
    const words8 tail =
        __builtin_shufflevector(first[g], second[g], 4, 12, 5, 13, 6, 14, 7, 15);
    memcpy(words + 2 * lanes * g, &head, sizeof head);
    memcpy(words + 2 * lanes * g + lanes, &tail, sizeof tail);
  }
}

HOLDFAST_LEVELS(
    void, holdfast_philox_fill, fill, (holdfast_stream *stream, uint64_t *words), (stream, words))
