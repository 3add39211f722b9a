#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The beta distribution: what is known of a proportion after some successes and failures.
///
///     f(x) = x^(α−1) (1 − x)^(β−1) / B(α, β),   0 < x < 1
public struct BetaDistribution: Distribution, Hashable {
  /// The first shape `α`: successes, counting those of the prior.
  public let alpha: Double
  /// The second shape `β`: failures, counting those of the prior.
  public let beta: Double

  /// The uniform distribution, Beta(1, 1).
  public static let uniform = BetaDistribution(alpha: 1, beta: 1)

  /// Creates a beta distribution whose shapes are positive and finite.
  public init(alpha: Double, beta: Double) {
    precondition(alpha > 0 && alpha.isFinite, "the shape α is positive and finite")
    precondition(beta > 0 && beta.isFinite, "the shape β is positive and finite")
    self.alpha = alpha
    self.beta = beta
  }

  /// The posterior after more trials; a fractional success counts in part.
  public func adding(successes: Double, failures: Double) -> BetaDistribution {
    BetaDistribution(alpha: alpha + successes, beta: beta + failures)
  }

  public func logDensity(_ x: Double) -> Double {
    guard x > 0, x < 1 else { return -.infinity }
    return RegularizedBeta(alpha, beta).logMass(x) - log(x) - log1p(-x)
  }

  public func cdf(_ x: Double) -> Double { RegularizedBeta(alpha, beta).lower(x) }

  public func survival(_ x: Double) -> Double { RegularizedBeta(alpha, beta).upper(x) }

  public func logCDF(_ x: Double) -> Double { RegularizedBeta(alpha, beta).logLower(x) }

  public func logSurvival(_ x: Double) -> Double { RegularizedBeta(alpha, beta).logUpper(x) }

  public func quantile(_ p: Double) -> Double { RegularizedBeta(alpha, beta).inverseLower(p) }

  public func upperQuantile(_ q: Double) -> Double {
    RegularizedBeta(alpha, beta).inverseUpper(q)
  }

  /// `α / (α + β)`.
  public var mean: Double { alpha / (alpha + beta) }
  /// `αβ / ((α + β)² (α + β + 1))`.
  public var variance: Double {
    let total = alpha + beta
    return (alpha / total) * (beta / total) / (total + 1)
  }
  /// `ln B(α, β) − (α − 1) ψ(α) − (β − 1) ψ(β) + (α + β − 2) ψ(α + β)`, in nats.
  public var entropy: Double {
    let total = alpha + beta
    return 0.5 * (log(alpha / total) + log(beta / total) - log(total)) + halfLogTwoPi
      + stirlingError(alpha) + stirlingError(beta) - stirlingError(total)
      - (alpha - 1) * digammaExcess(alpha) - (beta - 1) * digammaExcess(beta)
      + (total - 2) * digammaExcess(total)
  }
}
