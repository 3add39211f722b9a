public import Probability

/// Thompson sampling of a page: one draw from every posterior, the greatest shown in their order.
///
///     choose   a₁, …, a_L   with p_a₁ > p_a₂ > … > all others,   pₖ ~ Beta(αₖ, βₖ)
///     learn    αₖ ← αₖ + r,   βₖ ← βₖ + 1 − r   for each arm shown
///
/// Each arm keeps a beta posterior, each cell its own set of them. An arm's posterior does not mind the
/// slot: where lower slots are seen less, an arm that is often shown there looks worse than it is.
///
/// The propensities are exact, by quadrature and not by counting draws: of each arm in each slot (the
/// probability of its rank), and of each arm after those above it. The absolute error of both, and of
/// a page's, is some 1e-14; the law after slots that are themselves all but impossible has that error
/// divided by their chance.
///
/// A choice is O(*KL*), memory O(cells · *K*).
///
/// References: Thompson (1933), *Biometrika* 25, 285–294; Komiyama, Honda and Nakagawa (2015), *ICML*,
/// 1152–1161 (multiple plays).
public struct SlateThompson: SlatePolicy, Hashable {
  public let slotCount: Int
  /// Samplers of the posteriors.
  private var samplers: CellTable<BetaSampler>

  /// Creates a policy from what it believes of each arm, in every cell alike.
  ///
  /// - Parameters:
  ///   - priors: The belief about each arm at the start; at least as many as slots.
  ///   - slotCount: The number of slots, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  public init(priors: [BetaDistribution], slotCount: Int, cellCount: Int = 1) {
    precondition(0 < slotCount && slotCount <= priors.count, "a page has a slot, and arms for all")
    self.slotCount = slotCount
    samplers = CellTable(
      armCount: priors.count, cellCount: cellCount, repeating: BetaSampler(.uniform))
    for cell in 0..<cellCount {
      for (arm, prior) in priors.enumerated() {
        samplers[arm, Context(cell: cell)] = BetaSampler(prior)
      }
    }
  }

  /// Creates a policy that has seen no page and believes the same of every arm.
  public init(
    armCount: Int, slotCount: Int, cellCount: Int = 1, prior: BetaDistribution = .uniform
  ) {
    self.init(
      priors: Array(repeating: prior, count: armCount), slotCount: slotCount, cellCount: cellCount)
  }

  public var armCount: Int { samplers.armCount }

  /// The posterior of each arm in a context, by arm index.
  public func posteriors(in context: Context) -> [BetaDistribution] {
    samplers.row(context).map(\.distribution)
  }

  public func choose(in context: Context, using rng: inout Philox) -> [Arm] {
    let start = samplers.start(context)
    var best: [(arm: Int, draw: Double)] = []
    best.reserveCapacity(slotCount + 1)
    for arm in 0..<armCount {
      let draw = samplers.values[start + arm].draw(using: &rng)
      if best.count == slotCount, draw <= best[slotCount - 1].draw { continue }
      let place = best.firstIndex { draw > $0.draw } ?? best.count
      best.insert((arm, draw), at: place)
      if best.count > slotCount { best.removeLast() }
    }
    return best.map { Arm($0.arm) }
  }

  /// The exact law of the next arm; uniform over the others where those above have no chance at all.
  ///
  /// - Complexity: O(*K*) densities at some 130 points.
  public func propensities(after shown: [Arm], in context: Context) -> [Double] {
    let posteriors = posteriors(in: context)
    let next = BetaComparison.probabilitiesOfNext(after: shown.map(\.index), posteriors)
    let total = next.reduce(0, +)
    if total > 0 { return next.map { $0 / total } }
    let share = 1 / Double(armCount - shown.count)
    return (0..<armCount).map { shown.contains(Arm($0)) ? 0 : share }
  }

  /// The probability of each arm's ranks.
  ///
  /// - Complexity: O(*KL*²) at some 130 points.
  public func slotPropensities(in context: Context) -> [[Double]] {
    let ranks = BetaComparison.rankProbabilities(posteriors(in: context), upTo: slotCount)
    return (0..<slotCount).map { slot in ranks.map { $0[slot] } }
  }

  /// Learns the rewards that followed a page, by slot.
  ///
  /// - Parameters:
  ///   - page: The arms shown, by slot.
  ///   - rewards: The reward of each slot, in 0...1; fewer where the lower slots were not seen, which
  ///     then teach nothing.
  ///   - context: The context of the page.
  public mutating func learn(_ page: [Arm], rewards: [Double], in context: Context) {
    precondition(
      page.count <= slotCount && rewards.count <= page.count, "a slot has an arm and a reward")
    for (arm, reward) in zip(page, rewards) {
      precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
      let known = samplers[arm.index, context].distribution
      samplers[arm.index, context] = BetaSampler(
        known.adding(successes: reward, failures: 1 - reward))
    }
  }
}
