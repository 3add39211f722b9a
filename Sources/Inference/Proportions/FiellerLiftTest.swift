internal import Probability

/// The test of a relative lift that needs no logarithm, and Fieller's set of lifts.
///
///     z = (p̂₁ − θ₀p̂₀) / √(p̂₁q̂₁/n₁ + θ₀² p̂₀q̂₀/n₀)      lift = θ − 1
///
/// ``confidenceSet(level:)`` inverts the test exactly, and may be unbounded: where the control's
/// proportion is not clearly above zero, `g ≥ 1`, no finite interval of a ratio has its level.
/// ``interval(level:)`` is the least interval of lifts from −1 up that holds that set.
///
/// Reference: Fieller (1954), *Journal of the Royal Statistical Society B* 16, 175–185.
public struct FiellerLiftTest: HypothesisTest {
  /// The lift under the null hypothesis.
  public let null: Double
  private let difference: Double
  private let baseline: Double
  private let offerVariance: Double
  private let baselineVariance: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The lift to test against, above −1; zero tests equality.
  /// - Throws: `tooFewSessions` if an arm is empty, `noSuccesses` if the control has none,
  ///   `noVariation` if neither arm's outcomes vary.
  public init(offer: Tally, control: Tally, null: Double = 0) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift under the null lies above −100 %")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    guard control.successes > 0 else { throw .noSuccesses(arm: 0) }
    self.null = null
    difference = offer.difference(from: control)
    baseline = control.proportion
    offerVariance = offer.proportionVariance
    baselineVariance = control.proportionVariance
    guard offerVariance + baselineVariance > 0 else { throw .noVariation }
  }

  public var method: TestDescription {
    TestDescription(
      name: "Fieller", nullHypothesis: null == 0 ? "p₁ / p₀ = 1" : "p₁ / p₀ = \(1 + null)",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic, intervalName: "Fieller, hull",
      intervalInvertsTest: false, reference: "Fieller 1954")
  }

  /// The estimated relative lift, `p̂₁/p̂₀ − 1`.
  public var estimate: Double { difference / baseline }

  /// The statistic `z`, positive where the lift exceeds the null.
  public var z: Double {
    let ratio = 1 + null
    return (difference - null * baseline)
      / (offerVariance + ratio * ratio * baselineVariance).squareRoot()
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  /// Fieller's `g`, the squared critical value over the squared `z` of the control's proportion: the
  /// set is bounded where it is below 1.
  public func g(level: Double = 0.95) -> Double {
    checkLevel(level)
    let critical = StandardNormal.upperQuantile((1 - level) / 2)
    return critical * critical * baselineVariance / (baseline * baseline)
  }

  /// The lifts that the two-sided test does not reject.
  public func confidenceSet(level: Double = 0.95) -> FiellerInterval {
    checkLevel(level)
    return FiellerInterval(
      numerator: difference, denominator: baseline,
      numeratorVariance: offerVariance + baselineVariance, denominatorVariance: baselineVariance,
      covariance: -baselineVariance, critical: StandardNormal.upperQuantile((1 - level) / 2))
  }

  public func interval(level: Double = 0.95) -> Interval {
    confidenceSet(level: level).hull(from: -1)
  }
}
