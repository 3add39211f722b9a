internal import Probability

/// The delta-method interval of a relative lift, made on the scale of the lift itself.
///
///     θ̂ − 1 ± z √(v₁ + θ̂²v₀)/p̂₀      θ̂ = p̂₁/p̂₀      v = p̂q̂/n
///
/// It is what many experiment platforms report. It may reach below −1, is not turned over when the
/// arms are, and covers too little where the control is small: prefer ``LogRatioTest``.
///
/// Reference: Deng, Knoblich and Lu (2018), *KDD* 24, section 3.1.
public struct DeltaLiftInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "delta method"

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

  /// The interval of the offer's relative lift; the whole line if the control has no success.
  ///
  /// - Precondition: Both arms have sessions.
  public func lift(_ offer: Tally, _ control: Tally) -> Interval {
    guard control.successes > 0 else { return Interval(lower: -.infinity, upper: .infinity) }
    let baseline = control.proportion
    let ratio = offer.proportion / baseline
    let variance = offer.proportionVariance + ratio * ratio * control.proportionVariance
    let estimate = offer.difference(from: control) / baseline
    let margin = z * variance.squareRoot() / baseline
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }
}
