/// A learning policy's way through a log.
public struct ReplayOutcome<Learner: Policy>: Sendable {
  /// The value of the trajectory: the mean reward of the sessions that the policy took part in.
  public let estimate: PolicyEstimate
  /// The number of sessions whose logged arm the policy chose too, and that it learnt from.
  public let matches: Int
  /// The share of the log's sessions that matched; about 1/*K* on a uniform log.
  public let acceptanceRate: Double
  /// The policy as it was after the last session.
  public let policy: Learner
}

/// What would have come of a trial if a policy had run it, by the trial's own dates.
///
/// ``ReplayMatching``, ``RejectionReplay`` and ``DoublyRobustReplay`` give it where they are handed a
/// ``ReplaySchedule``.
public struct DatedReplay<Learner: Policy>: Sendable {
  /// The value, how much of the log stands behind it, and the policy at the end.
  public let outcome: ReplayOutcome<Learner>
  /// What happened in each period.
  public let course: ReplayCourse
}
