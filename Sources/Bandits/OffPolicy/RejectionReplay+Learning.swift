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
    var course = ReplayCourse(policy, log, key)
    var kept = KeptRewards()
    for row in 0..<log.count {
      let step = course.step(row)
      kept.add(log.rewards[row], kept: step.kept, course.scale)
    }
    return course.outcome(try estimate(from: kept, supportedShare: 1))
  }
}

/// A learning policy on its way through a log by rejection.
struct ReplayCourse<Learner: Policy> {
  /// The share of the log that is kept on average, `c`.
  let scale: Double
  private let log: DecisionLog
  private var rng: Philox
  private var learner: Learner
  private var kept = 0

  init(_ policy: Learner, _ log: DecisionLog, _ key: StreamKey) {
    precondition(policy.armCount == log.armCount, "the policy has the arms of the log")
    scale = log.propensities.reduce(1, min)
    self.log = log
    rng = Philox(key)
    learner = policy
  }

  /// Takes the policy past a session.
  ///
  /// - Returns: Its probabilities before the session, and whether it had the session and learnt.
  mutating func step(_ row: Int) -> (propensities: [Double], kept: Bool) {
    let context = Context(cell: Int(log.cells[row]))
    let arm = Arm(Int(log.arms[row]))
    let propensities = learner.propensities(in: context)
    let keeps = rng.uniform() < scale * propensities[arm.index] / log.propensities[row]
    if keeps {
      learner.learn(arm, reward: log.rewards[row], in: context)
      kept += 1
    }
    return (propensities, keeps)
  }

  /// What came of it.
  func outcome(_ estimate: PolicyEstimate) -> ReplayOutcome<Learner> {
    ReplayOutcome(
      estimate: estimate, matches: kept, acceptanceRate: Double(kept) / Double(log.count),
      policy: learner)
  }
}
