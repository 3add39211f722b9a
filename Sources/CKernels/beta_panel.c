#include "CKernels.h"

#include <string.h>

// The same bits at every level: no product and sum may melt into one rounding.
#pragma STDC FP_CONTRACT OFF

enum { nodes = 16 };

/// eˣ for x up to 700, zero below −708; the relative error is below 2⁻⁵².
static inline __attribute__((always_inline)) double exponential(double x) {
  // x = n ln 2 + r with |r| ≤ ½ ln 2; adding 1.5 · 2⁵² rounds to an integer in the low bits.
  const double clamped = x < -708 ? -708 : x;
  const double shifted = clamped * 0x1.71547652b82fep0 + 0x1.8p52;
  const double n = shifted - 0x1.8p52;
  const double r = (clamped - n * 0x1.62e42fefa3800p-1) - n * 0x1.ef35793c76730p-45;
  double sum = 1.0 / 6227020800;
  sum = sum * r + 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r * r + r + 1;
  uint64_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits + 1023) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return x < -708 ? 0 : sum * power;
}

static inline __attribute__((always_inline)) void panel(
    long count, const double *levels, const double *first, const double *total,
    const double *growth, const double *decline, double half, const double *weights,
    const double *matrix, double *carry, double *densities, double *survivals) {
  for (long d = 0; d < count; d++, densities += nodes, survivals += nodes) {
    double f[nodes], s[nodes] = {0};
    for (int i = 0; i < nodes; i++)
      f[i] = exponential(levels[d] + first[d] * growth[i] + total[d] * decline[i]);
    double sum = 0;
    for (int j = 0; j < nodes; j++) {
      for (int i = 0; i < nodes; i++) s[i] += matrix[nodes * j + i] * f[j];
      sum += weights[j] * f[j];
    }
    for (int i = 0; i < nodes; i++) s[i] = carry[d] + half * s[i];
    carry[d] += half * sum;
    memcpy(densities, f, sizeof f);
    memcpy(survivals, s, sizeof s);
  }
}

#define PARAMETERS                                                                               \
  long count, const double *levels, const double *first, const double *total,                   \
      const double *growth, const double *decline, double half, const double *weights,          \
      const double *matrix, double *carry, double *densities, double *survivals
#define ARGUMENTS                                                                                \
  count, levels, first, total, growth, decline, half, weights, matrix, carry, densities, survivals

static void panel_baseline(PARAMETERS) { panel(ARGUMENTS); }

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void panel_avx2(PARAMETERS) { panel(ARGUMENTS); }

__attribute__((target("avx512f,avx512dq"))) static void panel_avx512(PARAMETERS) {
  panel(ARGUMENTS);
}
#endif

void holdfast_beta_panel(PARAMETERS) {
#if defined(__x86_64__)
  const holdfast_level level = holdfast_kernel_level();
  if (level == HOLDFAST_AVX512) return panel_avx512(ARGUMENTS);
  if (level == HOLDFAST_AVX2) return panel_avx2(ARGUMENTS);
#endif
  panel_baseline(ARGUMENTS);
}
