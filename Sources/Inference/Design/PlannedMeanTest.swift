/// A planned test of the difference of two means in arms so large that the statistic is normal.
///
///     Z = (m₁ − m₀ − δ₀)/s      s² = σ₁²/n₁ + σ₀²/n₀
///
/// It takes any ``RejectionRule``. In arms of tens of sessions ``PlannedTTest`` and
/// ``PlannedWelchTest`` are closer. A ratio metric, or an outcome adjusted for covariates, is planned
/// with the standard deviation of its linearised or residual values.
public struct PlannedMeanTest: PlannedNormalTest, Hashable {
  /// The standard deviation `σ₁` of the offer's outcomes.
  public let offerDeviation: Double
  /// The standard deviation `σ₀` of the control's outcomes.
  public let controlDeviation: Double
  /// The difference `δ₀` under the null hypothesis.
  public let null: Double
  public let rule: RejectionRule

  /// Plans a test.
  public init(
    offerDeviation: Double, controlDeviation: Double, null: Double = 0,
    rule: RejectionRule = .once()
  ) {
    checkDeviation(offerDeviation)
    checkDeviation(controlDeviation)
    precondition(null.isFinite, "a difference under the null is a number")
    self.offerDeviation = offerDeviation
    self.controlDeviation = controlDeviation
    self.null = null
    self.rule = rule
  }

  public var effects: ClosedRange<Double> { -.infinity...(.infinity) }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    PlannedStatistic(
      departure: effect - null,
      variance: offerDeviation * offerDeviation / sizes.offer
        + controlDeviation * controlDeviation / sizes.control)
  }
}

/// Stops a caller whose standard deviation is none.
@inline(__always)
func checkDeviation(_ deviation: Double) {
  precondition(
    deviation > 0 && deviation.isFinite, "a standard deviation is positive and finite")
}
