#include "CKernels.h"

#include <string.h>

// Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC '11.

// One 32-bit word of each of eight blocks, in 64-bit lanes so that a product keeps its high half.
typedef uint64_t lanes __attribute__((vector_size(64)));

static const uint64_t low_half = 0xFFFFFFFFu;

static inline __attribute__((always_inline)) void fill(
    uint64_t key, uint64_t low, uint64_t high, uint64_t *words) {
  const lanes counter = low + (lanes){0, 1, 2, 3, 4, 5, 6, 7};
  lanes x0 = counter & low_half, x1 = counter >> 32;
  lanes x2 = (high & low_half) - (lanes){}, x3 = (high >> 32) - (lanes){};
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    const lanes p0 = x0 * 0xD2511F53u, p1 = x2 * 0xCD9E8D57u;
    x0 = (p1 >> 32) ^ x1 ^ k0;
    x1 = p1 & low_half;
    x2 = (p0 >> 32) ^ x3 ^ k1;
    x3 = p0 & low_half;
    k0 += 0x9E3779B9u;  // the golden ratio
    k1 += 0xBB67AE85u;  // √3 − 1
  }
  const lanes first = x1 << 32 | x0, second = x3 << 32 | x2;
  const lanes head = __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
  const lanes tail = __builtin_shufflevector(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
  memcpy(words, &head, sizeof head);
  memcpy(words + 8, &tail, sizeof tail);
}

static void fill_baseline(uint64_t key, uint64_t low, uint64_t high, uint64_t *words) {
  fill(key, low, high, words);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void fill_avx2(
    uint64_t key, uint64_t low, uint64_t high, uint64_t *words) {
  fill(key, low, high, words);
}

__attribute__((target("avx512f,avx512dq"))) static void fill_avx512(
    uint64_t key, uint64_t low, uint64_t high, uint64_t *words) {
  fill(key, low, high, words);
}
#endif

void holdfast_philox_fill(uint64_t key, uint64_t low, uint64_t high, uint64_t *words) {
#if defined(__x86_64__)
  const holdfast_level level = holdfast_kernel_level();
  if (level == HOLDFAST_AVX512) return fill_avx512(key, low, high, words);
  if (level == HOLDFAST_AVX2) return fill_avx2(key, low, high, words);
#endif
  fill_baseline(key, low, high, words);
}
