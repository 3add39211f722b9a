internal import Bandits
internal import Inference
internal import Probability

/// Values each policy of the plan from what was logged.
struct PolicyAnalysis: Sendable {
  let log: EncodedLog
  let plan: RunPlan
  private let candidates: [PolicyCandidate]
  private let whole: PolicyValuation
  private let learning: PolicySample
  private let valuing: PolicyValuation
  /// The values of net margins, on all sessions and on the valuing half; nil where that is not asked.
  private let margins: (whole: PolicyValuation, valuing: PolicyValuation)?
  private let replay: LearnerReplay

  init(_ log: EncodedLog, plan: RunPlan) throws(RunError) {
    self.log = log
    self.plan = plan
    candidates = try PolicyCandidate.candidates(of: plan, log: log)
    let rows = log.rows(experimentOnly: false)
    // Halves by customer: what is learned from one is valued on the other.
    let key = StreamKey(seed: plan.seed, purpose: .halves)
    let isLearning = rows.map { row in
      var rng = Philox(key.child(log.units[row]))
      return rng.next() >> 63 == 0
    }
    let other = zip(rows, isLearning).filter { !$0.1 }.map(\.0)
    let everybody = "every session that counts"
    let half = "the half of the customers that the policy was not learned from"
    func valuation(_ rows: [Int], _ description: String) -> PolicyValuation {
      PolicyValuation(log, plan: plan, PolicySample(log, rows: rows, description))
    }
    whole = valuation(rows, everybody)
    valuing = valuation(other, half)
    learning = PolicySample(
      log, rows: zip(rows, isLearning).filter(\.1).map(\.0), "the half that learns")
    margins = try NetMargin(log, plan: plan).map { margin in
      (margin.valuation(rows, everybody), margin.valuation(other, half))
    }
    replay = LearnerReplay(
      log, plan: plan,
      PolicySample(
        log, rows: rows.filter { log.isExperiment[$0] }, "the randomised sessions that count"))
  }

  /// The rows of every policy, in the order of the plan, whatever the number of threads; and of every
  /// check of the log.
  func run() async -> (rows: [PolicyRow], audit: [AuditRow]) {
    guard log.propensities != nil else {
      return (
        [asLogged]
          + candidates.map {
            whole.row($0.name, "none", refusal: "the log has no propensities")
          }, []
      )
    }
    let results = await Ordered.map(candidates, threads: plan.threads) { rows(of: $0) }
    return (
      [asLogged] + results.flatMap(\.values),
      whole.calibration.map { AuditRow($0, log, plan) } + results.flatMap(\.audit)
    )
  }

  /// What was earned while the log was made.
  private var asLogged: PolicyRow {
    let moments = Moments(whole.sample.rewards)
    guard moments.count > 1 else {
      return whole.row("as logged", "mean", refusal: "no session counts")
    }
    let margin = StandardNormal.upperQuantile((1 - plan.level) / 2) * moments.standardError
    var row = whole.row("as logged", "mean", refusal: "")
    row.intervalMethod = "normal"
    row.estimate = Estimate(
      moments.mean, standardError: moments.standardError,
      interval: Interval(lower: moments.mean - margin, upper: moments.mean + margin))
    row.effectiveSampleSize = Double(moments.count)
    return row
  }

  private func rows(
    of candidate: PolicyCandidate
  ) -> (values: [PolicyRow], audit: [AuditRow]) {
    switch candidate.kind {
    case .target(let target): return rows(of: target, candidate.name, by: whole, margins?.whole)
    case .learned(let byCell, let epsilon):
      do throws(OffPolicyError) {
        let target = try PolicyLearner(plan: plan).table(
          from: learning.decisions.get(), byCell: byCell, epsilon: epsilon)
        return rows(of: target, candidate.name, by: valuing, margins?.valuing)
      } catch {
        return ([valuing.row(candidate.name, "none", refusal: Refusal.sentence(error))], [])
      }
    case .replayed(let policy): return (replay.rows(of: policy, candidate.name), [])
    }
  }

  private func rows(
    of target: ActionTable, _ policy: String, by valuation: PolicyValuation,
    _ margin: PolicyValuation?
  ) -> (values: [PolicyRow], audit: [AuditRow]) {
    var (values, audit) = valuation.rows(of: target, policy)
    values += valuation.quantiles(of: target, policy)
    if let more = margin?.rows(of: target, policy) {
      values += more.values
      audit += more.audit.filter { $0.check == .topWeightShare }
    }
    return (values, audit)
  }
}
