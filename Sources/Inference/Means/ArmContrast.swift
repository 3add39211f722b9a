/// An estimated difference between two arms, beside the control's own level.
///
///     D = difference        B = level of the control        V = Var(D, B)
///
/// Every estimator of this room ends here, adjusted or not: means, ratios of sums, CUPED,
/// regression, strata, clusters, quantiles. From here the difference is tested by
/// ``DifferenceTest``, and the relative lift `D / B` by ``DeltaLiftTest``, ``LogLiftTest`` and
/// ``FiellerLiftTest``. The covariance matters: `B` is itself a part of `D`.
public struct ArmContrast: Hashable, Sendable {
  /// The difference `D`, offer minus control, adjusted as the estimator adjusts.
  public let difference: Double
  /// The control's level `B`, unadjusted.
  public let baseline: Double
  /// The variance of `D`; positive and finite.
  public let differenceVariance: Double
  /// The variance of `B`.
  public let baselineVariance: Double
  /// The covariance of `D` and `B`.
  public let covariance: Double
  /// The degrees of freedom of the variance of `D`; infinite for a normal reference.
  public let degreesOfFreedom: Double
  /// What made the estimate, and where it comes from.
  public let estimator: Estimator

  /// The name and the paper of an estimator.
  public struct Estimator: Hashable, Sendable {
    /// The name, as answers carry it.
    public let name: String
    /// The paper behind it.
    public let reference: String

    /// Names an estimator.
    public init(_ name: String, reference: String) {
      self.name = name
      self.reference = reference
    }
  }

  /// Creates an estimate from its figures.
  ///
  /// - Throws: `noVariation` if the variance of the difference is zero, `overflow` if a figure is not
  ///   finite.
  public init(
    difference: Double, baseline: Double, differenceVariance: Double, baselineVariance: Double,
    covariance: Double, degreesOfFreedom: Double = .infinity, estimator: Estimator
  ) throws(InferenceError) {
    guard baseline.isFinite, baselineVariance.isFinite else { throw .overflow(arm: 0) }
    guard difference.isFinite, differenceVariance.isFinite, covariance.isFinite else {
      throw .overflow(arm: 1)
    }
    guard differenceVariance > 0 else { throw .noVariation }
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
    self.difference = difference
    self.baseline = baseline
    self.differenceVariance = differenceVariance
    self.baselineVariance = baselineVariance
    // Estimated apart from the variances, it may exceed what they allow: in the extreme the difference
    // and the level are one another's image.
    let limit = differenceVariance.squareRoot() * baselineVariance.squareRoot()
    self.covariance = min(max(-limit, covariance), limit)
    self.degreesOfFreedom = degreesOfFreedom
    self.estimator = estimator
  }

  /// Compares two arms that were estimated apart.
  ///
  /// - Parameters:
  ///   - offer: The level of the offer's arm.
  ///   - control: The level of the control's arm.
  ///   - degreesOfFreedom: Those of the difference; nil for Satterthwaite's,
  ///     `(v₁ + v₀)² / (v₁²/ν₁ + v₀²/ν₀)`.
  ///   - estimator: What made the two levels.
  /// - Throws: `noVariation` if both variances are zero, `overflow` if a figure is not finite.
  public init(
    offer: ArmEstimate, control: ArmEstimate, degreesOfFreedom: Double? = nil, estimator: Estimator
  ) throws(InferenceError) {
    let total = offer.variance + control.variance
    guard total > 0 else { throw .noVariation }
    // Shares of the variance, so that ν neither over- nor underflows with the unit of the outcome.
    let (share1, share0) = (offer.variance / total, control.variance / total)
    let satterthwaite =
      1 / (share1 * share1 / offer.degreesOfFreedom + share0 * share0 / control.degreesOfFreedom)
    try self.init(
      difference: offer.value - control.value, baseline: control.value,
      differenceVariance: total, baselineVariance: control.variance,
      covariance: -control.variance, degreesOfFreedom: degreesOfFreedom ?? satterthwaite,
      estimator: estimator)
  }

  /// The standard error of the difference, `√Var(D)`.
  public var standardError: Double { differenceVariance.squareRoot() }
  /// The offer's level on the scale of the baseline, `B + D`.
  public var offerLevel: Double { baseline + difference }
  /// The relative lift, `D / B`; meaningless where the baseline is zero.
  var lift: Double { difference / baseline }

  /// The variance of `D − ρB`.
  func variance(ofLiftContrast rho: Double) -> Double {
    max(0, differenceVariance - 2 * rho * covariance + rho * rho * baselineVariance)
  }
}
