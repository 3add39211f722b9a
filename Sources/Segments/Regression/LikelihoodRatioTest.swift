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
    try self.init(
      full: (full.logLikelihood, full.coefficients.count, full.status),
      reduced: (reduced.logLikelihood, reduced.coefficients.count, reduced.status))
  }

  /// Compares the ends of two climbs.
  ///
  /// A separated fit is compared where it was found to be so: there its likelihood lies below its least
  /// upper bound by about e⁻⁸ for each row that runs away.
  init(
    full: (logLikelihood: Double, count: Int, status: LogisticFit.Status),
    reduced: (logLikelihood: Double, count: Int, status: LogisticFit.Status)
  ) throws(FitError) {
    precondition(full.count > reduced.count, "the full model has more coefficients")
    for status in [full.status, reduced.status] {
      switch status {
      case .converged, .separated: continue
      case .stalled, .iterationLimit: throw .notConverged(status)
      }
    }
    statistic = max(0, 2 * (full.logLikelihood - reduced.logLikelihood))
    degreesOfFreedom = full.count - reduced.count
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
