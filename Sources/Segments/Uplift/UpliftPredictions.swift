/// The effects that a learner predicts, one a session, each by sessions of other customers.
public struct UpliftPredictions: Hashable, Sendable {
  /// What predicted them.
  public let learner: UpliftLearner
  /// The place of the arm.
  public let arm: Int
  /// The place of the arm that it is compared with.
  public let baseline: Int
  /// The predicted effect of each session, in the unit of the reward; sessions of other arms have
  /// one too.
  public let effects: [Double]
}
