public import LinearAlgebra
internal import Probability

/// The coefficients of a Cox regression, and what is known of them.
public struct CoxFit: Hashable, Sendable {
  /// How the search ended.
  public enum Status: String, Codable, Sendable {
    /// At the greatest likelihood.
    case converged
    /// The likelihood rises for ever with a coefficient: where one level of a covariate has no event,
    /// say. The coefficient and its error mean nothing; the likelihood ratio does.
    case monotone
    /// At the limit of iterations, before the likelihood was greatest.
    case iterationLimit
  }

  /// The log hazard ratios `β`, one a covariate.
  public let coefficients: [Double]
  /// The inverse of the information: the covariance of `β`, if the model holds.
  public let covariance: Matrix
  /// The information at `β`.
  let information: Matrix
  /// How events at one time shared a risk set.
  public let ties: CoxTies
  /// The partial log likelihood at `β`.
  public let logLikelihood: Double
  /// The partial log likelihood at zero.
  public let nullLogLikelihood: Double
  /// The score statistic at zero, chi-squared with `p` degrees of freedom if no covariate matters.
  public let scoreStatistic: Double
  /// The number of Newton steps.
  public let iterations: Int
  /// How the search ended.
  public let status: Status

  /// The likelihood ratio statistic `2(ℓ(β) − ℓ(0))`, to be compared like the score statistic.
  public var likelihoodRatio: Double { 2 * (logLikelihood - nullLogLikelihood) }

  /// Wald's statistic `βᵀ I β`, to be compared like the score statistic.
  public var waldStatistic: Double {
    var sum = 0.0
    for row in coefficients.indices {
      for column in coefficients.indices {
        sum += coefficients[row] * information[row, column] * coefficients[column]
      }
    }
    return sum
  }

  /// The probability, if no covariate matters, of a statistic at least as large.
  public func pValue(of statistic: Double) -> Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(coefficients.count)).survival(statistic)
  }

  /// The standard errors `√diag`, from the model or from another covariance.
  public func standardErrors(_ covariance: Matrix? = nil) -> [Double] {
    let covariance = covariance ?? self.covariance
    return coefficients.indices.map { covariance[$0, $0].squareRoot() }
  }
}
