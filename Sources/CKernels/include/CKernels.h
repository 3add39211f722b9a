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

/// The best level that this machine runs, whatever is in use.
holdfast_level holdfast_machine_level(void);

/// Makes all kernels use a level, which the machine must have; for tests. Results do not change.
void holdfast_use_kernel_level(holdfast_level level);

/// A stream of Philox4x32-10: its key, and the 128-bit counter `high · 2⁶⁴ + low` of its next block.
typedef struct holdfast_stream {
  uint64_t key;
  uint64_t low;
  uint64_t high;
} holdfast_stream;

/// The next sixteen blocks of a stream, two 64-bit words each: the words of one block lie side by
/// side, low half first: 32 words. Every level gives the same words.
void holdfast_philox_fill(holdfast_stream *stream, uint64_t *words);

/// Logarithms of the densities of beta distributions on the scale of the log-odds at one point,
/// `x^a y^b / B(a, b)` where `y` = 1 − `x`; `log_peaks` are those at the means.
void holdfast_beta_levels(
    long count, const double *a, const double *b, const double *log_peaks, double x, double y,
    double *out);

/// A stretch of log-odds of width `2 half` around `center`, where the shares are `x` and `y` = 1 − `x`.
typedef struct holdfast_panel {
  double center, half, x, y;
} holdfast_panel;

/// A rule of sixteen nodes on (−1, 1): their places, their weights, and by columns the integrals from
/// each node to 1 of the polynomial that is 1 at one node and 0 at the others.
typedef struct holdfast_panel_rule {
  double nodes[16], weights[16], matrix[256];
} holdfast_panel_rule;

/// One panel of several beta distributions at once, on the scale of the log-odds.
///
/// For each distribution and each node the density is `exp(levels[d])` at the center, carried to the
/// node, or zero where the level is −∞; the survival is `carry[d]`, the survival at the right end of the
/// panel, plus the integral of the density from the node to that end. At the end `carry` holds the
/// survival at the left end.
///
/// - `first`, `total`: the first shape of each distribution, and the sum of both.
/// - `lengths`: `x (1 − x)` at the nodes, written.
/// - `densities`, `survivals`: sixteen numbers a distribution, written.
void holdfast_beta_panel(
    const holdfast_panel *panel, const holdfast_panel_rule *rule, long count, const double *levels,
    const double *first, const double *total, double *carry, double *lengths, double *densities,
    double *survivals);

// Fills of `count` random numbers. Each takes whole sixteens of words from the stream, as many as it
// needs, and gives the same numbers at every level.

/// Uniform numbers: odd multiples of 2⁻⁵³ on (0, 1).
void holdfast_fill_uniform(holdfast_stream *stream, double *out, long count);

/// Normal numbers.
void holdfast_fill_normal(
    holdfast_stream *stream, double mean, double deviation, double *out, long count);

/// Exponential numbers.
void holdfast_fill_exponential(holdfast_stream *stream, double mean, double *out, long count);

/// Gamma numbers of any shape; those too small for a double are the least positive one.
/// `log_scale` is the logarithm of `scale`.
void holdfast_fill_gamma(
    holdfast_stream *stream, double shape, double scale, double log_scale, double *out,
    long count);

/// Logarithms of gamma numbers of any shape.
void holdfast_fill_log_gamma(
    holdfast_stream *stream, double shape, double log_scale, double *out, long count);

/// Beta numbers of any shapes, on the open interval (0, 1).
void holdfast_fill_beta(
    holdfast_stream *stream, double alpha, double beta, double *out, long count);

/// Log-odds `ln(x/(1 − x))` of beta numbers of any shapes.
void holdfast_fill_log_odds(
    holdfast_stream *stream, double alpha, double beta, double *out, long count);

/// Candidates of Hörmann's transformed rejection: for uniform `u` on (−½, ½) and `v` on (0, 1)
///     distance = ½ − |u|,   height = v,   count = ⌊(2a/distance + b) u + center⌋.
void holdfast_fill_hat(
    holdfast_stream *stream, double a, double b, double center, double *distances,
    double *heights, double *counts, long count);

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

/// The near tail of a beta distribution at a point: `ratio` times the mass `peak · e^exponent`, the
/// density on the log-odds.
typedef struct holdfast_beta_tail {
  double exponent;
  double ratio;
  int is_upper;
} holdfast_beta_tail;

/// The mass at the mean: x^a y^b / B(a, b) where x = a/(a + b).
double holdfast_beta_peak(double a, double b);

