/// The test of a difference of two restricted means: days retained more, up to a horizon.
///
///     z = (μ̂₁ − μ̂₀ − δ₀) / √(v₁ + v₀)
///
/// In arms of 20 sessions a test at 5 % rejects some 7 % of the time; from 200 on the level holds.
///
/// Reference: Uno et al. (2014), *Journal of Clinical Oncology* 32, 2380–2385.
public struct RestrictedMeanDifferenceTest: NormalErrorTest {
  /// The offer's restricted mean.
  public let offer: RestrictedMean
  /// The control's.
  public let control: RestrictedMean
  /// The standard error of the difference; positive.
  public let standardError: Double
  /// The difference under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control up to a horizon.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - horizon: The horizon; nil is the longest that both arms were watched.
  ///   - null: The difference to test against, in the unit of the durations.
  /// - Throws: `tooFewSessions` if an arm is empty, `beyondFollowUp` if an arm was not watched to the
  ///   horizon, `noVariation` if neither arm had an event before it.
  public init(
    offer: LifeTable, control: LifeTable, horizon: Double? = nil, null: Double = 0
  ) throws(InferenceError) {
    precondition(null.isFinite, "a difference under the null is a number")
    (self.offer, self.control) = try RestrictedMean.pair(offer, control, horizon)
    standardError = (self.offer.variance + self.control.variance).squareRoot()
    guard standardError > 0 else { throw .noVariation }
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "restricted mean difference",
      nullHypothesis: null == 0 ? "μ₁(τ) = μ₀(τ)" : "μ₁(τ) − μ₀(τ) = \(null)", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: "Wald", intervalInvertsTest: true,
      reference: "Uno et al. 2014")
  }

  /// The difference `μ̂₁ − μ̂₀`.
  public var estimate: Double { offer.mean - control.mean }
}

extension RestrictedMean {
  /// The restricted means of two arms up to one horizon.
  static func pair(
    _ offer: LifeTable, _ control: LifeTable, _ horizon: Double?
  ) throws(InferenceError) -> (offer: RestrictedMean, control: RestrictedMean) {
    try control.requireSessions(arm: 0)
    try offer.requireSessions(arm: 1)
    let horizon = horizon ?? LifeTable.commonFollowUp(offer, control)
    // All sessions ended at once, at time zero.
    guard horizon > 0 else { throw .noVariation }
    return (
      try RestrictedMean(offer, horizon: horizon, arm: 1),
      try RestrictedMean(control, horizon: horizon, arm: 0)
    )
  }
}
