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
  public let armCount: Int
  /// The number of cells that learn apart from one another.
  public let cellCount: Int
  /// The probability `ε` of exploring.
  public let epsilon: Double
  private var counts: [Int]
  private var rewards: [Double]

  /// Creates a policy that has seen no session.
  public init(armCount: Int, cellCount: Int = 1, epsilon: Double) {
    precondition(armCount > 0, "a policy needs an arm to show")
    precondition(cellCount > 0, "a policy needs a cell to learn in")
    precondition(0 <= epsilon && epsilon <= 1, "a probability lies in 0...1")
    self.armCount = armCount
    self.cellCount = cellCount
    self.epsilon = epsilon
    counts = Array(repeating: 0, count: armCount * cellCount)
    rewards = Array(repeating: 0, count: armCount * cellCount)
  }

  /// The mean reward of an arm in a context, or nil before its first.
  public func meanReward(_ arm: Arm, in context: Context) -> Double? {
    let index = offset(context) + arm.index
    return counts[index] > 0 ? rewards[index] / Double(counts[index]) : nil
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    if rng.uniform() < epsilon { return Arm(rng.index(below: armCount)) }
    let (best, ties) = greatest(in: context)
    var rank = ties == 1 ? 0 : rng.index(below: ties)
    for arm in 0..<armCount where value(offset(context) + arm) == best {
      if rank == 0 { return Arm(arm) }
      rank -= 1
    }
    preconditionFailure("the greatest value belongs to an arm")
  }

  public func propensities(in context: Context) -> [Double] {
    let (best, ties) = greatest(in: context)
    return (0..<armCount).map { arm in
      let greedy = value(offset(context) + arm) == best ? (1 - epsilon) / Double(ties) : 0
      return epsilon / Double(armCount) + greedy
    }
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(reward.isFinite, "a reward is a number")
    counts[offset(context) + arm.index] += 1
    rewards[offset(context) + arm.index] += reward
  }

  private func offset(_ context: Context) -> Int {
    cellCount == 1 ? 0 : context.cell * armCount
  }

  private func value(_ index: Int) -> Double {
    counts[index] > 0 ? rewards[index] / Double(counts[index]) : .infinity
  }

  /// The greatest value in a context, and how many arms have it.
  private func greatest(in context: Context) -> (value: Double, ties: Int) {
    var best = (value: -Double.infinity, ties: 0)
    for arm in 0..<armCount {
      let value = value(offset(context) + arm)
      if value > best.value {
        best = (value, 1)
      } else if value == best.value {
        best.ties += 1
      }
    }
    return best
  }
}
