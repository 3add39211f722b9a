/// A way to tell from one policy's log what another policy would have earned a session.
///
///     V(π) = E[ Σₐ π(a | x) r(x, a) ]
///
/// An estimator is a value that holds its settings and what else it needs (a reward model, a random
/// stream). It answers with a ``PolicyEstimate``, or abstains and says why.
public protocol OffPolicyEstimator: Sendable {
  /// The name of the estimator.
  var name: String { get }
  /// What the log must show before the estimator answers.
  var floors: EvidenceFloors { get }
  /// Estimates the value of the policy that chooses with a table of probabilities.
  ///
  /// - Complexity: O(*n*) for *n* sessions, in one pass or two.
  func estimate(_ target: ActionTable, on log: DecisionLog) throws(OffPolicyError)
    -> PolicyEstimate
}
