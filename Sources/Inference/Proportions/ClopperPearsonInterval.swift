internal import Probability

/// The exact interval of Clopper and Pearson for one proportion.
///
/// Its ends are the proportions at which the count observed, or one beyond it, has the probability
/// `(1 − level)/2`. It covers at least as often as its level says, in small arms far more often.
///
/// Reference: Clopper and Pearson (1934), *Biometrika* 26, 404–413.
public struct ClopperPearsonInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Clopper–Pearson"

  /// The confidence level.
  public let level: Double

  /// Chooses the confidence level, between zero and one.
  public init(level: Double = 0.95) {
    checkLevel(level)
    self.level = level
  }

  /// The interval of a tally's proportion; of no sessions, the whole of [0, 1].
  public func proportion(_ tally: Tally) -> Interval {
    let (lower, upper) = BinomialDistribution.clopperPearsonBounds(
      successes: tally.successes, trials: tally.trials, level: level)
    return Interval(lower: lower, upper: upper)
  }
}
