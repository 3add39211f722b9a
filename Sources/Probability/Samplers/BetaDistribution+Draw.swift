#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension BetaDistribution {
  /// A draw, in the open interval (0, 1), as the share of one gamma variable in two.
  ///
  /// A draw that rounds to 0 or 1 is the number next to it; ``logOddsDraw(using:)`` keeps them
  /// apart when shapes are small.
  public func draw(using rng: inout Philox) -> Double {
    guard alpha >= 1, beta >= 1 else {
      let logOdds = logOddsDraw(using: &rng)
      return min(max(1 / (1 + exp(-logOdds)), .leastNonzeroMagnitude), 1 - 0x1p-53)
    }
    let x = GammaDistribution.standardDraw(shape: alpha, using: &rng)
    let y = GammaDistribution.standardDraw(shape: beta, using: &rng)
    return min(x / (x + y), 1 - 0x1p-53)
  }

  /// The logarithm of the odds `x/(1 − x)` of a draw, which no shapes make infinite.
  public func logOddsDraw(using rng: inout Philox) -> Double {
    GammaDistribution.standardLogDraw(shape: alpha, using: &rng)
      - GammaDistribution.standardLogDraw(shape: beta, using: &rng)
  }
}
