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
    long rows, long categories, const uint16_t *codes, long stride, const double *z, long width,
    double *sums, const long *starts, const int count) {
  for (long i = 0; i < rows; i++, z += width) {
    doubles numbers[4];
#pragma clang loop unroll(full)
    for (int v = 0; v < count; v++) numbers[v] = load(z + v * lanes);
    for (long c = 0; c < categories; c++) {
      double *target = sums + (starts[c] + codes[c * stride + i]) * width;
#pragma clang loop unroll(full)
      for (int v = 0; v < count; v++)
        store(load(target + v * lanes) + numbers[v], target + v * lanes);
    }
  }
}

INLINE void level_sums(
    long rows, long categories, const uint16_t *codes, long stride, const double *z, long width,
    double *sums, const long *starts) {
  for (long j = 0; j < width; j += 4 * lanes) {
    const long left = (width - j) / lanes;
    if (left >= 4)
      add_vectors(rows, categories, codes, stride, z + j, width, sums + j, starts, 4);
    else if (left == 3)
      add_vectors(rows, categories, codes, stride, z + j, width, sums + j, starts, 3);
    else if (left == 2)
      add_vectors(rows, categories, codes, stride, z + j, width, sums + j, starts, 2);
    else
      add_vectors(rows, categories, codes, stride, z + j, width, sums + j, starts, 1);
  }
}

HOLDFAST_LEVELS(
    void, holdfast_weighted_rows, weighted_rows,
    (const double *x, long rows, long columns, const double *w, double *z),
    (x, rows, columns, w, z))
HOLDFAST_LEVELS(
    void, holdfast_level_sums, level_sums,
    (long rows, long categories, const uint16_t *codes, long stride, const double *z, long width,
     double *sums, const long *starts),
    (rows, categories, codes, stride, z, width, sums, starts))

enum { cells_at_a_time = 512 };

/// The cells of some rows in a table, column after column.
INLINE void write_cells(const holdfast_pair_table *table, long from, long rows, uint16_t *cells) {
  const uint16_t height = (uint16_t)table->height;
  for (long i = 0; i < rows; i++)
    cells[i] = (uint16_t)(table->columns[from + i] * height + table->rows[from + i]);
}

/// The cells come first, in vectors. Of two tables at a time one is added to while a sum of the other, which
/// the next row may need again, is still being stored.
INLINE void pair_sums(
    long rows, const holdfast_pair_table *one, const holdfast_pair_table *other, const double *w) {
  uint16_t cells[cells_at_a_time], others[cells_at_a_time];
  for (long from = 0; from < rows; from += cells_at_a_time, w += cells_at_a_time) {
    const long count = rows - from < cells_at_a_time ? rows - from : cells_at_a_time;
    write_cells(one, from, count, cells);
    if (other) {
      write_cells(other, from, count, others);
      for (long i = 0; i < count; i++) {
        one->sums[cells[i]] += w[i];
        other->sums[others[i]] += w[i];
      }
    } else {
      for (long i = 0; i < count; i++) one->sums[cells[i]] += w[i];
    }
  }
}

HOLDFAST_LEVELS(
    void, holdfast_pair_sums, pair_sums,
    (long rows, const holdfast_pair_table *one, const holdfast_pair_table *other, const double *w),
    (rows, one, other, w))

/// The cells of some rows in a table, column after column, from codes of a byte.
INLINE void write_byte_cells(
    const uint8_t *columns, const uint8_t *rows, long count, uint16_t height, uint16_t *cells) {
  for (long i = 0; i < count; i++) cells[i] = (uint16_t)(columns[i] * height + rows[i]);
}

INLINE void pair_predictor(
    long rows, const uint8_t *first, const uint8_t *second, long height, const double *table,
    double *eta) {
  uint16_t cells[cells_at_a_time];
  for (long from = 0; from < rows; from += cells_at_a_time) {
    const long count = rows - from < cells_at_a_time ? rows - from : cells_at_a_time;
    write_byte_cells(first + from, second + from, count, (uint16_t)height, cells);
    for (long i = 0; i < count; i++) eta[from + i] += table[cells[i]];
  }
}

INLINE void pair_score(
    long rows, const uint8_t *first, const uint8_t *second, long height, const double *r,
    double *sums) {
  uint16_t cells[cells_at_a_time];
  for (long from = 0; from < rows; from += cells_at_a_time) {
    const long count = rows - from < cells_at_a_time ? rows - from : cells_at_a_time;
    write_byte_cells(first + from, second + from, count, (uint16_t)height, cells);
    for (long i = 0; i < count; i++) sums[cells[i]] += r[from + i];
  }
}

HOLDFAST_LEVELS(
    void, holdfast_pair_predictor, pair_predictor,
    (long rows, const uint8_t *first, const uint8_t *second, long height, const double *table,
     double *eta),
    (rows, first, second, height, table, eta))
HOLDFAST_LEVELS(
    void, holdfast_pair_score, pair_score,
    (long rows, const uint8_t *first, const uint8_t *second, long height, const double *r,
     double *sums),
    (rows, first, second, height, r, sums))
