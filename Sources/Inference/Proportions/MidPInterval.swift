internal import Probability

/// The mid-p form of the interval of Clopper and Pearson.
///
/// Its ends are the proportions at which the counts beyond the one observed, and that one counted
/// half, have the probability `(1 − level)/2`. It covers its level on average, not at every
/// proportion, and is shorter than the exact interval.
///
/// Reference: Berry and Armitage (1995), *The Statistician* 44, 417–423.
public struct MidPInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Clopper–Pearson mid-p"

  /// The confidence level.
  public let level: Double

  /// Chooses the confidence level, between zero and one.
  public init(level: Double = 0.95) {
    checkLevel(level)
    self.level = level
  }

  /// The interval of a tally's proportion; of no sessions, the whole of [0, 1].
  public func proportion(_ tally: Tally) -> Interval {
    let exact = ClopperPearsonInterval(level: level).proportion(tally)
    let count = Double(tally.successes)
    // Both tails of the count are rounded once, and inside the exact interval one root of each is.
    let lower = findRoot(from: exact.lower, to: 1) { p in
      let law = BinomialDistribution(trials: tally.trials, probability: p)
      return law.survival(count) + law.mass(tally.successes) / 2 - (1 - level) / 2
    }
    let upper = findRoot(from: 0, to: exact.upper) { p in
      let law = BinomialDistribution(trials: tally.trials, probability: p)
      return law.cdf(count - 1) + law.mass(tally.successes) / 2 - (1 - level) / 2
    }
    return Interval(
      lower: tally.successes == 0 ? 0 : lower ?? exact.lower,
      upper: tally.failures == 0 ? 1 : upper ?? exact.upper)
  }
}
