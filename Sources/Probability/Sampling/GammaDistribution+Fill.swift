internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension GammaDistribution {
  /// Fills a buffer with draws; see ``Philox/fill(_:)`` for what all fills promise.
  ///
  /// Draws too small for a double, of which small shapes have many, are the least positive one;
  /// ``fillLogarithms(_:using:)`` keeps them apart.
  ///
  /// Reference: Marsaglia and Tsang (2000), "A simple method for generating gamma variables",
  /// *ACM Transactions on Mathematical Software* 26, 363–372.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_gamma(&$0, shape, scale, log(scale), $1, $2) }
  }

  /// Fills a buffer with logarithms of draws, which no shape makes −∞.
  public func fillLogarithms(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_log_gamma(&$0, shape, log(scale), $1, $2) }
  }
}
