/// Welch's test of the difference of two means, planned.
///
///     T ≈ t(ν, (δ − δ₀)/√(v₁ + v₀))      v = σ²/n      ν = (v₁ + v₀)² / (v₁²/(n₁−1) + v₀²/(n₀−1))
///
/// The statistic of ``WelchTest`` is noncentral t only approximately: the true variances are put where
/// the test has estimates. Against the average over both sample variances, for normal outcomes and
/// deviations up to fivefold apart, the power was at most 0.03 off at an `alpha` of 0.05 with five
/// sessions in the smaller arm, 0.006 with ten and 0.0013 with twenty; about twice that at 0.01.
public struct PlannedWelchTest: PlannedTest, Hashable {
  /// The standard deviation `σ₁` of the offer's outcomes.
  public let offerDeviation: Double
  /// The standard deviation `σ₀` of the control's outcomes.
  public let controlDeviation: Double
  /// The difference `δ₀` under the null hypothesis.
  public let null: Double
  /// The error, of both sides together if there are two.
  public let alpha: Double
  /// The alternative of the test.
  public let alternative: Alternative

  /// Plans a test.
  public init(
    offerDeviation: Double, controlDeviation: Double, null: Double = 0, alpha: Double = 0.05,
    _ alternative: Alternative = .twoSided
  ) {
    checkDeviation(offerDeviation)
    checkDeviation(controlDeviation)
    checkAlpha(alpha)
    precondition(null.isFinite, "a difference under the null is a number")
    self.offerDeviation = offerDeviation
    self.controlDeviation = controlDeviation
    self.null = null
    self.alpha = alpha
    self.alternative = alternative
  }

  public var effects: ClosedRange<Double> { -.infinity...(.infinity) }

  /// Zero below two sessions an arm.
  public func power(_ sizes: ArmSizes, effect: Double) -> Double {
    guard sizes.offer >= 2, sizes.control >= 2 else { return 0 }
    let v1 = offerDeviation * offerDeviation / sizes.offer
    let v0 = controlDeviation * controlDeviation / sizes.control
    let (share1, share0) = (v1 / (v1 + v0), v0 / (v1 + v0))
    let nu = 1 / (share1 * share1 / (sizes.offer - 1) + share0 * share0 / (sizes.control - 1))
    return tTestPower(
      noncentrality: (effect - null) / (v1 + v0).squareRoot(), degreesOfFreedom: nu, alpha: alpha,
      alternative)
  }
}
