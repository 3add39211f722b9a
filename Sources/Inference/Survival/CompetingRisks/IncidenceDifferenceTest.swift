/// The test of a difference of two cumulative incidences at a horizon.
///
///     z = (F̂₁(τ) − F̂₀(τ) − δ₀) / √(v₁ + v₀)
///
/// A difference below zero says that fewer events of the cause came with the offer.
///
/// Reference: Aalen (1978), *Annals of Statistics* 6, 534–545.
public struct IncidenceDifferenceTest: NormalErrorTest {
  /// The difference `F̂₁(τ) − F̂₀(τ)`.
  public let estimate: Double
  /// The standard error of the difference; positive.
  public let standardError: Double
  /// The difference under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control at a horizon.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - cause: The cause of interest, from zero.
  ///   - horizon: The horizon; nil is the longest that both arms were watched.
  ///   - null: The difference of probabilities to test against.
  /// - Throws: `tooFewSessions` if an arm is empty, `beyondFollowUp` if an arm was not watched to the
  ///   horizon, `noVariation` if neither arm's estimate has a variance.
  public init(
    offer: CompetingRiskTable, control: CompetingRiskTable, cause: Int, horizon: Double? = nil,
    null: Double = 0
  ) throws(InferenceError) {
    precondition(null.isFinite, "a difference under the null is a number")
    let time = horizon ?? LifeTable.commonFollowUp(offer.anyCause, control.anyCause)
    precondition(time >= 0 && time.isFinite, "a horizon is a number from zero up")
    try control.anyCause.requireFollowUp(to: time, arm: 0)
    try offer.anyCause.requireFollowUp(to: time, arm: 1)
    let arm1 = try CumulativeIncidence(offer, cause: cause, arm: 1)
    let arm0 = try CumulativeIncidence(control, cause: cause, arm: 0)
    standardError = (arm1.variance(at: time) + arm0.variance(at: time)).squareRoot()
    guard standardError > 0 else { throw .noVariation }
    estimate = arm1.incidence(at: time) - arm0.incidence(at: time)
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "cumulative incidence difference",
      nullHypothesis: null == 0 ? "F₁(τ) = F₀(τ)" : "F₁(τ) − F₀(τ) = \(null)", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: "Wald", intervalInvertsTest: true,
      reference: "Aalen 1978")
  }
}
