/// A test of a difference between two arms, by its standard error.
///
///     t = (D − δ₀) / √Var(D)
///
/// The statistic is referred to Student's distribution with the estimate's degrees of freedom, or to
/// the normal one, and the interval holds exactly the differences that the two-sided test does not
/// reject.
public struct DifferenceTest: HypothesisTest {
  /// The estimate that is tested.
  public let effect: ArmContrast
  /// The difference under the null hypothesis.
  public let null: Double

  /// Tests an estimated difference.
  public init(_ effect: ArmContrast, null: Double = 0) {
    precondition(null.isFinite, "a difference under the null is a number")
    self.effect = effect
    self.null = null
  }

  public var method: TestDescription {
    let name = "\(effect.estimator.name), \(student.name)"
    return TestDescription(
      name: name, nullHypothesis: null == 0 ? "μ₁ = μ₀" : "μ₁ − μ₀ = \(null)", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: name, intervalInvertsTest: true,
      reference: effect.estimator.reference)
  }

  public var estimate: Double { effect.difference }
  /// The standard error of the difference.
  public var standardError: Double { effect.standardError }
  /// The statistic `t`.
  public var t: Double { (estimate - null) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: t, survival: student.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = student.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }

  private var student: StudentReference {
    StudentReference(degreesOfFreedom: effect.degreesOfFreedom)
  }
}
