public import Probability

/// Thompson sampling in a world that drifts: what is old counts for less.
///
///     learn    Sⱼ ← γ Sⱼ + r [j shown],   Fⱼ ← γ Fⱼ + (1 − r) [j shown],   every arm j of the cell
///     choose   argmaxₖ pₖ,   pₖ ~ Beta(α + Sₖ, β + Fₖ)
///
/// With a discount `γ` a cell remembers the last `1/(1 − γ)` of its sessions, by and large; what it forgets
/// of an arm it doubts again, back to the prior, and so returns to look. One is ``ThompsonSampling``.
///
/// The evidence is weighed, but what follows from it is a beta law as ever: the propensities are those
/// of independent beta draws, by quadrature, and nothing of their exactness is lost. Sessions that are
/// learnt late are discounted from when they are learnt. To choose or to learn is O(*K*).
///
/// Reference: Raj and Kalyani (2017), "Taming non-stationary bandits: a Bayesian approach",
/// arXiv:1707.09727, algorithm 1.
public struct DiscountedThompson: Policy, Hashable {
  /// The factor `γ` by which a session makes those before it count for less.
  public let discount: Double
  /// What is believed of every arm before its first session, and in the end after its last.
  public let prior: BetaDistribution
  private var evidence: CellTable<BernoulliEvidence>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - prior: The belief about every offer that nothing is remembered of.
  ///   - discount: The factor `γ`, above zero and at most one.
  public init(
    armCount: Int, cellCount: Int = 1, prior: BetaDistribution = .uniform, discount: Double
  ) {
    precondition(discount > 0 && discount <= 1, "a discount is above zero and at most one")
    self.discount = discount
    self.prior = prior
    evidence = CellTable(
      armCount: armCount, cellCount: cellCount, repeating: BernoulliEvidence())
  }

  public var armCount: Int { evidence.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { evidence.cellCount }

  /// The posterior of each arm in a context, by arm index.
  public func posteriors(in context: Context) -> [BetaDistribution] {
    evidence.row(context).map { $0.posterior(prior) }
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) {
      evidence[$0, context].posterior(prior).draw(using: &rng)
    }
  }

  public func propensities(in context: Context) -> [Double] {
    BetaComparison.probabilitiesOfBest(posteriors(in: context))
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    for other in 0..<armCount { evidence[other, context].fade(by: discount) }
    evidence[arm.index, context].add(reward)
  }
}
