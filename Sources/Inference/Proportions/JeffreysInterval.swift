internal import Probability

/// The equal-tailed interval of one proportion from Jeffreys' prior.
///
/// Its ends are the `(1 − level)/2` quantiles of `Beta(x + ½, n − x + ½)`, but 0 where no session
/// succeeded and 1 where every one did, without which it would never cover proportions close to
/// these. It covers its level on average.
///
/// Reference: Brown, Cai and DasGupta (2001), *Statistical Science* 16, 101–133, section 3.1.2.
public struct JeffreysInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Jeffreys"

  /// The credible level.
  public let level: Double

  /// Chooses the credible level, between zero and one.
  public init(level: Double = 0.95) {
    checkLevel(level)
    self.level = level
  }

  /// The interval of a tally's proportion.
  public func proportion(_ tally: Tally) -> Interval {
    let posterior = BetaDistribution(
      alpha: Double(tally.successes) + 0.5, beta: Double(tally.failures) + 0.5)
    let tail = (1 - level) / 2
    return Interval(
      lower: tally.successes == 0 ? 0 : posterior.quantile(tail),
      upper: tally.failures == 0 ? 1 : posterior.upperQuantile(tail))
  }
}
