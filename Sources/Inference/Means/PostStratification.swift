/// A difference of means within strata, put together by the strata's shares of all sessions.
///
///     D = Σₖ wₖ (m₁ₖ − m₀ₖ)      Var(D) = Σₖ wₖ² (s₁ₖ²/n₁ₖ + s₀ₖ²/n₀ₖ)      wₖ = nₖ/n
///
/// The variance is that given how many sessions of each stratum fell into each arm, which is what an
/// analyst has seen. Strata (a reason, a plan) must be known before the offer is shown. A stratum
/// with too few sessions in an arm has no difference; it is refused, not dropped, for dropping it
/// changes whom the answer is about.
///
/// Reference: Miratrix, Sekhon and Yu (2013), *Journal of the Royal Statistical Society B* 75,
/// 369–396, equation 5 and section 4.
public struct PostStratification: Hashable, Sendable {
  /// The differences within the strata, offer minus control.
  public let differences: [Double]
  /// The weight `wₖ` of each stratum.
  public let weights: [Double]
  private let offers: [ArmEstimate]
  private let controls: [ArmEstimate]
  private let sessionCount: Int

  /// Compares an offer with a control in each stratum.
  ///
  /// - Parameters:
  ///   - offer: The moments of the offer's sessions in each stratum.
  ///   - control: Those of the control's sessions, stratum by stratum.
  /// - Throws: `tooFewGroups` if there is no stratum, `tooFewSessions` if an arm has fewer than two
  ///   sessions in one, `overflow`.
  public init(offer: [Moments], control: [Moments]) throws(InferenceError) {
    let counts = Self.counts(offer.map(\.count), control.map(\.count))
    try self.init(
      offer: offer.estimates(arm: 1), control: control.estimates(arm: 0), counts: counts)
  }

  /// Compares two arms' proportions in each stratum, with the variances `p̂(1 − p̂)/n`.
  ///
  /// - Throws: `tooFewGroups` if there is no stratum, `tooFewSessions` if an arm is empty in one.
  public init(offer: [Tally], control: [Tally]) throws(InferenceError) {
    let counts = Self.counts(offer.map(\.trials), control.map(\.trials))
    try self.init(
      offer: offer.estimates(arm: 1), control: control.estimates(arm: 0), counts: counts)
  }

  private init(
    offer: [ArmEstimate], control: [ArmEstimate], counts: [Int]
  ) throws(InferenceError) {
    guard !counts.isEmpty else { throw .tooFewGroups(count: 0, needed: 1) }
    offers = offer
    controls = control
    let total = counts.reduce(0, +)
    sessionCount = total
    weights = counts.map { Double($0) / Double(total) }
    differences = offer.indices.map { offer[$0].value - control[$0].value }
  }

  /// The weighted difference, beside the equally weighted level of the control.
  ///
  /// - Parameter countingRandomWeights: Whether to add `Σ wₖ (dₖ − D)² / n`, the variance that comes
  ///   from the strata's shares being themselves those of a sample.
  /// - Returns: The difference and the control's level, with their covariance.
  /// - Throws: `noVariation` if no outcome varies, `overflow`.
  public func effect(
    countingRandomWeights: Bool = false
  ) throws(InferenceError) -> ArmContrast {
    let difference = weights.dot(differences)
    let baseline = weights.dot(controls.map(\.value))
    let squares = weights.map { $0 * $0 }
    var baselineVariance = squares.dot(controls.map(\.variance))
    var variance = squares.dot(offers.map(\.variance)) + baselineVariance
    var covariance = -baselineVariance
    if countingRandomWeights {
      for index in weights.indices {
        let share = weights[index] / Double(sessionCount)
        let (d, b) = (differences[index] - difference, controls[index].value - baseline)
        variance += share * d * d
        baselineVariance += share * b * b
        covariance += share * d * b
      }
    }
    return try ArmContrast(
      difference: difference, baseline: baseline, differenceVariance: variance,
      baselineVariance: baselineVariance, covariance: covariance,
      estimator: .init("post-stratified", reference: "Miratrix, Sekhon and Yu 2013"))
  }

  private static func counts(_ offer: [Int], _ control: [Int]) -> [Int] {
    precondition(offer.count == control.count, "both arms have the same strata")
    return offer.indices.map { offer[$0] + control[$0] }
  }
}

extension [Moments] {
  fileprivate func estimates(arm: Int) throws(InferenceError) -> [ArmEstimate] {
    var estimates: [ArmEstimate] = []
    for stratum in self { estimates.append(try ArmEstimate(stratum, arm: arm)) }
    return estimates
  }
}

extension [Tally] {
  fileprivate func estimates(arm: Int) throws(InferenceError) -> [ArmEstimate] {
    var estimates: [ArmEstimate] = []
    for stratum in self {
      guard stratum.trials > 0 else { throw .tooFewSessions(arm: arm, count: 0, needed: 1) }
      let n = Double(stratum.trials)
      estimates.append(
        ArmEstimate(
          value: stratum.proportion,
          variance: stratum.proportion * (Double(stratum.failures) / n) / n))
    }
    return estimates
  }
}
