/// A Wald test of relative lift, with its standard error by the delta method.
///
///     θ̂ = D / B      Var(θ̂) ≈ (Var(D) − 2 θ̂ Cov(D, B) + θ̂² Var(B)) / B²
///
/// It is what experiment platforms print, so it is here to be compared with. It is not symmetric in
/// the arms, its interval may reach below −100 %, and where the control's level is uncertain it
/// covers too little (92.9 % of a nominal 95 % at rates 0.05 and 0.10, 200 sessions an arm):
/// ``LogLiftTest`` and ``FiellerLiftTest`` hold there.
///
/// Reference: Deng, Knoblich and Lu (2018), *KDD '18*, 233–242, section 2.
public struct DeltaLiftTest: HypothesisTest {
  /// The estimate that is tested.
  public let effect: ArmContrast
  /// The relative lift under the null hypothesis.
  public let null: Double
  /// The standard error of the relative lift; positive and finite.
  public let standardError: Double

  /// Tests an estimated relative lift.
  ///
  /// - Throws: `invalidValue` if the control's level is zero, `noVariation` if the lift has no
  ///   variance, `overflow` if the standard error is not finite.
  public init(_ effect: ArmContrast, null: Double = 0) throws(InferenceError) {
    precondition(null.isFinite, "a lift under the null is a number")
    guard effect.baseline != 0 else { throw .invalidValue(arm: 0, value: 0) }
    let deviation = effect.variance(ofLiftContrast: effect.lift).squareRoot()
    standardError = deviation / abs(effect.baseline)
    guard standardError > 0 else { throw .noVariation }
    guard standardError.isFinite, effect.lift.isFinite else { throw .overflow(arm: 0) }
    self.effect = effect
    self.null = null
  }

  public var method: TestDescription {
    let name = "\(effect.estimator.name), relative by delta method"
    return TestDescription(
      name: name, nullHypothesis: null == 0 ? "μ₁ / μ₀ = 1" : "μ₁ / μ₀ = \(1 + null)",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic, intervalName: name,
      intervalInvertsTest: true, reference: "Deng, Knoblich and Lu 2018")
  }

  public var estimate: Double { effect.lift }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: (estimate - null) / standardError, survival: student.survival)
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
