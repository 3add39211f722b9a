internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The test of a ratio of two restricted means, on the log scale.
///
///     ln θ̂ = ln(μ̂₁/μ̂₀)        v = v₁/μ̂₁² + v₀/μ̂₀²        z = (ln θ̂ − ln θ₀)/√v
///
/// The estimate is the relative lift `θ̂ − 1`.
///
/// Reference: Uno et al. (2014), *Journal of Clinical Oncology* 32, 2380–2385.
public struct RestrictedMeanRatioTest: HypothesisTest {
  /// The offer's restricted mean.
  public let offer: RestrictedMean
  /// The control's.
  public let control: RestrictedMean
  /// The standard error of the log ratio; positive.
  public let standardError: Double
  /// The lift under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control up to a horizon.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - horizon: The horizon; nil is the longest that both arms were watched.
  ///   - null: The lift to test against, above −1.
  /// - Throws: As the test of the difference, and `noSuccesses` if a mean is zero: all of an arm's
  ///   sessions had the event at once.
  public init(
    offer: LifeTable, control: LifeTable, horizon: Double? = nil, null: Double = 0
  ) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift of −100 % has no logarithm")
    (self.offer, self.control) = try RestrictedMean.pair(offer, control, horizon)
    guard self.control.mean > 0 else { throw .noSuccesses(arm: 0) }
    guard self.offer.mean > 0 else { throw .noSuccesses(arm: 1) }
    standardError = (self.offer.logVariance + self.control.logVariance).squareRoot()
    guard standardError > 0 else { throw .noVariation }
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "restricted mean ratio",
      nullHypothesis: null == 0 ? "μ₁(τ) / μ₀(τ) = 1" : "μ₁(τ) / μ₀(τ) = \(1 + null)",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic, intervalName: "log Wald",
      intervalInvertsTest: true, reference: "Uno et al. 2014")
  }

  /// The log ratio `ln θ̂`.
  public var logRatio: Double { log1p(estimate) }
  /// The relative lift `θ̂ − 1`.
  public var estimate: Double { (offer.mean - control.mean) / control.mean }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(
      of: (logRatio - log1p(null)) / standardError, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: expm1(logRatio - margin), upper: expm1(logRatio + margin))
  }
}

extension RestrictedMean {
  /// The delta-method variance of the log mean.
  fileprivate var logVariance: Double { variance / (mean * mean) }
}
