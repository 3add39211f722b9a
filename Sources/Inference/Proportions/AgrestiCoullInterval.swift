internal import Probability

/// The interval of Agresti and Coull for one proportion.
///
/// Wald's interval after `z²/2` successes and as many failures are added, cut to [0, 1]:
///
///     p̃ ± z √(p̃(1 − p̃)/(n + z²))      p̃ = (x + z²/2)/(n + z²)
///
/// It has the centre of ``WilsonInterval`` and is never shorter.
///
/// Reference: Agresti and Coull (1998), *The American Statistician* 52, 119–126.
public struct AgrestiCoullInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Agresti–Coull"

  /// The confidence level.
  public let level: Double
  /// The normal quantile `z` beyond which lies `(1 − level)/2`.
  private let z: Double

  /// Chooses the confidence level, between zero and one.
  public init(level: Double = 0.95) {
    checkLevel(level)
    self.level = level
    z = StandardNormal.upperQuantile((1 - level) / 2)
  }

  /// The interval of a tally's proportion; of no sessions, the whole of [0, 1].
  public func proportion(_ tally: Tally) -> Interval {
    guard tally.trials > 0 else { return Interval(lower: 0, upper: 1) }
    let total = Double(tally.trials) + z * z
    let share = (Double(tally.successes) + z * z / 2) / total
    let rest = (Double(tally.failures) + z * z / 2) / total
    let margin = z * (share * rest / total).squareRoot()
    return Interval(lower: max(0, share - margin), upper: min(1, share + margin))
  }
}
