internal import CKernels

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
    return BetaSampler(self).draw(using: &rng)
  }

  /// The logarithm of the odds `x/(1 − x)` of a draw, which no shapes make infinite.
  public func logOddsDraw(using rng: inout Philox) -> Double {
    GammaDistribution.standardLogDraw(shape: alpha, using: &rng)
      - GammaDistribution.standardLogDraw(shape: beta, using: &rng)
  }

  /// Fills a buffer with draws in the open interval (0, 1); see ``Philox/fill(_:)`` for what all
  /// fills promise.
  ///
  /// Shapes of 1 or less take Jöhnk's method (1964, *Metrika* 8, 5–15), at once for Jeffreys' prior, whose
  /// shapes are ½; others take the share of one gamma variable in two. A draw that rounds to 0 or 1 is the number next to it;
  /// ``fillLogOdds(_:using:)`` keeps them apart when shapes are small.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_beta(&$0, alpha, beta, $1, $2) }
  }

  /// Fills a buffer with logarithms of the odds `x/(1 − x)` of draws, which no shapes make infinite.
  public func fillLogOdds(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_log_odds(&$0, alpha, beta, $1, $2) }
  }
}
