#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// The policy that shows the offer whose saved rate could be the highest, by Chernoff's bound.
///
///     argmaxₖ max {q : nₖ KL(x̄ₖ, q) ≤ ln t}      ties share equally
///
/// with `KL(p, q) = p ln(p/q) + (1 − p) ln((1 − p)/(1 − q))`, after `nₖ` rewards of mean `x̄ₖ` and
/// `t = Σ nₖ` of all arms; an arm without a reward comes first. Rewards lie in 0...1; if they are 0 and 1,
/// the regret grows with the least slope that is possible, that of Lai and Robbins
/// (``BernoulliWorld/laiRobbinsSlope``). Each cell learns by itself.
///
/// What it shows next is known before it is shown; see ``UCB1``. A choice is O(*K*) roots, of
/// some five steps each.
///
/// Reference: Garivier and Cappé (2011), *COLT*, PMLR 19, 359–376, algorithm 1 with `c = 0`, as its
/// authors advise.
public struct KLUCB: Policy, Hashable {
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
    let threshold = log(Double(row.reduce(0) { $0 + $1.count }))
    return row.map { arm in
      guard let mean = arm.mean else { return .infinity }
      return Self.bound(mean: mean, divergence: threshold / Double(arm.count))
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

  /// The greatest `q` with `KL(p, q) ≤ d`.
  ///
  /// By Pinsker's inequality, `KL ≥ 2(q − p)²`, the root lies no more than `√(d/2)` above `p`; and
  /// `KL ≥ −(1 − p) ln(1 − q) − H(p)`, with the entropy `H`, is nearly equal where `q` nears 1.
  static func bound(mean p: Double, divergence d: Double) -> Double {
    if p >= 1 || d <= 0 { return p }
    if p <= 0 { return -expm1(-d) }
    let entropy = -p * log(p) - (1 - p) * log1p(-p)
    let top = min(p + (0.5 * d).squareRoot(), -expm1(-(d + entropy) / (1 - p)))
    guard top < 1 else { return 1 }
    // The divergence is convex in q: Newton's steps from above never pass the root, but by rounding.
    var q = top
    while true {
      let excess = p * log(p / q) + (1 - p) * (log1p(-p) - log1p(-q)) - d
      let next = max(p, q - excess * q * (1 - q) / (q - p))
      if !(next < q - 2 * q.ulp) { return q }
      q = next
    }
  }
}
