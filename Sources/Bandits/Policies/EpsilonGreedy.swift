public import Probability

/// The policy that shows the best offer so far, and now and then any offer.
///
///     with probability ε       an arm uniformly at random
///     with probability 1 − ε   an arm of greatest mean reward; ties share equally
///
/// An arm that a cell has not been shown yet counts as best, so that every arm is tried. Each cell
/// learns by itself; with one cell the context is ignored. A choice is O(*K*), memory O(cells · *K*).
///
/// Reference: Sutton and Barto (2018), *Reinforcement Learning*, second edition, section 2.4.
public struct EpsilonGreedy: Policy, Hashable {
  /// The probability `ε` of exploring.
  public let epsilon: Double
  private var seen: CellTable<RewardSum>

  /// Creates a policy that has seen no session.
  public init(armCount: Int, cellCount: Int = 1, epsilon: Double) {
    precondition(0 <= epsilon && epsilon <= 1, "a probability lies in 0...1")
    self.epsilon = epsilon
    seen = CellTable(armCount: armCount, cellCount: cellCount, repeating: RewardSum())
  }

  public var armCount: Int { seen.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { seen.cellCount }

  /// The mean reward of an arm in a context, or nil before its first.
  public func meanReward(_ arm: Arm, in context: Context) -> Double? {
    seen[arm.index, context].mean
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    if rng.uniform() < epsilon { return Arm(rng.index(below: armCount)) }
    return GreatestValue.choose(values(in: context), using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestValue.propensities(values(in: context)).map { greedy in
      epsilon / Double(armCount) + (1 - epsilon) * greedy
    }
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(reward.isFinite, "a reward is a number")
    seen[arm.index, context].add(reward)
  }

  /// The values of a context's arms, worked out as they are asked for.
  private func values(in context: Context) -> some Collection<Double> {
    seen.row(context).lazy.map { $0.mean ?? .infinity }
  }
}
