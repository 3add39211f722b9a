#ifndef HOLDFAST_CKERNELS_H
#define HOLDFAST_CKERNELS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// A set of vector instructions that a kernel is compiled for.
typedef enum holdfast_level {
  HOLDFAST_BASELINE = 0,
  HOLDFAST_AVX2 = 1,
  HOLDFAST_AVX512 = 2,
} holdfast_level;

/// The best level that this machine runs; found once, then a load.
holdfast_level holdfast_kernel_level(void);

/// Makes all kernels use a level, which the machine must have; for tests. Results do not change.
void holdfast_use_kernel_level(holdfast_level level);

/// Eight consecutive blocks of Philox4x32-10, two 64-bit words each: the words of one block lie
/// side by side, low half first: sixteen words.
///
/// The counter of block `j` is the 128-bit number `high · 2⁶⁴ + low + j`; `low + 7` must not
/// overflow. Every level gives the same words.
void holdfast_philox_fill(uint64_t key, uint64_t low, uint64_t high, uint64_t *words);

/// One panel of sixteen nodes of several beta distributions at once, on the scale of the log-odds.
///
/// For each distribution and each node the density is
///     exp(levels[d] + first[d] · growth[i] + total[d] · decline[i]),
/// and the survival is `carry[d]`, the survival at the right end of the panel, plus the integral
/// from the node to that end: `half` times row `i` of `matrix` (stored by columns) times the
/// densities. At the end `carry` holds the survival at the left end.
///
/// - `densities`, `survivals`: sixteen numbers a distribution, written.
/// - `weights`: the weights of the rule on (−1, 1); `half` is half of the panel's width.
void holdfast_beta_panel(
    long count, const double *levels, const double *first, const double *total,
    const double *growth, const double *decline, double half, const double *weights,
    const double *matrix, double *carry, double *densities, double *survivals);

/// The ziggurats of the half-normal and the exponential density: 256 layers of equal area. Layer `i`
/// reaches from 0 to `edges[i]` and from `heights[i]` up to `heights[i + 1]`; layer 0, the base, is
/// as wide as its rectangle would be if it held the tail beyond `edges[1]` too.
extern const double holdfast_normal_edges[257];
extern const double holdfast_normal_heights[257];
extern const double holdfast_exponential_edges[257];
extern const double holdfast_exponential_heights[257];

/// The tables as pointers, which Swift reads without a copy.
static inline const double *holdfast_normal_edge(void) { return holdfast_normal_edges; }
static inline const double *holdfast_normal_height(void) { return holdfast_normal_heights; }
static inline const double *holdfast_exponential_edge(void) { return holdfast_exponential_edges; }
static inline const double *holdfast_exponential_height(void) {
  return holdfast_exponential_heights;
}

/// Folds blocks of 64 bytes into the eight words of a SHA-256 state, if the processor has
/// instructions for it; returns whether it did.
int holdfast_sha256_compress(uint32_t *state, const uint8_t *bytes, long blocks);

#pragma clang assume_nonnull end

#endif
