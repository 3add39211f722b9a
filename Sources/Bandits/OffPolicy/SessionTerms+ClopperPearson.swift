public import Inference
internal import Probability

extension SessionTerms {
  /// An interval after Clopper and Pearson, for as many sessions as the greatest weight leaves.
  ///
  ///     m = n / max(1, w_max)      s = m (V̂ − r_min)/(r_max − r_min)
  ///     lower = Beta⁻¹(α/2; s, m − s + 1)      upper = Beta⁻¹(1 − α/2; s + 1, m − s)
  ///
  /// A weighted reward has, at a given mean, its greatest variance where it is either zero or
  /// `w_max r_max`: then `s` of `m` trials succeeded. It is wide, and honest where the normal interval
  /// is not: with few successes.
  ///
  /// Reference: Clopper and Pearson (1934), *Biometrika* 26, 404–413; the shares of trials are those of
  /// Vowpal Wabbit's estimators library, "clopper_pearson".
  ///
  /// - Complexity: O(*n*).
  public func clopperPearsonInterval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    guard span > 0 else { return interval(rewards.lowerBound, rewards.upperBound) }
    let trials = Double(count) / max(1, weights.max() ?? 1)
    let share = min(max((estimate.value - rewards.lowerBound) / span, 0), 1)
    let (successes, failures) = (trials * share, trials * (1 - share))
    let tail = (1 - level) / 2
    let lower =
      successes > 0
      ? BetaDistribution(alpha: successes, beta: failures + 1).quantile(tail) : 0
    let upper =
      failures > 0
      ? BetaDistribution(alpha: successes + 1, beta: failures).upperQuantile(tail) : 1
    return interval(rewards.lowerBound + lower * span, rewards.lowerBound + upper * span)
  }
}
