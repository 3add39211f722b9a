internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension GammaDistribution {
  /// A draw; positive.
  ///
  /// A draw of a shape of a thousandth is too small for a double half of the time; then it is the
  /// least positive one. ``logDraw(using:)`` keeps them apart.
  public func draw(using rng: inout Philox) -> Double {
    if shape >= 1 { return scale * Self.standardDraw(shape: shape, using: &rng) }
    return max(exp(logDraw(using: &rng)), .leastNonzeroMagnitude)
  }

  /// The logarithm of a draw, which no shape makes −∞.
  public func logDraw(using rng: inout Philox) -> Double {
    log(scale) + Self.standardLogDraw(shape: shape, using: &rng)
  }

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

  /// The logarithm of a draw of scale 1.
  static func standardLogDraw(shape: Double, using rng: inout Philox) -> Double {
    if shape >= 1 { return log(standardDraw(shape: shape, using: &rng)) }
    // G(k) = G(k + 1) U^(1/k), on logarithms.
    return log(standardDraw(shape: shape + 1, using: &rng))
      - ExponentialDistribution.standardDraw(using: &rng) / shape
  }

  /// A draw of scale 1 for a shape of 1 or more.
  static func standardDraw(shape: Double, using rng: inout Philox) -> Double {
    MarsagliaTsang(shape: shape).draw(using: &rng)
  }
}
