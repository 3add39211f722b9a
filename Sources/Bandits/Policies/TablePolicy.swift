public import Probability

/// The policy that chooses with the probabilities of a table, and never learns.
public struct TablePolicy: Policy, Hashable {
  /// The probability of each arm in each cell.
  public let probabilities: ActionTable

  /// Creates the policy from its probabilities.
  ///
  /// - Throws: ``OffPolicyError/notProbabilities(cell:sum:)`` if a row is negative somewhere or does
  ///   not sum to 1.
  public init(_ probabilities: ActionTable) throws(OffPolicyError) {
    try probabilities.checkProbabilities()
    self.probabilities = probabilities
  }

  public var armCount: Int { probabilities.armCount }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    probabilities.draw(in: context, using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    Array(probabilities.row(context.cell))
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {}
}
