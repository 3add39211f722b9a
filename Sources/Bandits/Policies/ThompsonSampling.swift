public import Probability

/// Thompson sampling for offers that either save a session or do not.
///
/// Each arm keeps a beta posterior, each cell its own set of them; with one cell the context is
/// ignored. A choice draws once from every posterior and shows the arm with the greatest draw.
///
///     choose   argmaxₖ pₖ,   pₖ ~ Beta(αₖ, βₖ)
///     learn    αₖ ← αₖ + r,   βₖ ← βₖ + 1 − r
///
/// With a floor `f` every arm is shown with probability at least `f`: a choice is uniform with
/// probability `Kf`, and the above otherwise. A log of it then bounds the weights of any later
/// estimate by `1/f`.
///
/// The propensities are exact: `P(pₖ > pⱼ for all j ≠ k)` by quadrature, not by counting draws.
/// A choice is O(*K*), memory O(cells · *K*).
///
/// References: Thompson (1933), *Biometrika* 25, 285–294; Chapelle and Li (2011), *NIPS* 24.
public struct ThompsonSampling: Policy, Hashable {
  /// The least probability `f` of every arm, from zero to 1/*K*.
  public let floor: Double
  /// Samplers of the posteriors.
  private var samplers: CellTable<BetaSampler>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - prior: The belief about every offer at the start; `Beta(1, 1)` is uniform.
  ///   - floor: The least probability of every arm, from zero to 1/*K*.
  public init(
    armCount: Int, cellCount: Int = 1, prior: BetaDistribution = .uniform, floor: Double = 0
  ) {
    precondition(0 <= floor && floor * Double(armCount) <= 1, "a floor lies in 0...1/K")
    self.floor = floor
    samplers = CellTable(
      armCount: armCount, cellCount: cellCount, repeating: BetaSampler(prior))
  }

  public var armCount: Int { samplers.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { samplers.cellCount }

  /// The posterior of each arm in a context, by arm index.
  public func posteriors(in context: Context) -> [BetaDistribution] {
    samplers.row(context).map(\.distribution)
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    if floor > 0, rng.uniform() < floor * Double(armCount) {
      return Arm(rng.index(below: armCount))
    }
    let start = samplers.start(context)
    let arms = samplers.values.span.extracting(start..<start + armCount)
    return Arm(BetaSampler.greatestDraw(of: arms, using: &rng))
  }

  public func propensities(in context: Context) -> [Double] {
    let share = 1 - floor * Double(armCount)
    return BetaComparison.probabilitiesOfBest(posteriors(in: context))
      .map { floor + share * $0 }
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    let known = samplers[arm.index, context].distribution
    samplers[arm.index, context] = BetaSampler(
      known.adding(successes: reward, failures: 1 - reward))
  }
}
