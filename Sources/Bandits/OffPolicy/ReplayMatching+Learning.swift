internal import Inference
internal import Probability

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

extension ReplayMatching {
  /// Drives a learning policy through a log in the order of time.
  ///
  /// For each session the policy chooses; where the log chose the same, the policy learns the reward,
  /// and where not, the session is passed over as if it had never come. On a uniform log the sessions
  /// that remain are distributed as those of a live run of as many sessions as matched.
  ///
  /// Reference: Li, Chu, Langford and Wang (2011), theorem 1.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start; it is not changed.
  ///   - log: The log, in the order of time.
  /// - Returns: The value, the acceptance rate and the policy at the end.
  /// - Throws: `notUniform`, `noMatches`, or a floor that is not reached.
  public func replay<Learner: Policy>(
    _ policy: Learner, over log: DecisionLog
  ) throws(OffPolicyError) -> ReplayOutcome<Learner> {
    precondition(policy.armCount == log.armCount, "the policy has the arms of the log")
    try checkUniform(log)
    var learner = policy
    var rng = Philox(key)
    let matches: Matches = log.summary { matches, row in
      let context = Context(cell: Int(log.cells[row]))
      let choice = learner.choose(in: context, using: &rng)
      let matched = choice.index == Int(log.arms[row])
      matches.add(log.rewards[row], matched: matched, log.armCount)
      if matched { learner.learn(choice, reward: log.rewards[row], in: context) }
    }
    let estimate = try estimate(from: matches, supportedShare: 1)
    return ReplayOutcome(
      estimate: estimate, matches: matches.rewards.count,
      acceptanceRate: Double(matches.rewards.count) / Double(log.count), policy: learner)
  }
}
