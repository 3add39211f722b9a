public import Probability

/// Thompson sampling for rewards that are counts, such as months kept or orders placed.
///
/// Each arm keeps a gamma posterior of its mean count, each cell its own set of them. A choice draws
/// once from every posterior and shows the arm with the greatest draw.
///
///     choose   argmaxₖ λₖ,   λₖ ~ Gamma(aₖ, rate bₖ)
///     learn    aₖ ← aₖ + r,   bₖ ← bₖ + 1
///
/// The propensities are exact, by quadrature over the logarithms of the rates. A choice is O(*K*),
/// memory O(cells · *K*).
///
/// Reference: Gelman et al. (2013), *Bayesian Data Analysis*, 3rd edition, section 2.6.
public struct GammaPoissonThompson: Policy, Hashable {
  /// The posterior of each arm's mean count.
  private var rates: CellTable<GammaDistribution>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - prior: The belief about every offer's mean count; its shape is 0.1 or more, for a lesser
  ///     one would put rates below the least double.
  public init(
    armCount: Int, cellCount: Int = 1, prior: GammaDistribution = GammaDistribution(shape: 1)
  ) {
    precondition(prior.shape >= 0.1, "the shape of the prior is 0.1 or more")
    rates = CellTable(armCount: armCount, cellCount: cellCount, repeating: prior)
  }

  public var armCount: Int { rates.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { rates.cellCount }

  /// The posterior of each arm in a context, by arm index.
  public func posteriors(in context: Context) -> [GammaDistribution] { Array(rates.row(context)) }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    // On logarithms, where draws of a small shape stay apart.
    GreatestDraw.arm(of: armCount) { rates[$0, context].logDraw(using: &rng) }
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestDraw.probabilities(rates.row(context).map { IndependentLaw(logarithmOf: $0) })
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(reward >= 0 && reward.isFinite, "a reward is a count from zero up")
    let known = rates[arm.index, context]
    rates[arm.index, context] = GammaDistribution(
      shape: known.shape + reward, scale: known.scale / (1 + known.scale))
  }
}
