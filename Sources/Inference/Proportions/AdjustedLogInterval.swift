#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// Walter's interval of a relative lift: the log interval after half a success is added to each arm.
///
///     ln((x₁ + ½)/(n₁ + ½)) − ln((x₀ + ½)/(n₀ + ½))
///       ± z √(1/(x₁ + ½) − 1/(n₁ + ½) + 1/(x₀ + ½) − 1/(n₀ + ½))
///
/// It answers arms without a success, and is centred on a shrunken ratio. Where every session of both
/// arms succeeded it has no length: prefer ``ScoreRatioTest`` there.
///
/// Reference: Walter (1975), *Biometrika* 62, 371–374.
public struct AdjustedLogInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "adjusted log"

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
  public func lift(_ offer: Tally, _ control: Tally) -> Interval {
    let (x1, n1) = (Double(offer.successes) + 0.5, Double(offer.trials) + 0.5)
    let (x0, n0) = (Double(control.successes) + 0.5, Double(control.trials) + 0.5)
    let centre = log(x1 / n1) - log(x0 / n0)
    // 1/x − 1/n = (n − x)/(xn), in which nothing cancels.
    let variance = Double(offer.failures) / (x1 * n1) + Double(control.failures) / (x0 * n0)
    let margin = z * variance.squareRoot()
    return Interval(lower: expm1(centre - margin), upper: expm1(centre + margin))
  }
}
