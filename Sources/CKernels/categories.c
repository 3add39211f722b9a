#include "lanes.h"

/// Rows w · (x, 1), each filled up with zeros to whole vectors.
INLINE void weighted_rows(const double *x, long rows, long columns, const double *w, double *z) {
  const long whole = columns / lanes * lanes, rest = columns - whole;
  const words8 places = {0, 1, 2, 3, 4, 5, 6, 7}, here = (words8)(places == (uint64_t)rest);
  for (long i = 0; i < rows; i++, x += columns) {
    for (long j = 0; j < whole; j += lanes, z += lanes) store(load(x + j) * w[i], z);
    const doubles last = load_first(x + whole, rest, (rows - i) * columns - whole);
    store(choose(here, all(w[i]), last * w[i]), z);
    z += lanes;
  }
}

/// Adds `count` vectors of every row to the sums of its level in each category.
INLINE void add_vectors(
    long rows, long categories, const uint16_t *codes, const double *z, long width, double *sums,
    const long *starts, const int count) {
  for (long i = 0; i < rows; i++, z += width) {
    doubles numbers[4];
#pragma clang loop unroll(full)
    for (int v = 0; v < count; v++) numbers[v] = load(z + v * lanes);
    for (long c = 0; c < categories; c++) {
      double *target = sums + (starts[c] + codes[c * rows + i]) * width;
#pragma clang loop unroll(full)
      for (int v = 0; v < count; v++)
        store(load(target + v * lanes) + numbers[v], target + v * lanes);
    }
  }
}

INLINE void level_sums(
    long rows, long categories, const uint16_t *codes, const double *z, long width, double *sums,
    const long *starts) {
  for (long j = 0; j < width; j += 4 * lanes) {
    const long left = (width - j) / lanes;
    if (left >= 4)
      add_vectors(rows, categories, codes, z + j, width, sums + j, starts, 4);
    else if (left == 3)
      add_vectors(rows, categories, codes, z + j, width, sums + j, starts, 3);
    else if (left == 2)
      add_vectors(rows, categories, codes, z + j, width, sums + j, starts, 2);
    else
      add_vectors(rows, categories, codes, z + j, width, sums + j, starts, 1);
  }
}

HOLDFAST_LEVELS(
    void, holdfast_weighted_rows, weighted_rows,
    (const double *x, long rows, long columns, const double *w, double *z),
    (x, rows, columns, w, z))
HOLDFAST_LEVELS(
    void, holdfast_level_sums, level_sums,
    (long rows, long categories, const uint16_t *codes, const double *z, long width, double *sums,
     const long *starts),
    (rows, categories, codes, z, width, sums, starts))

void holdfast_pair_sums(
    long rows, const uint16_t *first, const uint16_t *second, long levels, const double *w,
    double *sums) {
  for (long i = 0; i < rows; i++) sums[first[i] * levels + second[i]] += w[i];
}
