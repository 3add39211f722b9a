internal import LinearAlgebra
internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What is reported of a logistic regression: its coefficients with their tests, and measures of fit.
///
///     deviance = 2(ℓ̂_saturated − ℓ̂)        AIC = 2p − 2ℓ̂        BIC = p ln n − 2ℓ̂        R² = 1 − ℓ̂/ℓ̂₀
///
/// `ℓ̂₀` is that of the intercept alone, with the same offset and weights. A row that stands for `m` sessions of
/// which a share was saved is a binomial count: then AIC, BIC and `logLikelihood` include the
/// logarithm of its coefficient, as R's do, while R² does not, so that it is the same for counted sessions.
///
/// References: Akaike (1974), *IEEE Transactions on Automatic Control* 19, 716–723; Schwarz (1978), *Annals of
/// Statistics* 6, 461–464; McFadden (1974), in *Frontiers in Econometrics*, 105–142.
public struct LogisticSummary: Hashable, Sendable {
  /// One coefficient.
  public struct Coefficient: Hashable, Sendable {
    /// The column of the design.
    public let name: String
    /// The estimate with its standard error, under the model.
    public let wald: WaldTest
  }

  /// The coefficients, in the order of the design.
  public let coefficients: [Coefficient]
  /// The deviance of the model.
  public let deviance: Double
  /// The deviance of the intercept alone.
  public let nullDeviance: Double
  /// The log-likelihood of the model, in nats.
  public let logLikelihood: Double
  /// The log-likelihood of the intercept alone, in nats.
  public let nullLogLikelihood: Double
  /// McFadden's R², zero or more; nil if the intercept alone explains all.
  public let pseudoRSquared: Double?
  /// The test of all coefficients but the intercept; nil if there are no others.
  public let likelihoodRatio: LikelihoodRatioTest?
  /// The number of sessions, `n`.
  public let sessionCount: Double

  /// Summarises a fit.
  ///
  /// - Parameters:
  ///   - fit: The fit, whose design holds an intercept.
  ///   - names: The name of each coefficient.
  ///   - likelihood: The outcomes that were fitted.
  /// - Throws: `notConverged` or `singularInformation` if the fit has no covariance, or what the fit of the
  ///   intercept alone throws.
  /// - Complexity: O(*n* + *p*³).
  public init(
    _ fit: LogisticFit, names: [String], _ likelihood: LogisticLikelihood
  ) throws(FitError) {
    precondition(names.count == fit.coefficients.count, "each coefficient has a name")
    let covariance = try fit.modelCovariance()
    var coefficients: [Coefficient] = []
    for (index, name) in names.enumerated() {
      guard let wald = fit.wald(coefficient: index, covariance: covariance) else {
        throw .singularInformation(iteration: fit.iterations)
      }
      coefficients.append(Coefficient(name: name, wald: wald))
    }
    self.coefficients = coefficients
    let null = try NewtonSolver().fit(
      CategoricalMatrix.intercept(rows: likelihood.outcomes.count), likelihood)
    deviance = likelihood.deviance(of: fit.logLikelihood)
    nullDeviance = likelihood.deviance(of: null.logLikelihood)
    let constant = likelihood.logBinomialCoefficients
    logLikelihood = fit.logLikelihood + constant
    nullLogLikelihood = null.logLikelihood + constant
    pseudoRSquared = null.logLikelihood < 0 ? 1 - fit.logLikelihood / null.logLikelihood : nil
    likelihoodRatio = names.count > 1 ? try LikelihoodRatioTest(full: fit, reduced: null) : nil
    sessionCount = likelihood.sessionCount
  }

  /// Akaike's criterion.
  public var aic: Double { 2 * Double(coefficients.count) - 2 * logLikelihood }

  /// Schwarz's criterion.
  public var bic: Double { Double(coefficients.count) * log(sessionCount) - 2 * logLikelihood }
}

extension LogisticLikelihood {
  /// The sum of the logarithms of the rows' binomial coefficients; 0 unless every row is a count of sessions.
  fileprivate var logBinomialCoefficients: Double {
    guard let weights else { return 0 }
    var sum = 0.0
    for (outcome, weight) in zip(outcomes, weights) {
      let successes = (outcome * weight).rounded()
      guard weight == weight.rounded(), abs(outcome * weight - successes) <= 1e-9 * max(1, weight)
      else {
        return 0
      }
      sum += logGamma(weight + 1) - logGamma(successes + 1) - logGamma(weight - successes + 1)
    }
    return sum
  }
}
