internal import Inference
internal import Probability

extension RejectionReplay {
  /// Drives a learning policy through a log that need not be uniform.
  ///
  /// A session is kept with the probability `c π(a | x)/p`, where `π` is the policy as it is by then and
  /// `c` the least propensity of the log, which no policy exceeds; the policy learns from what is kept.
  /// The history that it sees is distributed as that of a live run of as many sessions.
  ///
  /// Reference: Dudík, Erhan, Langford and Li (2012), section 3.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start; it is not changed.
  ///   - log: The log, in the order of time.
  /// - Returns: The value, the acceptance rate and the policy at the end.
  /// - Throws: `noMatches`, or a floor that is not reached.
  public func replay<Learner: Policy>(
    _ policy: Learner, over log: DecisionLog
  ) throws(OffPolicyError) -> ReplayOutcome<Learner> {
    var run = ReplayRun(policy, log, .atOnce(sessions: log.count), key)
    let estimate = try estimate(over: &run)
    return run.outcome(estimate)
  }

  /// Drives a learning policy through a log by the dates of its sessions and outcomes.
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
  /// - Throws: `noMatches`, or a floor that is not reached.
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
    var kept = KeptRewards()
    for row in 0..<run.log.count {
      kept.add(run.log.rewards[row], kept: run.reject(row), run.scale)
    }
    return try estimate(from: kept, supportedShare: 1)
  }
}
