#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// Newman's interval of a relative lift, a log interval drawn in by an inverse hyperbolic sine.
///
///     ln(p̂₁/p̂₀) ± 2 arsinh(½ z √(1/x₁ − 1/n₁ + 1/x₀ − 1/n₀))
///
/// Without a success of the offer the lower end is −1, and `z²` stands for its successes in the upper
/// end; without one of the control the upper end is ∞, and `z²` stands there likewise. Without either
/// every lift is possible. Where every session of both arms succeeded it has no length: prefer
/// ``ScoreRatioTest`` there.
///
/// Reference: Newman (2001), *Biostatistical Methods in Epidemiology*; Fagerland, Lydersen and Laake
/// (2015), *Statistical Methods in Medical Research* 24, 224–254, for the empty cells.
public struct InverseSinhInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "inverse hyperbolic sine"

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

  /// The interval of the offer's relative lift.
  ///
  /// - Precondition: Both arms have sessions.
  public func lift(_ offer: Tally, _ control: Tally) -> Interval {
    switch (offer.successes > 0, control.successes > 0) {
    case (true, true):
      let standardError = (offer.logVariance + control.logVariance).squareRoot()
      let margin = 2 * asinh(z * standardError / 2)
      let logRatio = offer.logRatio(to: control)
      return Interval(lower: expm1(logRatio - margin), upper: expm1(logRatio + margin))
    case (false, true):
      let ratio = z * z / Double(offer.trials) / control.proportion
      return Interval(lower: -1, upper: ratio - 1)
    case (true, false):
      let ratio = offer.proportion / (z * z / Double(control.trials))
      return Interval(lower: ratio - 1, upper: .infinity)
    case (false, false): return Interval(lower: -1, upper: .infinity)
    }
  }
}
