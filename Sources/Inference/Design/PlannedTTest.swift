internal import Probability

/// Student's t test of the difference of two means, planned: exact for normal outcomes of one variance.
///
///     T ~ t(ν = n₁ + n₀ − 2, noncentrality (δ − δ₀)/(σ√(1/n₁ + 1/n₀)))
///
/// It is R's `power.t.test` with `strict = TRUE`, for any allocation.
///
/// Reference: Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*, section 2.2.
public struct PlannedTTest: PlannedTest, Hashable {
  /// The standard deviation `σ` of the outcomes.
  public let deviation: Double
  /// The difference `δ₀` under the null hypothesis.
  public let null: Double
  /// The error, of both sides together if there are two.
  public let alpha: Double
  /// The alternative of the test.
  public let alternative: Alternative

  /// Plans a test.
  public init(
    deviation: Double, null: Double = 0, alpha: Double = 0.05,
    _ alternative: Alternative = .twoSided
  ) {
    checkDeviation(deviation)
    checkAlpha(alpha)
    precondition(null.isFinite, "a difference under the null is a number")
    self.deviation = deviation
    self.null = null
    self.alpha = alpha
    self.alternative = alternative
  }

  public var effects: ClosedRange<Double> { -.infinity...(.infinity) }

  /// Zero below two sessions an arm.
  public func power(_ sizes: ArmSizes, effect: Double) -> Double {
    guard sizes.offer >= 2, sizes.control >= 2 else { return 0 }
    let error = deviation * (1 / sizes.offer + 1 / sizes.control).squareRoot()
    return tTestPower(
      noncentrality: (effect - null) / error, degreesOfFreedom: sizes.total - 2, alpha: alpha,
      alternative)
  }
}

/// The probability that a t statistic is beyond its critical value.
func tTestPower(
  noncentrality: Double, degreesOfFreedom: Double, alpha: Double, _ alternative: Alternative
) -> Double {
  let share = alternative == .twoSided ? alpha / 2 : alpha
  let critical = StudentTDistribution(degreesOfFreedom: degreesOfFreedom).upperQuantile(share)
  // Beyond this no double tells the power from 0 or 1, and the integral has nothing to integrate.
  let shift = min(max(noncentrality, -1e6), 1e6)
  let law = NoncentralTDistribution(degreesOfFreedom: degreesOfFreedom, noncentrality: shift)
  return switch alternative {
  case .twoSided: min(1, law.survival(critical) + law.cdf(-critical))
  case .greater: law.survival(critical)
  case .less: law.cdf(-critical)
  }
}
