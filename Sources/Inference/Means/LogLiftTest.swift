#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A Wald test of relative lift between two positive levels, made on the log scale.
///
///     θ̂ = ln(A / B),  A = B + D      Var(θ̂) ≈ Var(A)/A² − 2 Cov(A, B)/(AB) + Var(B)/B²
///
/// The lift is `exp(θ) − 1`, so no interval reaches below −100 %, and swapping the arms negates `θ̂`.
///
/// Reference: Katz, Baptista, Azen and Pike (1978), *Biometrics* 34, 469–474, for proportions.
public struct LogLiftTest: HypothesisTest {
  /// The estimate that is tested.
  public let effect: ArmContrast
  /// The relative lift under the null hypothesis.
  public let null: Double
  /// The estimated log ratio `θ̂`, in nats.
  public let logRatio: Double
  /// The standard error of `θ̂`, in nats; positive and finite.
  public let standardError: Double

  /// Tests an estimated relative lift.
  ///
  /// - Throws: `invalidValue` if a level is not positive, `noVariation` if the lift has no variance,
  ///   `overflow` if the standard error is not finite.
  public init(_ effect: ArmContrast, null: Double = 0) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift of −100 % has no logarithm")
    let (b, a) = (effect.baseline, effect.offerLevel)
    guard b > 0 else { throw .invalidValue(arm: 0, value: b) }
    guard a > 0 else { throw .invalidValue(arm: 1, value: a) }
    // ln(1 + D/B) has the gradient (1/A, −D/(AB)) in (D, B).
    let deviation = effect.variance(ofLiftContrast: effect.lift).squareRoot()
    standardError = deviation / a
    guard standardError > 0 else { throw .noVariation }
    guard standardError.isFinite, effect.lift.isFinite else { throw .overflow(arm: 0) }
    logRatio = log1p(effect.lift)
    self.effect = effect
    self.null = null
  }

  public var method: TestDescription {
    let name = "\(effect.estimator.name), relative on the log scale"
    return TestDescription(
      name: name, nullHypothesis: null == 0 ? "μ₁ / μ₀ = 1" : "μ₁ / μ₀ = \(1 + null)",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic, intervalName: name,
      intervalInvertsTest: true, reference: "Katz, Baptista, Azen and Pike 1978")
  }

  public var estimate: Double { effect.lift }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: (logRatio - log1p(null)) / standardError, survival: student.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = student.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: expm1(logRatio - margin), upper: expm1(logRatio + margin))
  }

  private var student: StudentReference {
    StudentReference(degreesOfFreedom: effect.degreesOfFreedom)
  }
}
