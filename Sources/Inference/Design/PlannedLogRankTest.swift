#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A planned log-rank test: its information is the number of events, not of sessions.
///
///     Z ~ N(√(D π₁π₀) ln(θ/θ₀), 1)      D = n₀P₀ + n₁P₁      P₁ = 1 − (1 − P₀)^θ
///
/// Here `θ` is the hazard ratio, offer over control, `D` the expected number of events, `πᵢ` the arms'
/// shares of the sessions and `Pᵢ` the probability that a session of an arm has its event inside the
/// window. As in ``LogRankTest``, a ratio below one favours an offer that delays the event; that is the
/// alternative `less`. A one-sided group-sequential design looks upwards: for it the arms are swapped.
///
/// References: Schoenfeld (1981), *Biometrika* 68, 316–319; Schoenfeld (1983), *Biometrics* 39,
/// 499–503.
public struct PlannedLogRankTest: PlannedNormalTest, Hashable {
  /// The probability `P₀` that a session of the control has its event inside the window.
  public let controlEventProbability: Double
  /// The hazard ratio `θ₀` under the null hypothesis.
  public let null: Double
  public let rule: RejectionRule

  /// Plans a test.
  ///
  /// - Parameters:
  ///   - controlEventProbability: The probability of an event in the control, above 0; 1 if all
  ///     sessions are watched until they have theirs.
  ///   - null: The hazard ratio under the null hypothesis.
  ///   - rule: When the test rejects.
  public init(controlEventProbability: Double, null: Double = 1, rule: RejectionRule = .once()) {
    precondition(
      0 < controlEventProbability && controlEventProbability <= 1,
      "the probability of an event lies above 0")
    precondition(null > 0 && null.isFinite, "a hazard ratio is positive")
    self.controlEventProbability = controlEventProbability
    self.null = null
    self.rule = rule
  }

  public var effects: ClosedRange<Double> { 0...(.infinity) }

  /// The expected number of events at a hazard ratio.
  public func events(_ sizes: ArmSizes, hazardRatio: Double) -> Double {
    let atControl = sizes.control * controlEventProbability
    guard hazardRatio > 0 else { return atControl }
    return atControl - sizes.offer * expm1(hazardRatio * log1p(-controlEventProbability))
  }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    let shares = sizes.offer / sizes.total * (sizes.control / sizes.total)
    let information = events(sizes, hazardRatio: effect) * shares
    return PlannedStatistic(mean: log(effect / null) * information.squareRoot())
  }
}
