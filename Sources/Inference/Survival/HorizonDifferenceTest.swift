/// The test of a difference of two Kaplan–Meier estimates at a horizon, the 30th day say.
///
///     z = (Ŝ₁(τ) − Ŝ₀(τ) − δ₀) / √(se₁² + se₀²)
///
/// with Greenwood's standard errors. The naive difference of the shares "not cancelled yet" compares
/// windows that are open with windows that are closed; this one does not.
///
/// Where few sessions are at risk at the horizon it rejects too often: at a level of 5 %, 10 % with three
/// of 20 sessions at risk. ``HorizonLogLogTest`` keeps its level there.
///
/// Reference: Klein, Logan, Harhoff and Andersen (2007), *Statistics in Medicine* 26, 4505–4519.
public struct HorizonDifferenceTest: NormalErrorTest {
  /// The survival of each arm at the horizon: offer, control.
  public let survival: (offer: Double, control: Double)
  /// The standard error of the difference; positive.
  public let standardError: Double
  /// The difference under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control at a horizon.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - horizon: The horizon; nil is the longest that both arms were watched.
  ///   - null: The difference of probabilities to test against.
  /// - Throws: `tooFewSessions` if an arm is empty, `beyondFollowUp` if an arm was not watched to the
  ///   horizon, `noVariation` if neither arm's estimate has a variance.
  public init(
    offer: LifeTable, control: LifeTable, horizon: Double? = nil, null: Double = 0
  ) throws(InferenceError) {
    precondition(null.isFinite, "a difference under the null is a number")
    let (offer, control, time) = try KaplanMeier.pair(offer, control, horizon)
    let (se1, se0) = (offer.standardError(at: time), control.standardError(at: time))
    standardError = (se1 * se1 + se0 * se0).squareRoot()
    guard standardError > 0 else { throw .noVariation }
    survival = (offer.survival(at: time), control.survival(at: time))
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "survival difference at a horizon",
      nullHypothesis: null == 0 ? "S₁(τ) = S₀(τ)" : "S₁(τ) − S₀(τ) = \(null)", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: "Greenwood", intervalInvertsTest: true,
      reference: "Klein, Logan, Harhoff and Andersen 2007")
  }

  /// The difference `Ŝ₁(τ) − Ŝ₀(τ)`.
  public var estimate: Double { survival.offer - survival.control }
}

extension KaplanMeier {
  /// The estimates of two arms, and a horizon to which both were watched.
  static func pair(
    _ offer: LifeTable, _ control: LifeTable, _ horizon: Double?
  ) throws(InferenceError) -> (offer: KaplanMeier, control: KaplanMeier, horizon: Double) {
    let time = horizon ?? LifeTable.commonFollowUp(offer, control)
    precondition(time >= 0 && time.isFinite, "a horizon is a number from zero up")
    try control.requireFollowUp(to: time, arm: 0)
    try offer.requireFollowUp(to: time, arm: 1)
    return (try KaplanMeier(offer, arm: 1), try KaplanMeier(control, arm: 0), time)
  }
}
