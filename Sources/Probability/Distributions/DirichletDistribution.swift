#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Dirichlet distribution: what is known of the shares of several categories, which sum to 1.
///
///     f(x) = Π xᵢ^(αᵢ−1) / B(α),   B(α) = Π Γ(αᵢ) / Γ(Σ αᵢ)
public struct DirichletDistribution: Hashable, Sendable {
  /// The concentrations `αᵢ`: counts, with those of the prior.
  public let concentrations: [Double]

  /// Creates a Dirichlet distribution of at least two positive, finite concentrations.
  public init(concentrations: [Double]) {
    precondition(concentrations.count > 1, "there are at least two shares")
    precondition(
      concentrations.allSatisfy { $0 > 0 && $0.isFinite }, "concentrations are positive and finite")
    self.concentrations = concentrations
  }

  /// `αᵢ / Σ α`.
  public var mean: [Double] { concentrations.map { $0 / total } }
  /// The variance of each share.
  public var variance: [Double] { concentrations.indices.map { marginal($0).variance } }

  /// The distribution of one share: Beta(αᵢ, Σ α − αᵢ).
  public func marginal(_ index: Int) -> BetaDistribution {
    let others = concentrations.indices.reduce(0) { $1 == index ? $0 : $0 + concentrations[$1] }
    return BetaDistribution(alpha: concentrations[index], beta: others)
  }

  /// The logarithm of the density with respect to all shares but one; −∞ where a share is not
  /// positive.
  public func logDensity(_ shares: [Double]) -> Double {
    precondition(shares.count == concentrations.count, "every category has a share")
    guard shares.allSatisfy({ $0 > 0 }) else { return -.infinity }
    // The beta function of many arguments is a product of those of two.
    var (sum, gathered) = (0.0, 0.0)
    for (alpha, share) in zip(concentrations, shares) {
      if gathered > 0 { sum -= logBeta(gathered, alpha) }
      gathered += alpha
      sum += (alpha - 1) * log(share)
    }
    return sum
  }

  private var total: Double { concentrations.reduce(0, +) }
}
