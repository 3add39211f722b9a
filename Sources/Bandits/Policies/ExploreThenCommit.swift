public import Probability

/// The policy of a test and a roll-out: every offer so many times, then the best of them for good.
///
///     while an arm has fewer than m rewards      one of those, uniformly at random
///     then                                       an arm of greatest mean reward; ties share equally
///
/// What follows once every arm has its `m` is not learnt: the test is over. Each cell has a test of its
/// own. With `m` rewards an arm, of standard deviation `σ` at most, the better of two arms that differ by `Δ`
/// is missed with a probability of `exp(−mΔ²/(4σ²))` at most; that costs regret in proportion to time, which the
/// policies that go on learning do not pay.
///
/// Reference: Lattimore and Szepesvári (2020), *Bandit Algorithms*, chapter 6.
public struct ExploreThenCommit: Policy, Hashable {
  /// The number of rewards `m` of every arm before the policy commits.
  public let sessionsPerArm: Int
  private var seen: CellTable<RewardSum>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - sessionsPerArm: The rewards of every arm before the policy commits, at least one.
  public init(armCount: Int, cellCount: Int = 1, sessionsPerArm: Int) {
    precondition(sessionsPerArm > 0, "a test shows every arm")
    self.sessionsPerArm = sessionsPerArm
    seen = CellTable(armCount: armCount, cellCount: cellCount, repeating: RewardSum())
  }

  public var armCount: Int { seen.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { seen.cellCount }

  /// Whether every arm has had its rewards in a context.
  public func isCommitted(in context: Context) -> Bool {
    seen.row(context).allSatisfy { $0.count >= sessionsPerArm }
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestValue.choose(values(in: context), using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestValue.propensities(values(in: context))
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(reward.isFinite, "a reward is a number")
    if !isCommitted(in: context) { seen[arm.index, context].add(reward) }
  }

  /// The means; while there is a test, an arm that it still needs is worth more than any other.
  private func values(in context: Context) -> [Double] {
    let isCommitted = isCommitted(in: context)
    return seen.row(context).map { arm in
      if isCommitted, let mean = arm.mean { return mean }
      return arm.count < sessionsPerArm ? 1 : 0
    }
  }
}
