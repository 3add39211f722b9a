#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// The policy that shows the offer whose saved rate could be the highest, by Hoeffding's bound.
///
///     argmaxₖ x̄ₖ + √(2 ln t / nₖ)      ties share equally
///
/// after `nₖ` rewards of mean `x̄ₖ` and `t = Σ nₖ` of all arms; an arm without a reward comes first. Rewards
/// lie in 0...1. Each cell learns by itself. Its expected regret is at most `Σ 8 ln t/Δₖ + O(1)`;
/// ``KLUCB`` is never worse by much, and better by far where rates are near 0 or 1.
///
/// What it shows next is known before it is shown, so that its logs support no estimate of another
/// policy unless a floor is put under it: ``Floored``. A choice is O(*K*).
///
/// Reference: Auer, Cesa-Bianchi and Fischer (2002), *Machine Learning* 47, 235–256, theorem 1.
public struct UCB1: Policy, Hashable {
  private var seen: CellTable<RewardSum>

  /// Creates a policy that has seen no session.
  public init(armCount: Int, cellCount: Int = 1) {
    seen = CellTable(armCount: armCount, cellCount: cellCount, repeating: RewardSum())
  }

  public var armCount: Int { seen.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { seen.cellCount }

  /// The upper bound of each arm in a context; infinite before its first reward.
  public func bounds(in context: Context) -> [Double] {
    let row = seen.row(context)
    let time = row.reduce(0) { $0 + $1.count }
    return row.map { arm in
      guard let mean = arm.mean else { return .infinity }
      return mean + (2 * log(Double(time)) / Double(arm.count)).squareRoot()
    }
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestValue.choose(bounds(in: context), using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestValue.propensities(bounds(in: context))
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    seen[arm.index, context].add(reward)
  }
}
