extension BinomialDistribution {
  /// The bounds of Clopper and Pearson on the probability of a success: the `p` at which the
  /// observed count, or a more extreme one, has the probability `(1 − level)/2`.
  ///
  ///     lower = Beta⁻¹(α/2; k, n − k + 1)      upper = Beta⁻¹(1 − α/2; k + 1, n − k)
  ///
  /// They cover at least as often as the level says; without a success the lower bound is 0,
  /// without a failure the upper one is 1.
  ///
  /// - Parameters:
  ///   - successes: The count `k`, in 0...`trials`.
  ///   - trials: The number of trials `n`.
  ///   - level: The confidence level, in 0..<1.
  /// - Returns: The two bounds.
  ///
  /// Reference: Clopper and Pearson (1934), *Biometrika* 26, 404–413.
  public static func clopperPearsonBounds(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> (lower: Double, upper: Double) {
    precondition(successes >= 0 && successes <= trials, "successes are among the trials")
    precondition(level >= 0 && level < 1, "a level lies in 0..<1")
    let (k, failures) = (Double(successes), Double(trials - successes))
    let tail = (1 - level) / 2
    return (
      successes > 0 ? RegularizedBeta(k, failures + 1).inverseLower(tail) : 0,
      failures > 0 ? RegularizedBeta(k + 1, failures).inverseUpper(tail) : 1
    )
  }
}
