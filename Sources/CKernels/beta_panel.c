#include "beta_tails.h"

enum { nodes = 16, halves = nodes / lanes };

INLINE void levels(
    long count, const double *a, const double *b, const double *log_peaks, double x, double y,
    double *out) {
  for (long i = 0; i < count; i += lanes) {
    const long rest = count - i;
    const doubles first = load_some(a + i, 1, rest), second = load_some(b + i, 1, rest);
    const doubles shift = beta_shift(first, second, all(x), all(y));
    const doubles level = load_some(log_peaks + i, 1, rest)
        + beta_exponent(first, second, all(x), all(y), shift);
    memcpy(out + i, &level, (rest < lanes ? (size_t)rest : lanes) * sizeof *out);
  }
}

/// How the logarithms of the densities change from the center of a panel to its nodes: by `growth` for
/// each unit of the first shape, and by `decline` = ln((1 − x′)/(1 − x)) for each unit of both.
INLINE void changes(
    const holdfast_panel *panel, const double *steps, doubles growth[halves],
    doubles decline[halves]) {
  for (int h = 0; h < halves; h++) {
    growth[h] = panel->half * load(steps + h * lanes);
    if (panel->center < -200) {
      decline[h] = all(0);
    } else if (panel->center > 200) {
      decline[h] = -growth[h];
    } else if (panel->center <= 0) {
      decline[h] = -logarithm_one_plus(panel->x * exponential_minus_one(growth[h]));
    } else {
      decline[h] = -growth[h] - logarithm_one_plus(panel->y * exponential_minus_one(-growth[h]));
    }
  }
}

INLINE void panel(
    const holdfast_panel *at, const holdfast_panel_rule *rule, long count, const double *levels,
    const double *first, const double *total, double *carry, double *lengths, double *densities,
    double *survivals) {
  doubles growth[halves], decline[halves];
  changes(at, rule->nodes, growth, decline);
  for (int h = 0; h < halves; h++) {
    const doubles odds = exponential(-absolute(at->center + growth[h]));
    store(odds / ((odds + 1.0) * (odds + 1.0)), lengths + h * lanes);
  }
  for (long d = 0; d < count; d++, densities += nodes, survivals += nodes) {
    const int is_negligible = levels[d] == -__builtin_inf();
    // Of even and of odd nodes apart, so that neither waits for the other.
    doubles even[halves], odd[halves], mass = all(0);
    for (int h = 0; h < halves; h++) {
      doubles density = all(0);
      if (!is_negligible)
        density = exponential(levels[d] + first[d] * growth[h] + total[d] * decline[h]);
      store(density, densities + h * lanes);
      mass += load(rule->weights + h * lanes) * density;
      even[h] = odd[h] = all(0);
    }
    if (!is_negligible) {
      for (int j = 0; j < nodes; j += 2) {
        for (int h = 0; h < halves; h++) {
          even[h] += load(rule->matrix + nodes * j + h * lanes) * densities[j];
          odd[h] += load(rule->matrix + nodes * (j + 1) + h * lanes) * densities[j + 1];
        }
      }
    }
    for (int h = 0; h < halves; h++)
      store(carry[d] + at->half * (even[h] + odd[h]), survivals + h * lanes);
    carry[d] += at->half
        * (((mass[0] + mass[1]) + (mass[2] + mass[3])) + ((mass[4] + mass[5]) + (mass[6] + mass[7])));
  }
}

HOLDFAST_LEVELS(
    void, holdfast_beta_levels, levels,
    (long count, const double *a, const double *b, const double *log_peaks, double x, double y,
     double *out),
    (count, a, b, log_peaks, x, y, out))
HOLDFAST_LEVELS(
    void, holdfast_beta_panel, panel,
    (const holdfast_panel *at, const holdfast_panel_rule *rule, long count, const double *levels,
     const double *first, const double *total, double *carry, double *lengths, double *densities,
     double *survivals),
    (at, rule, count, levels, first, total, carry, lengths, densities, survivals))
