public import Probability

/// A rule that chooses which offer to show, and may learn from what follows.
///
/// A policy is a value: a copy is an independent learner, which is what a replication needs. It sees
/// a session only by its ``Context``, and all its randomness comes from the generator it is handed.
public protocol Policy: Sendable {
  /// The number of offers to choose from, `K`.
  var armCount: Int { get }
  /// Chooses the offer for a session.
  func choose(in context: Context, using rng: inout Philox) -> Arm
  /// The exact probability with which `choose` would take each arm now; they sum to 1.
  func propensities(in context: Context) -> [Double]
  /// Learns the reward that followed a choice.
  mutating func learn(_ arm: Arm, reward: Double, in context: Context)
}
