#include "lanes.h"

// Bulk sums may melt a product and a sum into one rounding where a level can: both vector levels can,
// and agree to the bit; the baseline differs from them by rounding.
#pragma STDC FP_CONTRACT ON

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#define AVX512 __attribute__((target("avx512f,avx512dq,avx2,fma")))
#endif

/// The rows that are scaled and packed at a time. With 50 columns they take 43 KB; with 64 to 128 a Newton
/// step was measured within a tenth of the same speed.
enum { packed = 96 };

INLINE long panels(long columns) { return (columns + lanes - 1) / lanes; }

/// The sum of eight lanes, neighbours first.
INLINE double total(doubles x) {
  return ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
}

/// The sums of eight vectors' lanes, one a lane, in the order of `total`.
INLINE doubles totals(const doubles x[lanes]) {
  doubles pair[4], quad[2];
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++)
    pair[i] = __builtin_shufflevector(x[2 * i], x[2 * i + 1], 0, 8, 2, 10, 4, 12, 6, 14)
        + __builtin_shufflevector(x[2 * i], x[2 * i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++)
    quad[i] = __builtin_shufflevector(pair[2 * i], pair[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13)
        + __builtin_shufflevector(pair[2 * i], pair[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
  return __builtin_shufflevector(quad[0], quad[1], 0, 1, 2, 3, 8, 9, 10, 11)
      + __builtin_shufflevector(quad[0], quad[1], 4, 5, 6, 7, 12, 13, 14, 15);
}

/// The last columns are read as a whole vector that begins earlier, with coefficients of zero for what
/// was read already; so nothing is read beyond a row.
INLINE void predictor(
    const double *x, long rows, long columns, const double *b, double *eta) {
  const long whole = columns / lanes * lanes, rest = columns - whole;
  if (columns < lanes) {
    for (long i = 0; i < rows; i++, x += columns) {
      double sum = 0;
      for (long j = 0; j < columns; j++) sum += x[j] * b[j];
      eta[i] += sum;
    }
    return;
  }
  doubles last = all(0);
  memcpy((double *)&last + lanes - rest, b + whole, (size_t)rest * sizeof *b);
  long i = 0;
  for (; i + lanes <= rows; i += lanes, x += lanes * columns) {
    doubles sum[lanes];
#pragma clang loop unroll(full)
    for (int r = 0; r < lanes; r++) sum[r] = all(0);
    for (long j = 0; j < whole; j += lanes) {
      const doubles coefficients = load(b + j);
#pragma clang loop unroll(full)
      for (int r = 0; r < lanes; r++) sum[r] += load(x + r * columns + j) * coefficients;
    }
    if (rest) {
#pragma clang loop unroll(full)
      for (int r = 0; r < lanes; r++) sum[r] += load(x + (r + 1) * columns - lanes) * last;
    }
    store(load(eta + i) + totals(sum), eta + i);
  }
  for (; i < rows; i++, x += columns) {
    doubles sum = all(0);
    for (long j = 0; j < whole; j += lanes) sum += load(x + j) * load(b + j);
    if (rest) sum += load(x + columns - lanes) * last;
    eta[i] += total(sum);
  }
}

/// Adds the products of `count` vectors of columns, the last of which may overlap the one before.
INLINE void score_panels(
    const double *x, long rows, long columns, const double *r, double *s, long rest, const int count) {
  doubles sum[4];
#pragma clang loop unroll(full)
  for (int v = 0; v < count; v++) sum[v] = all(0);
  const long back = rest ? lanes - rest : 0;
  for (long i = 0; i < rows; i++, x += columns) {
    const doubles residual = all(r[i]);
#pragma clang loop unroll(full)
    for (int v = 0; v < count; v++) {
      const double *from = x + v * lanes - (v == count - 1 ? back : 0);
      sum[v] += load(from) * residual;
    }
  }
#pragma clang loop unroll(full)
  for (int v = 0; v < count; v++) {
    const long skip = v == count - 1 ? back : 0;
    for (long l = skip; l < lanes; l++) s[v * lanes + l - skip] += sum[v][l];
  }
}

INLINE void score(const double *x, long rows, long columns, const double *r, double *s) {
  if (columns < lanes) {
    for (long i = 0; i < rows; i++)
      for (long j = 0; j < columns; j++) s[j] += x[i * columns + j] * r[i];
    return;
  }
  for (long v = 0; v < panels(columns); v += 4) {
    const long left = panels(columns) - v, j = v * lanes;
    const long rest = left <= 4 ? columns % lanes : 0;
    if (left >= 4)
      score_panels(x + j, rows, columns, r, s + j, rest, 4);
    else if (left == 3)
      score_panels(x + j, rows, columns, r, s + j, rest, 3);
    else if (left == 2)
      score_panels(x + j, rows, columns, r, s + j, rest, 2);
    else
      score_panels(x + j, rows, columns, r, s + j, rest, 1);
  }
}

/// A tile of the Gram matrix in registers: `wide` vectors of columns by `tall` single columns.
///
/// Each element is summed over the rows in their order, whatever the tile that it lies in.
INLINE void tile(
    const double *z, long v, long j, long rows, long columns, double *sums, const int tall,
    const int wide) {
  doubles sum[8][3];
  const double *single = z + j / lanes * packed * lanes + j % lanes;
  const double *vector = z + v * packed * lanes;
  double *target = sums + (v * columns + j) * lanes;
#pragma clang loop unroll(full)
  for (int t = 0; t < tall; t++)
#pragma clang loop unroll(full)
    for (int w = 0; w < wide; w++) sum[t][w] = load(target + (w * columns + t) * lanes);
  for (long i = 0; i < rows; i++, single += lanes, vector += lanes) {
    doubles column[3];
#pragma clang loop unroll(full)
    for (int w = 0; w < wide; w++) column[w] = load(vector + w * packed * lanes);
#pragma clang loop unroll(full)
    for (int t = 0; t < tall; t++) {
      const doubles factor = all(single[t]);
#pragma clang loop unroll(full)
      for (int w = 0; w < wide; w++) sum[t][w] += column[w] * factor;
    }
  }
#pragma clang loop unroll(full)
  for (int t = 0; t < tall; t++)
#pragma clang loop unroll(full)
    for (int w = 0; w < wide; w++) store(sum[t][w], target + (w * columns + t) * lanes);
}

/// A tile of any height up to `most`.
INLINE void some_tile(
    const double *z, long v, long j, long rows, long columns, double *sums, long tall, const int most,
    const int wide) {
#define HEIGHT(n)                                                                                 \
  case n:                                                                                         \
    if (n <= most) tile(z, v, j, rows, columns, sums, n, wide);                                   \
    break;
  switch (tall) { HEIGHT(1) HEIGHT(2) HEIGHT(3) HEIGHT(4) HEIGHT(5) HEIGHT(6) HEIGHT(7) HEIGHT(8) }
#undef HEIGHT
}

/// Scales rows by √w into panels of eight columns, the last filled up with zeros.
INLINE void pack(const double *x, long rows, long columns, const double *w, double *z) {
  const long whole = columns / lanes, rest = columns % lanes;
  for (long i = 0; i < rows; i++, x += columns, z += lanes) {
    const doubles root = __builtin_elementwise_sqrt(all(w[i]));
    for (long v = 0; v < whole; v++)
      store(load(x + v * lanes) * root, z + v * packed * lanes);
    if (rest) {
      const doubles last = load_first(x + whole * lanes, rest, (rows - i) * columns - whole * lanes);
      store(last * root, z + whole * packed * lanes);
    }
  }
}

/// The lower triangle in `most × widest` tiles. A vector of eight columns meets only the columns from
/// its own first one on, so that what lies above the diagonal is hardly touched.
INLINE void gram(
    const double *x, long rows, long columns, const double *w, double *h, long order, double *scratch,
    const int most, const int widest) {
  const long count = panels(columns);
  double *z = scratch, *sums = scratch + count * packed * lanes;
  memset(sums, 0, (size_t)(count * columns * lanes) * sizeof *sums);
  for (long start = 0; start < rows; start += packed) {
    const long block = rows - start < packed ? rows - start : packed;
    pack(x + start * columns, block, columns, w + start, z);
    for (long v = 0; v < count; v += widest) {
      for (long j = v * lanes; j < columns; j += most) {
        const long reach = j / lanes - v + 1, left = count - v;
        const long wide = reach < left ? reach : left;
        // A tile ends with its panel.
        const long tall = columns - j < most ? columns - j : most;
        if (widest >= 3 && wide >= 3)
          some_tile(z, v, j, block, columns, sums, tall, most, 3);
        else if (widest >= 2 && wide >= 2)
          some_tile(z, v, j, block, columns, sums, tall, most, 2);
        else
          some_tile(z, v, j, block, columns, sums, tall, most, 1);
      }
    }
  }
  for (long column = 0; column < columns; column++) {
    const double *from = sums + column / lanes * columns * lanes + column % lanes;
    for (long row = column; row < columns; row++) h[column * order + row] += from[row * lanes];
  }
}

long holdfast_gram_scratch(long columns) { return panels(columns) * lanes * (packed + columns); }

#if defined(__x86_64__)
#define LEVELS(name, body, PARAMETERS, WIDE, MIDDLE, NARROW)                                      \
  static void name##_baseline PARAMETERS { body NARROW; }                                         \
  AVX2 static void name##_avx2 PARAMETERS { body MIDDLE; }                                        \
  AVX512 static void name##_avx512 PARAMETERS { body WIDE; }                                      \
  void name PARAMETERS {                                                                          \
    switch (level) {                                                                              \
    case HOLDFAST_AVX512: name##_avx512 CALL; return;                                             \
    case HOLDFAST_AVX2: name##_avx2 CALL; return;                                                 \
    case HOLDFAST_BASELINE: name##_baseline CALL; return;                                         \
    }                                                                                             \
  }
#else
#define LEVELS(name, body, PARAMETERS, WIDE, MIDDLE, NARROW)                                      \
  void name PARAMETERS { body MIDDLE; }
#endif

#define CALL (level, x, rows, columns, b, eta)
#define BODY (x, rows, columns, b, eta)
LEVELS(
    holdfast_dense_predictor, predictor,
    (holdfast_level level, const double *x, long rows, long columns, const double *b, double *eta),
    BODY, BODY, BODY)
#undef BODY
#undef CALL
#define CALL (level, x, rows, columns, r, s)
#define BODY (x, rows, columns, r, s)
LEVELS(
    holdfast_dense_score, score,
    (holdfast_level level, const double *x, long rows, long columns, const double *r, double *s),
    BODY, BODY, BODY)
#undef BODY
#undef CALL
#define CALL (level, x, rows, columns, w, h, order, scratch)
LEVELS(
    holdfast_dense_gram, gram,
    (holdfast_level level, const double *x, long rows, long columns, const double *w, double *h,
     long order, double *scratch),
    (x, rows, columns, w, h, order, scratch, 8, 3), (x, rows, columns, w, h, order, scratch, 4, 1),
    (x, rows, columns, w, h, order, scratch, 2, 1))
#undef CALL
