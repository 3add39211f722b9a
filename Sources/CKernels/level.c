#include "CKernels.h"

static holdfast_level detect(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
    return HOLDFAST_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return HOLDFAST_AVX2;
#endif
  return HOLDFAST_BASELINE;
}

holdfast_level holdfast_kernel_level(void) {
  // Threads may race to store it, but they all store the same.
  static int known = -1;
  int level = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (level < 0) {
    level = detect();
    __atomic_store_n(&known, level, __ATOMIC_RELAXED);
  }
  return (holdfast_level)level;
}
