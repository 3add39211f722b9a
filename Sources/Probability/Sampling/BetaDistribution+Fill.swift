internal import CKernels

extension BetaDistribution {
  /// Fills a buffer with draws in the open interval (0, 1); see ``Philox/fill(_:)`` for what all
  /// fills promise.
  ///
  /// Shapes of 1 or less take Jöhnk's method (1964, *Metrika* 8, 5–15), others the share of one gamma
  /// variable in two. A draw that rounds to 0 or 1 is the number next to it;
  /// ``fillLogOdds(_:using:)`` keeps them apart when shapes are small.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_beta(&$0, alpha, beta, $1, $2) }
  }

  /// Fills a buffer with logarithms of the odds `x/(1 − x)` of draws, which no shapes make infinite.
  public func fillLogOdds(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_log_odds(&$0, alpha, beta, $1, $2) }
  }
}
