public import LinearAlgebra

/// A logistic regression whose coefficients are finite whether or not the outcomes are separated.
public struct BiasReducedFit: Hashable, Sendable {
  /// The coefficients, one a column of the design, on the log-odds scale.
  public let coefficients: [Double]
  /// The log-likelihood at the coefficients, in nats, without the penalty.
  public let logLikelihood: Double
  /// The information `XᵀWX` at the coefficients.
  public let information: Matrix
  /// The number of steps over the whole data.
  public let iterations: Int
  /// How the solver came to its end; a bias-reduced fit is never separated.
  public let status: LogisticFit.Status
  /// The adjustment of the score.
  public let reduction: BiasReduction

  /// The logarithm of the likelihood times Jeffreys' prior, `ℓ + ½ ln |I|`; nil under an adjustment
  /// that maximises nothing, or if the information is singular.
  public var penalizedLogLikelihood: Double? {
    guard reduction == .mean, let factor = Cholesky(information) else { return nil }
    return logLikelihood + factor.logDeterminant / 2
  }

  /// The covariance `I(β̂)⁻¹` of the coefficients.
  ///
  /// - Throws: `notConverged` if the coefficients are not the root of the adjusted score.
  /// - Complexity: O(*p*³).
  public func modelCovariance() throws(FitError) -> Matrix {
    try status.covariance(information, iterations: iterations)
  }

  /// The Wald test of one coefficient; nil if the variance is not positive.
  ///
  /// With few sessions in a cell the likelihood is skewed, and the profile interval is the better.
  public func wald(coefficient: Int, covariance: Matrix) -> WaldTest? {
    WaldTest(
      estimate: coefficients[coefficient],
      standardError: covariance[coefficient, coefficient].squareRoot())
  }
}
