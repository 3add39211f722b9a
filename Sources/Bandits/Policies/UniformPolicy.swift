public import Probability

/// The policy that shows every offer equally often, whatever it has seen.
///
/// Its logs are the easiest to learn from: every other policy can be replayed on them.
public struct UniformPolicy: Policy, Hashable {
  public let armCount: Int

  /// Creates the policy over a number of offers, at least one.
  public init(armCount: Int) {
    precondition(armCount > 0, "a policy needs an arm to show")
    self.armCount = armCount
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    Arm(rng.index(below: armCount))
  }

  public func propensities(in context: Context) -> [Double] {
    Array(repeating: 1 / Double(armCount), count: armCount)
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {}
}
