internal import Bandits

/// Lets a policy learn on its way through the randomised sessions of a log, in the order of time: what if
/// the trial had been a bandit?
struct LearnerReplay: Sendable {
  /// What came of a policy's replays.
  struct Outcome: Sendable {
    var values: [PolicyRow] = []
    var course: [ReplayRow] = []
    var armValues: [AdaptiveRow] = []
  }

  private let log: EncodedLog
  private let plan: RunPlan
  private let valuation: PolicyValuation
  /// When sessions came and outcomes were known; nil where the policy learns at once.
  private let schedule: Result<ReplaySchedule, OffPolicyError>?

  init(_ log: EncodedLog, plan: RunPlan, rows: [Int]) {
    (self.log, self.plan) = (log, plan)
    let sample = PolicySample(
      log, rows: rows, "the randomised sessions that count", balances: false)
    valuation = PolicyValuation(log, plan: plan, sample)
    schedule = Self.schedule(log, plan: plan, rows: rows)
  }

  /// The dates of a log that has them; nil where it has none, or where the plan asks for none.
  private static func schedule(
    _ log: EncodedLog, plan: RunPlan, rows: [Int]
  ) -> Result<ReplaySchedule, OffPolicyError>? {
    guard plan.replay.outcomes == .dated, let times = log.times, let watches = log.watches else {
      return nil
    }
    let day = 86_400_000_000.0
    return Result { () throws(OffPolicyError) in
      try ReplaySchedule(
        times: rows.map { Double(times[$0]) / day },
        known: rows.map { row in watches[row].map { Double(times[row]) / day + $0.days } },
        every: plan.replay.batchSessions.map { .sessions($0) } ?? .days(plan.replay.batchDays),
        window: plan.windowDays)
    }
  }

  /// The values of a policy by each way of replaying, its course, and what its log would say of the arms.
  func outcome(of policy: some Policy, _ name: String) -> Outcome {
    guard valuation.sample.rewards.allSatisfy({ (0...1).contains($0) }) else {
      return Outcome(values: [
        valuation.row(name, "replay", refusal: "a learning policy needs rewards from 0 to 1")
      ])
    }
    return plan.replay.methods.reduce(into: Outcome()) { outcome, method in
      do throws(OffPolicyError) {
        let decisions = try valuation.sample.decisions.get()
        let dated = try schedule?.get()
        let replay = try replay(
          policy, over: decisions, by: method,
          dated ?? ReplaySchedule.atOnce(sessions: decisions.count))
        let row = row(name, replay.outcome)
        outcome.values.append(row)
        // A batch for each session makes no curve.
        guard dated != nil else { return }
        outcome.course += course(name, row.method, replay.course)
        if plan.replay.armValues { outcome.armValues += armValues(name, row, replay.course) }
      } catch {
        outcome.values.append(
          valuation.row(name, method.name, refusal: Refusal.sentence(error)))
      }
    }
  }

  private func replay<Learner: Policy>(
    _ policy: Learner, over decisions: DecisionLog, by method: RunPlan.ReplayPlan.Method,
    _ schedule: ReplaySchedule
  ) throws(OffPolicyError) -> DatedReplay<Learner> {
    let floors = EstimatorSuite.floors(plan)
    switch method {
    case .matching:
      return try ReplayMatching(seed: plan.seed, floors: floors)
        .replay(policy, over: decisions, by: schedule)
    case .rejection:
      return try RejectionReplay(seed: plan.seed, floors: floors)
        .replay(policy, over: decisions, by: schedule)
    case .doublyRobust:
      return try DoublyRobustReplay(
        model: plan.cellRewardModel.crossFit(decisions, units: valuation.sample.units),
        seed: plan.seed,
        floors: floors
      ).replay(policy, over: decisions, by: schedule)
    }
  }

  private func row<Learner: Policy>(
    _ name: String, _ outcome: ReplayOutcome<Learner>
  ) -> PolicyRow {
    var row = valuation.row(name, outcome.estimate.estimator, doubts: []) { outcome.estimate }
    row.acceptance = outcome.acceptanceRate
    row.warnings.append(timing)
    return row
  }

  /// When the policy learns, in words.
  private var timing: String {
    guard schedule != nil else {
      return "learned at once from each outcome; the \(plan.windowDays)-day wait is not simulated"
    }
    let batch =
      plan.replay.batchSessions.map { "\($0) sessions" }
      ?? "\(Decimals.shortest(plan.replay.batchDays)) days"
    return
      "learned every \(batch) what was known by then: a loss from the cancel on, a save after \(plan.windowDays) days"
  }

  private func course(_ name: String, _ method: String, _ course: ReplayCourse) -> [ReplayRow] {
    course.periods.enumerated().flatMap { number, period in
      log.arms.levels.enumerated().map { arm, level in
        ReplayRow(
          policy: name, method: method, period: number + 1,
          start: Instant.text(Int64((period.start * 86_400_000_000).rounded())),
          sessions: period.sessions, kept: period.kept, learnt: period.learnt,
          reward: period.reward, cumulativeReward: period.cumulativeReward, arm: level,
          shown: period.shown[arm], share: period.share(of: Arm(arm)),
          propensity: period.propensities[arm])
      }
    }
  }

  /// The arms as the log of the policy's own sessions values them.
  private func armValues(
    _ name: String, _ row: PolicyRow, _ course: ReplayCourse
  ) -> [AdaptiveRow] {
    let valuation = AdaptiveValuation(
      plan: plan, arms: log.arms.levels, source: "\(row.method) of \(name)")
    do throws(OffPolicyError) {
      return valuation.rows(
        of: try BatchedLog(course, cellCount: log.cells.levels.count), floor: nil)
    } catch {
      return [valuation.refused(Refusal.sentence(error))]
    }
  }
}

extension RunPlan.ReplayPlan.Method {
  /// The name of the rows where there is no estimate to name them.
  fileprivate var name: String {
    switch self {
    case .matching: "replay"
    case .rejection: "rejection replay"
    case .doublyRobust: "DR replay"
    }
  }
}
