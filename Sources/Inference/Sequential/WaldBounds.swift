#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The bounds of Wald's sequential probability ratio test.
///
///     go on while ln B < ln Λ < ln A      A = (1 − β)/α      B = β/(1 − α)
///
/// `Λ` is the likelihood under the alternative over that under the null. The two errors are close to
/// what is asked, and neither exceeds `α/(1 − β)` or `β/(1 − α)`; rejecting at `1/α` instead of `A` keeps
/// the first below `α` for certain (see EValue).
///
/// Reference: Wald (1945), *Annals of Mathematical Statistics* 16, 117–186.
public struct WaldBounds: Hashable, Sendable {
  /// What the ratio says.
  public enum Decision: String, Codable, Sendable {
    /// Look at another session.
    case goOn
    /// The alternative fits.
    case alternative
    /// The null fits.
    case null
  }

  /// The error of rejecting a true null, `α`.
  public let alpha: Double
  /// The error of accepting a false one, `β`.
  public let beta: Double

  /// Creates bounds from two errors whose sum is below 1.
  public init(alpha: Double = 0.05, beta: Double = 0.2) {
    checkAlpha(alpha)
    checkAlpha(beta)
    precondition(alpha + beta < 1, "two errors together are below 1")
    self.alpha = alpha
    self.beta = beta
  }

  /// The bound at which the alternative is accepted, `ln A`, in nats.
  public var logUpper: Double { log((1 - beta) / alpha) }
  /// The bound at which the null is accepted, `ln B`, in nats.
  public var logLower: Double { log(beta / (1 - alpha)) }

  /// What a log likelihood ratio says.
  public func decision(logLikelihoodRatio ratio: Double) -> Decision {
    if ratio >= logUpper { return .alternative }
    return ratio <= logLower ? .null : .goOn
  }
}