/// Finds the near tail at `x`, where `y` is 1 − x and `shift`, if known better than they tell it, is
/// a y − b x. Returns whether the kernel serves, as it does for shapes from ½ on, or where the shape of
/// the near tail is from 1 on, but for the smallest doubles.
int holdfast_beta_near_tail(
    double a, double b, double peak, double x, double y, const double *_Nullable shift,
    holdfast_beta_tail *tail);

/// Both tails, I_x(a, b) and 1 − I_x(a, b), of `count` points, or NaN where the kernel does not serve.
///
/// - `stride`: 1 for shapes of each point, 0 for one pair of shapes.
/// - `y`: 1 − x if known better than `x` tells it.
/// - `lower`, `upper`: written, where wanted.
void holdfast_beta_tails(
    long count, const double *a, const double *b, long stride, const double *x,
    const double *_Nullable y, double *_Nullable lower, double *_Nullable upper);

/// One of the tails, the upper one or the lower one, of one point, where `peak` is that of the shapes.
double holdfast_beta_one_tail(
    double a, double b, double peak, double x, double y, int is_upper);

/// Finds the `x` and `y` = 1 − x at which the lower tail, or the upper one, is `p`, a number in 0...1;
/// NaN where the kernel does not serve. The other parameters are those of `holdfast_beta_tails`.
void holdfast_beta_points(
    long count, const double *a, const double *b, long stride, const double *p, int is_upper,
    double *x, double *_Nullable y);

/// The same of one probability; returns whether the kernel serves.
int holdfast_beta_point(double a, double b, double p, int is_upper, double *x, double *y);

// Products of plain numbers, `rows` × `columns`, row after row, at a level of instructions that the
// machine must have. The levels with fused products and sums give the same bits, the baseline of x86
// the same up to rounding; so the level is the caller's, and no switch of it reaches these.

/// Adds X b to `eta`.
void holdfast_dense_predictor(
    holdfast_level level, const double *x, long rows, long columns, const double *b, double *eta);

/// Adds Xᵀr to `s`.
void holdfast_dense_score(
    holdfast_level level, const double *x, long rows, long columns, const double *r, double *s);

/// Adds Xᵀ diag(w) X, where no weight is negative, to the lower triangle of the column-major matrix
/// `h` whose columns are `order` apart; `scratch` has room for `holdfast_gram_scratch` numbers.
void holdfast_dense_gram(
    holdfast_level level, const double *x, long rows, long columns, const double *w, double *h,
    long order, double *scratch);

/// The numbers that `holdfast_dense_gram` needs room for.
long holdfast_gram_scratch(long columns);

// Sums by the levels of categories; a code is the place of a level, and of a last one for none. The
// same bits at every level of instructions.

/// Writes the rows w · (x, 1), each filled up with zeros to a multiple of eight numbers.
void holdfast_weighted_rows(
    const double *x, long rows, long columns, const double *w, double *z);

/// Adds each row of `z`, `width` numbers of which eight are a vector, to the sums of its level in every
/// category; `codes` holds the rows of one category `stride` after those of another, and the sums of a
/// category's first level begin at `starts` times `width`.
void holdfast_level_sums(
    long rows, long categories, const uint16_t *codes, long stride, const double *z, long width,
    double *sums, const long *starts);

/// The sums of weights by the levels of two categories: those of a level of the first are a column of
/// `height` cells, and there are fewer than 65,536 cells.
typedef struct {
  /// The codes of the rows in the first category, and in the second.
  const uint16_t *columns, *rows;
  long height;
  double *sums;
} holdfast_pair_table;

/// Adds each weight to its row's cell in a table, and in another if there is one.
void holdfast_pair_sums(
    long rows, const holdfast_pair_table *one, const holdfast_pair_table *_Nullable other,
    const double *w);

/// Adds to each row's number that of its cell in a table of two categories, as above.
void holdfast_pair_predictor(
    long rows, const uint8_t *first, const uint8_t *second, long height, const double *table,
    double *eta);

/// Adds each row's number to that of its cell in a table of two categories, as above.
void holdfast_pair_score(
    long rows, const uint8_t *first, const uint8_t *second, long height, const double *r,
    double *sums);

/// Rows of a logistic model, μ = 1/(1 + e^−η) where η is `eta` and, if given, the offset; a row stands
/// for `counts` sessions, or for one.
///
/// - `weights`, `residuals`: μ(1 − μ) and y − μ, times the count, written.
/// - Returns the log-likelihood.
double holdfast_logistic_rows(
    long count, const double *eta, const double *_Nullable offsets, const double *outcomes,
    const double *_Nullable counts, double *weights, double *residuals);

#pragma clang assume_nonnull end

#endif
