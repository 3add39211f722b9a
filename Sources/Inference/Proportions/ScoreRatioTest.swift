internal import Probability

/// The score test of a relative lift of two proportions, and the interval that inverts it.
///
///     z = (p̂₁ − θ₀p̂₀) / √(k (p₁q₁/n₁ + θ₀²p₀q₀/n₀))      lift = θ − 1
///
/// `p₁` and `p₀` are the likeliest proportions whose ratio is `θ₀`, and `k` is 1 (Koopman) or
/// `N/(N − 1)` (Miettinen and Nurminen). An arm without a success is answered: the lift is −1, or,
/// where it is the control, infinite with a finite lower end.
///
/// References: Koopman (1984), *Biometrics* 40, 513–517; Miettinen and Nurminen (1985),
/// *Statistics in Medicine* 4, 213–226.
public struct ScoreRatioTest: HypothesisTest {
  /// The variance in use.
  public let variance: ScoreVariance
  /// The lift under the null hypothesis.
  public let null: Double
  /// The statistic `z`, positive where the lift exceeds the null.
  public let z: Double
  private let fit: ConstrainedRatio

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The lift to test against, above −1; zero tests equality.
  ///   - variance: The variance in use.
  /// - Throws: `tooFewSessions` if an arm is empty, `noSuccesses` if neither has a success.
  public init(
    offer: Tally, control: Tally, null: Double = 0, variance: ScoreVariance = .plain
  ) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift under the null lies above −100 %")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    guard offer.successes > 0 || control.successes > 0 else { throw .noSuccesses(arm: 0) }
    fit = ConstrainedRatio(offer: offer, control: control)
    self.variance = variance
    self.null = null
    z = fit.point(lift: null).z / variance.factor(offer, control).squareRoot()
  }

  public var method: TestDescription {
    TestDescription(
      name: "score test of a ratio",
      nullHypothesis: null == 0 ? "p₁ / p₀ = 1" : "p₁ / p₀ = \(1 + null)",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic,
      intervalName: variance == .plain ? "Koopman score" : "Miettinen–Nurminen score",
      intervalInvertsTest: true,
      reference: variance == .plain ? "Koopman 1984" : "Miettinen and Nurminen 1985")
  }

  /// The estimated relative lift, `p̂₁/p̂₀ − 1`; +∞ if the control has no success.
  public var estimate: Double { fit.offer.difference(from: fit.control) / fit.control.proportion }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let quantile = StandardNormal.upperQuantile((1 - level) / 2)
    let critical = quantile * quantile * variance.factor(fit.offer, fit.control)
    let inverse = fit.swapped.lowerLift(critical)
    return Interval(lower: fit.lowerLift(critical), upper: -inverse / (1 + inverse))
  }
}
