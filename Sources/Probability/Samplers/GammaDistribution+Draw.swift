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

  /// The logarithm of a draw of scale 1.
  static func standardLogDraw(shape: Double, using rng: inout Philox) -> Double {
    if shape >= 1 { return log(standardDraw(shape: shape, using: &rng)) }
    // G(k) = G(k + 1) U^(1/k), on logarithms.
    return log(standardDraw(shape: shape + 1, using: &rng))
      - ExponentialDistribution.standardDraw(using: &rng) / shape
  }

  /// A draw of scale 1 for a shape of 1 or more.
  ///
  /// Reference: Marsaglia and Tsang (2000), "A simple method for generating gamma variables",
  /// *ACM Transactions on Mathematical Software* 26, 363–372.
  @inline(__always)
  static func standardDraw(shape: Double, using rng: inout Philox) -> Double {
    // The notation is that of the reference.
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = StandardNormal.draw(using: &rng)
      let base = 1 + c * x
      if base <= 0 { continue }
      let v = base * base * base
      let u = rng.positiveUniform()
      let square = x * x
      // A squeeze that settles 98 % of the cases, then the density itself.
      if u < 1 - 0.0331 * square * square { return d * v }
      if log(u) < 0.5 * square + d * (1 - v + log(v)) { return d * v }
    }
  }
}
