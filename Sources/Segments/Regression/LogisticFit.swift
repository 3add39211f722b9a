public import LinearAlgebra

/// A fitted logistic regression.
public struct LogisticFit: Hashable, Sendable {
  /// How the solver came to its end.
  public enum Status: Hashable, Sendable {
    /// The score vanished: the coefficients are the maximum.
    case converged
    /// The outcomes are separated: the coefficients of these columns grow without bound, and
    /// their signs tell which way.
    case separated(columns: [Int])
    /// No step along the Newton direction raised the objective any more.
    case stalled
    /// The last permitted step was taken.
    case iterationLimit
  }

  /// The coefficients `β̂`, one a column of the design, on the log-odds scale.
  public let coefficients: [Double]
  /// The log-likelihood at the coefficients, in nats, without a penalty.
  public let logLikelihood: Double
  /// The information at the coefficients, plus the penalty `λI` if there was one.
  public let information: Matrix
  /// The number of Newton steps over the whole data.
  public let iterations: Int
  /// How the solver came to its end; only a converged fit has a covariance.
  public let status: Status

  /// The model covariance `I(β̂)⁻¹` of the coefficients.
  ///
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  /// - Complexity: O(*p*³).
  public func modelCovariance() throws(FitError) -> Matrix {
    guard status == .converged else { throw .notConverged(status) }
    guard let factor = Cholesky(information) else {
      throw .singularInformation(iteration: iterations)
    }
    return factor.inverse()
  }
}
