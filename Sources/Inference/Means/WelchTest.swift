internal import Probability

/// Welch's test of a difference of two means, the variances not assumed equal.
///
///     t = (m₁ − m₀ − δ₀) / √(v₁ + v₀)      v = s²/n      ν = (v₁ + v₀)² / (v₁²/(n₁−1) + v₀²/(n₀−1))
///
/// The statistic is referred to Student's distribution with Satterthwaite's `ν` degrees of freedom,
/// and so is the interval, which holds exactly the differences that the two-sided test does not
/// reject.
///
/// References: Welch (1947), *Biometrika* 34, 28–35; Satterthwaite (1946), *Biometrics Bulletin* 2,
/// 110–114.
public struct WelchTest: HypothesisTest {
  /// The difference of the two means, offer minus control.
  public let estimate: Double
  /// The standard error of the difference; positive and finite.
  public let standardError: Double
  /// Satterthwaite's degrees of freedom `ν`.
  public let degreesOfFreedom: Double
  /// The difference under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The outcomes of the sessions that were shown the offer.
  ///   - control: The outcomes of those that were not.
  ///   - null: The difference to test against, in the unit of the outcome.
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `noVariation` if neither arm's
  ///   outcomes vary, `overflow` if a variance is not finite.
  public init(
    offer: Moments, control: Moments, null: Double = 0
  ) throws(InferenceError) {
    precondition(null.isFinite, "a difference under the null is a number")
    let v1 = try offer.squaredStandardError(arm: 1)
    let v0 = try control.squaredStandardError(arm: 0)
    let total = v1 + v0
    guard total > 0 else { throw .noVariation }
    guard total.isFinite, (offer.mean - control.mean).isFinite else { throw .overflow(arm: 1) }
    estimate = offer.mean - control.mean
    standardError = total.squareRoot()
    self.null = null
    // Shares of the variance, so that ν neither over- nor underflows with the unit of the outcome.
    let share1 = v1 / total
    let share0 = v0 / total
    degreesOfFreedom =
      1 / (share1 * share1 / Double(offer.count - 1) + share0 * share0 / Double(control.count - 1))
  }

  public var method: TestDescription {
    TestDescription(
      name: "Welch t", nullHypothesis: null == 0 ? "μ₁ = μ₀" : "μ₁ − μ₀ = \(null)",
      scale: .difference, twoSidedRule: .absoluteStatistic, intervalName: "Welch t",
      intervalInvertsTest: true, reference: "Welch 1947; Satterthwaite 1946")
  }

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

  private var student: StudentTDistribution {
    StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
  }
}

extension Moments {
  /// The variance of an arm's mean.
  fileprivate func squaredStandardError(arm: Int) throws(InferenceError) -> Double {
    guard count >= 2 else { throw .tooFewSessions(arm: arm, count: count, needed: 2) }
    guard mean.isFinite, variance.isFinite else { throw .overflow(arm: arm) }
    return variance / Double(count)
  }
}
