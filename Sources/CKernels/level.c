#include "CKernels.h"

holdfast_level holdfast_machine_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
    return HOLDFAST_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return HOLDFAST_AVX2;
#endif
  return HOLDFAST_BASELINE;
}

// Threads may race to store what they found, but they all find the same.
static int known = -1;

holdfast_level holdfast_kernel_level(void) {
  int level = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (level < 0) {
    level = holdfast_machine_level();
    holdfast_use_kernel_level((holdfast_level)level);
  }
  return (holdfast_level)level;
}

void holdfast_use_kernel_level(holdfast_level level) {
  __atomic_store_n(&known, (int)level, __ATOMIC_RELAXED);
}
