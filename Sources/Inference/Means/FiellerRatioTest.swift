/// A test of the relative lift of two means that never divides by the control's level, with Fieller's
/// interval.
///
///     t(ρ) = (D − ρB) / √(Var(D) − 2ρ Cov(D, B) + ρ² Var(B))
///
/// At `ρ = 0` this is the test of the difference itself. The lifts that the test does not reject are
/// an interval only while the control's level is clearly not zero; otherwise they are unbounded, and
/// ``interval(level:)`` says so with infinite ends. ``confidenceSet(level:)`` has the exact shape.
///
/// Reference: Fieller (1954), *Journal of the Royal Statistical Society B* 16, 175–185.
public struct FiellerRatioTest: HypothesisTest {
  /// The estimate that is tested.
  public let effect: ArmContrast
  /// The relative lift under the null hypothesis.
  public let null: Double

  /// Tests an estimated relative lift.
  ///
  /// - Throws: `invalidValue` if the control's level is zero, which leaves no estimate, and
  ///   `noVariation` if the contrast does not vary under the null.
  public init(_ effect: ArmContrast, null: Double = 0) throws(InferenceError) {
    precondition(null.isFinite, "a lift under the null is a number")
    guard effect.baseline != 0 else { throw .invalidValue(arm: 0, value: 0) }
    guard effect.lift.isFinite else { throw .overflow(arm: 0) }
    guard effect.variance(ofLiftContrast: null) > 0 else { throw .noVariation }
    self.effect = effect
    self.null = null
  }

  public var method: TestDescription {
    let name = "\(effect.estimator.name), relative by Fieller"
    // The hull of an unbounded set holds lifts that the test rejects.
    return TestDescription(
      name: name, nullHypothesis: null == 0 ? "μ₁ = μ₀" : "μ₁ = \(1 + null) μ₀",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic, intervalName: "Fieller",
      intervalInvertsTest: false, reference: "Fieller 1954")
  }

  public var estimate: Double { effect.lift }

  /// The statistic `t` at the null.
  ///
  /// Its sign is that of the lift: the contrast is turned where the control's level is negative.
  public var t: Double {
    let contrast = effect.difference - null * effect.baseline
    let sign = effect.baseline < 0 ? -1.0 : 1.0
    return sign * contrast / effect.variance(ofLiftContrast: null).squareRoot()
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: t, survival: student.survival)
  }

  /// The least interval that holds all lifts that the two-sided test does not reject; both ends are
  /// infinite where the control's level may be zero.
  public func interval(level: Double = 0.95) -> Interval {
    confidenceSet(level: level).hull()
  }

  /// The lifts that the two-sided test does not reject.
  public func confidenceSet(level: Double = 0.95) -> FiellerInterval {
    checkLevel(level)
    return FiellerInterval(
      numerator: effect.difference, denominator: effect.baseline,
      numeratorVariance: effect.differenceVariance, denominatorVariance: effect.baselineVariance,
      covariance: effect.covariance, critical: student.upperQuantile((1 - level) / 2))
  }

  private var student: StudentReference {
    StudentReference(degreesOfFreedom: effect.degreesOfFreedom)
  }
}
