#include "philox.h"

INLINE void fill(holdfast_stream *stream, uint64_t *words) {
  schedule keys;
  expand(stream->key, &keys);
  words8 first, second;
  next_blocks(stream, &keys, 1, &first, &second);
  const words8 head = __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
  const words8 tail = __builtin_shufflevector(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
  memcpy(words, &head, sizeof head);
  memcpy(words + lanes, &tail, sizeof tail);
}

HOLDFAST_LEVELS(
    void, holdfast_philox_fill, fill, (holdfast_stream *stream, uint64_t *words), (stream, words))
