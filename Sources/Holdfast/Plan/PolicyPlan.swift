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
  /// Thompson sampling that learns while the log is replayed; contextual if it learns cell by cell.
  case thompson(contextual: Bool)
  /// Probabilities from a CSV file: the context columns, `arm`, `probability`.
  case table(name: String, file: String)

  /// The policies evaluated where a plan names none.
  public static let standard: [PolicyPlan] = [
    .uniform, .eachArm, .bestArm, .bestByCell, .thompson(contextual: false),
    .thompson(contextual: true),
  ]

  /// The words that name a policy without a value in a plan.
  static let words: [(String, PolicyPlan)] = [
    ("uniform", .uniform), ("each-arm", .eachArm), ("best-arm", .bestArm),
    ("best-by-cell", .bestByCell), ("thompson", .thompson(contextual: false)),
    ("thompson-by-cell", .thompson(contextual: true)),
  ]
}
