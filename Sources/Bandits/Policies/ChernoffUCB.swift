#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// The policy that shows the offer whose saved rate could be the highest, by the multiplicative form of
/// Chernoff's bound.
///
///     argmaxₖ x̄ₖ + √(2 x̄ₖ L/nₖ) + 2L/nₖ,    L = ½ ln t      ties share equally
///
/// after `nₖ` rewards of mean `x̄ₖ` and `t = Σ nₖ` of all arms; an arm without a reward comes first. Rewards
/// lie in 0...1. Each cell learns by itself. It is the comparator of Chapelle and Li's study of Thompson
/// sampling; ``KLUCB`` solves for the bound that this one relaxes, and learns faster.
///
/// What it shows next is known before it is shown; see ``UCB1``. A choice is O(*K*).
///
/// Reference: Chapelle and Li (2011), "An empirical evaluation of Thompson sampling", *NIPS* 24, section 3,
/// with `δ = √(1/t)`.
public struct ChernoffUCB: Policy, Hashable {
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
    let logarithm = 0.5 * log(Double(row.reduce(0) { $0 + $1.count }))
    return row.map { arm in
      guard let mean = arm.mean else { return .infinity }
      let share = logarithm / Double(arm.count)
      return mean + (2 * mean * share).squareRoot() + 2 * share
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
