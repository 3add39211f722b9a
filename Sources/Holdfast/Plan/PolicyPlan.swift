internal import Probability

/// A policy to evaluate, as a plan names it.
public enum PolicyPlan: Hashable, Sendable {
  /// Every arm with equal probability.
  case uniform
  /// One arm for everybody.
  case always(String)
  /// Each arm for everybody in turn: as many policies as there are arms.
  case eachArm
  /// The arm that is best for everybody, learned on one half of the customers and valued on the other.
  case bestArm
  /// The arm that is best in each cell, learned on one half of the customers and valued on the other.
  case bestByCell
  /// As `bestByCell`, with a share of sessions spread over all arms.
  case epsilonGreedy(Double)
  /// A policy that learns while the log is replayed.
  case learner(LearnerPlan)
  /// Probabilities from a CSV file: the context columns, `arm`, `probability`.
  case table(name: String, file: String)

  /// The policies evaluated where a plan names none.
  public static let standard: [PolicyPlan] = [
    .uniform, .eachArm, .bestArm, .bestByCell, .learner(.thompson),
    .learner(LearnerPlan(.thompson(prior: .uniform), learnsByCell: true)),
  ]

  /// The words that name a policy without a value in a plan, beside those of ``LearnerPlan``.
  static let words: [(String, PolicyPlan)] = [
    ("uniform", .uniform), ("each-arm", .eachArm), ("best-arm", .bestArm),
    ("best-by-cell", .bestByCell),
  ]
}
