public import LinearAlgebra
internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Wald's test of one hazard ratio of a Cox regression.
///
///     z = (β̂ − ln θ₀) / se        θ̂ = exp β̂
///
/// Between two arms, a ratio below one says that the offer delays the event: `less` is the alternative
/// in which it helps.
///
/// Reference: Cox (1972), *JRSS B* 34, 187–220.
public struct HazardRatioTest: HypothesisTest {
  /// The log hazard ratio `β̂`.
  public let logHazardRatio: Double
  /// Its standard error; positive and finite.
  public let standardError: Double
  /// The hazard ratio under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control by a regression on the arm alone.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The hazard ratio to test against, positive.
  ///   - ties: How events at one time share a risk set.
  /// - Throws: `tooFewSessions` if an arm is empty, `noEvents` if an arm has no event while the other is
  ///   at risk, so that the ratio is zero or infinite, `noVariation` if no event came while both arms
  ///   were at risk.
  /// - Complexity: O(*k*) a Newton step for *k* distinct times.
  public init(
    offer: LifeTable, control: LifeTable, null: Double = 1, ties: CoxTies = .efron
  ) throws(InferenceError) {
    try control.requireSessions(arm: 0)
    try offer.requireSessions(arm: 1)
    guard offer.eventCount > 0, control.eventCount > 0 else { throw .noEvents }
    var regression = CoxRegression()
    regression.ties = ties
    let fit: CoxFit
    do {
      fit = try regression.fit(CoxData(offer: offer, control: control))
    } catch InferenceError.collinear {
      throw .noVariation
    }
    guard fit.status != .monotone else { throw .noEvents }
    try self.init(fit, null: null)
  }

  /// Tests one coefficient of a fit.
  ///
  /// - Parameters:
  ///   - fit: The regression.
  ///   - coefficient: The index of the covariate.
  ///   - covariance: The covariance of the coefficients, robust say; nil is the model's own.
  ///   - null: The hazard ratio to test against, positive.
  /// - Throws: `notConverged` unless the fit converged.
  public init(
    _ fit: CoxFit, coefficient: Int = 0, covariance: Matrix? = nil, null: Double = 1
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "a hazard ratio is positive and finite")
    guard fit.status == .converged else { throw .notConverged }
    logHazardRatio = fit.coefficients[coefficient]
    standardError = fit.standardErrors(covariance)[coefficient]
    guard standardError > 0 else { throw .noVariation }
    guard exp(abs(logHazardRatio)).isFinite else { throw .overflow(arm: 1) }
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "Cox hazard ratio", nullHypothesis: "λ₁(t) = \(null == 1 ? "" : "\(null) ")λ₀(t)",
      scale: .hazardRatio, twoSidedRule: .absoluteStatistic, intervalName: "Wald",
      intervalInvertsTest: true, reference: "Cox 1972")
  }

  /// The hazard ratio `exp β̂`.
  public var estimate: Double { exp(logHazardRatio) }
  /// The statistic `z`.
  public var z: Double { (logHazardRatio - log(null)) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: exp(logHazardRatio - margin), upper: exp(logHazardRatio + margin))
  }
}
