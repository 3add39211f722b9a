#ifndef HOLDFAST_CKERNELS_H
#define HOLDFAST_CKERNELS_H

#include <stdint.h>

/// A set of vector instructions that a kernel is compiled for.
typedef enum holdfast_level {
  HOLDFAST_BASELINE = 0,
  HOLDFAST_AVX2 = 1,
  HOLDFAST_AVX512 = 2,
} holdfast_level;

/// The best level that this machine runs; found once, then a load.
holdfast_level holdfast_kernel_level(void);

/// Eight consecutive blocks of Philox4x32-10, two 64-bit words each: the words of one block lie
/// side by side, low half first.
///
/// The counter of block `j` is the 128-bit number `high · 2⁶⁴ + low + j`; `low + 7` must not
/// overflow. Every level gives the same words.
void holdfast_philox_fill(uint64_t key, uint64_t low, uint64_t high, uint64_t words[16]);

/// The same at a level of the caller's choice, which the machine must have; for tests.
void holdfast_philox_fill_at(
    holdfast_level level, uint64_t key, uint64_t low, uint64_t high, uint64_t words[16]);

#endif
