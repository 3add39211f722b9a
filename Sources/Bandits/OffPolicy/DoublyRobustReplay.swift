internal import Inference
public import Probability

/// Doubly robust replay of a learning policy: it learns by rejection, and every session counts.
///
///     Rᵢ = Σₐ πᵢ(a | xᵢ) q̂(xᵢ, a) + πᵢ(aᵢ | xᵢ)/pᵢ · (rᵢ − q̂(xᵢ, aᵢ))      V̂ = (1/n) Σᵢ Rᵢ
///     the policy learns from session i with the probability  c πᵢ(aᵢ | xᵢ)/pᵢ,   c = min pᵢ
///
/// `πᵢ` is the policy as its kept history made it by session `i`. A session that is dropped still tells
/// the value of the policy of that moment; where `c` is small against the propensities of the arms that
/// the policy likes, the estimate varies far less than the mean of the rewards kept. It is the value over a trial in which each stage of learning lasts `1/c` sessions: the
/// mean over as many sessions as were kept. The standard error takes the spread about the mean over
/// the whole course, so that what the policy learns in between counts as spread, too.
///
/// Reference: Dudík, Erhan, Langford and Li (2012), *UAI*, 247–254, algorithm 1 with `q = 0`, where it
/// has no bias.
public struct DoublyRobustReplay: Hashable, Sendable {
  /// What the replay must rest on before it answers.
  public var floors: EvidenceFloors
  /// The model of the rewards.
  public let model: RewardModel
  /// The stream of the draws that keep or drop.
  public let key: StreamKey

  /// Creates the replay from a model of the rewards; a seed decides which sessions are kept.
  public init(model: RewardModel, seed: UInt64, floors: EvidenceFloors = EvidenceFloors()) {
    key = StreamKey(seed: seed, purpose: .replay, index: 1)
    self.model = model
    self.floors = floors
  }

  /// Drives a learning policy through a log.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start; it is not changed.
  ///   - log: The log, in the order of time.
  /// - Returns: The value, the acceptance rate and the policy at the end.
  /// - Throws: A floor that is not reached, or `noVariation`.
  /// - Complexity: O(*nK*) and the policy's own cost of its propensities, for *n* sessions.
  public func replay<Learner: Policy>(
    _ policy: Learner, over log: DecisionLog
  ) throws(OffPolicyError) -> ReplayOutcome<Learner> {
    var run = ReplayRun(policy, log, .atOnce(sessions: log.count), key)
    let estimate = try estimate(over: &run)
    return run.outcome(estimate)
  }

  /// Drives a learning policy through a log by the dates of its sessions and outcomes.
  ///
  /// The value is that of the policy as it was in each batch, over the sessions that came then: the dates
  /// fix how long each stage of learning lasts.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start; it is not changed.
  ///   - log: The log, in the order of time.
  ///   - schedule: When its sessions came, and when their outcomes were known.
  /// - Returns: The value, the acceptance rate and the policy at the end, with the course by period.
  /// - Throws: A floor that is not reached, or `noVariation`.
  /// - Complexity: O(*nK*), and the policy's own cost of its propensities for each batch and cell.
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
    precondition(
      model.folds.isEmpty || model.folds.count == log.count, "a model's folds are the log's rows")
    var summary = WeightedTerms()
    for row in 0..<log.count {
      _ = run.reject(row)
      let table = model.tables[model.folds.isEmpty ? 0 : Int(model.folds[row])]
      let (cell, arm) = (Int(log.cells[row]), Int(log.arms[row]))
      let weight = run.laws[cell, arm] / log.propensities[row]
      var term = weight * (log.rewards[row] - table[cell, arm])
      for other in 0..<log.armCount { term += run.laws[cell, other] * table[cell, other] }
      summary.add(weight: weight, term: term)
    }
    return try floors.meanOfTerms(summary, by: "DR replay", supportedShare: 1)
  }
}
