internal import Probability

/// Wilson's score interval of one proportion.
///
/// Its ends are the proportions `p` that the score test does not reject, the roots of
///
///     (n + z²) p² − (2x + z²) p + x²/n = 0
///
/// It lies inside [0, 1] and has a length at `x = 0` and `x = n` too.
///
/// Reference: Wilson (1927), *Journal of the American Statistical Association* 22, 209–212.
public struct WilsonInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Wilson score"

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
    let n = Double(tally.trials)
    let lower = lowerRoot(Double(tally.successes), n)
    let upper = 1 - lowerRoot(Double(tally.failures), n)
    return Interval(lower: lower, upper: upper)
  }

  /// The lesser root, from the greater by Vieta's rule: their product is `x² / (n(n + z²))`.
  ///
  /// The greater root is a sum, so nothing cancels. The upper end is the lower end of the failures.
  private func lowerRoot(_ x: Double, _ n: Double) -> Double {
    let greater = x + z * z / 2 + z * (x * ((n - x) / n) + z * z / 4).squareRoot()
    return x * (x / n) / greater
  }
}
