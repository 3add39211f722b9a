public import Probability

/// The policy that always shows the same offer, or the same offer to each cell.
public struct FixedPolicy: Policy, Hashable {
  public let armCount: Int
  /// The offer of each cell; a single one is for every session.
  public let arms: [Arm]

  /// Creates the policy that shows one offer to everyone.
  public init(_ arm: Arm, armCount: Int) { self.init([arm], armCount: armCount) }

  /// Creates the policy that shows each cell its own offer.
  public init(_ arms: [Arm], armCount: Int) {
    precondition(!arms.isEmpty, "a fixed policy names an arm")
    precondition(
      arms.allSatisfy { (0..<armCount).contains($0.index) }, "an arm's index lies below armCount")
    self.arms = arms
    self.armCount = armCount
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    arms.count == 1 ? arms[0] : arms[context.cell]
  }

  public func propensities(in context: Context) -> [Double] {
    var propensities = Array(repeating: 0.0, count: armCount)
    propensities[(arms.count == 1 ? arms[0] : arms[context.cell]).index] = 1
    return propensities
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {}
}
