internal import Probability

/// The likelihood-ratio test of a model against one nested in it.
///
///     χ² = 2 (ℓ̂_full − ℓ̂_reduced)
///
/// Under the reduced model χ² follows a chi-squared law with as many degrees of freedom as there
/// are coefficients more. The test does not depend on how the coefficients are written, and unlike
/// a Wald test it stands when the larger model is separated.
///
/// Reference: Wilks (1938), *Annals of Mathematical Statistics* 9, 60–62.
public struct LikelihoodRatioTest: Hashable, Sendable {
  /// The statistic χ², zero or more.
  public let statistic: Double
  /// The number of coefficients that the reduced model leaves out.
  public let degreesOfFreedom: Int

  /// Compares two fits to the same outcomes, without penalty.
  ///
  /// - Throws: `notConverged` if either fit stopped short of its greatest likelihood.
  public init(full: LogisticFit, reduced: LogisticFit) throws(FitError) {
    precondition(
      full.coefficients.count > reduced.coefficients.count, "the full model has more coefficients")
    for fit in [full, reduced] {
      switch fit.status {
      case .converged, .separated: continue
      case .stalled, .iterationLimit: throw .notConverged(fit.status)
      }
    }
    statistic = max(0, 2 * (full.logLikelihood - reduced.logLikelihood))
    degreesOfFreedom = full.coefficients.count - reduced.coefficients.count
  }

  /// The test of a statistic that was found elsewhere; rounding below zero counts as zero.
  init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = max(0, statistic)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability, under the reduced model, of a statistic at least as large.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(statistic)
  }
}
