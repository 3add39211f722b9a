internal import Inference
internal import Probability

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
    var run = ReplayRun(policy, log, .atOnce(sessions: log.count), key)
    let estimate = try estimate(over: &run)
    return run.outcome(estimate)
  }

  /// Drives a learning policy through a log by the dates of its sessions and outcomes: what if the trial
  /// had been a bandit?
  ///
  /// The history that the policy sees is that of a live run which had as many sessions of each batch and
  /// waited for their outcomes as long. The value counts the reward of every session kept, learnt in time
  /// or not.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start; it is not changed.
  ///   - log: The log, in the order of time.
  ///   - schedule: When its sessions came, and when their outcomes were known.
  /// - Returns: The value, the acceptance rate and the policy at the end, with the course by period.
  /// - Throws: `notUniform`, `noMatches`, or a floor that is not reached.
  public func replay<Learner: Policy>(
    _ policy: Learner, over log: DecisionLog, by schedule: ReplaySchedule
  ) throws(OffPolicyError) -> DatedReplay<Learner> {
    var run = ReplayRun(policy, log, schedule, key, records: true)
    let estimate = try estimate(over: &run)
    return DatedReplay(outcome: run.outcome(estimate), course: run.course)
  }

  private func estimate(over run: inout ReplayRun<some Policy>) throws(OffPolicyError)
    -> PolicyEstimate
  {
    let log = run.log
    try checkUniform(log)
    let matches: Matches = log.summary { matches, row in
      matches.add(log.rewards[row], matched: run.match(row), log.armCount)
    }
    return try estimate(from: matches, supportedShare: 1)
  }
}
