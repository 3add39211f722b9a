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
    let halves = CustomerHalves(rows.map { log.units[$0] }, seed: plan.seed)
    let other = halves.other.map { rows[$0] }
    let everybody = "every session that counts"
    let half = "the half of the customers that the policy was not learned from"
    func valuation(_ rows: [Int], _ description: String) -> PolicyValuation {
      PolicyValuation(log, plan: plan, PolicySample(log, rows: rows, description))
    }
    whole = valuation(rows, everybody)
    valuing = valuation(other, half)
    learning = PolicySample(
      log, rows: halves.learning.map { rows[$0] }, "the half that learns")
    if let months = plan.offPolicy.netMarginMonths {
      let margin = try NetMargin(log, plan: plan, months: months, key: "offPolicy.netMargin")
      margins = (margin.valuation(rows, everybody), margin.valuation(other, half))
    } else {
      margins = nil
    }
    replay = LearnerReplay(log, plan: plan, rows: rows.filter { log.isExperiment[$0] })
  }

  /// What is found of policies.
  struct Outcome: Sendable {
    var values: [PolicyRow] = []
    var audit: [AuditRow] = []
    var replays: [ReplayRow] = []
    var adaptive: [AdaptiveRow] = []

    mutating func add(_ other: Outcome) {
      values += other.values
      audit += other.audit
      replays += other.replays
      adaptive += other.adaptive
    }
  }

  /// The rows of every policy, in the order of the plan, whatever the number of threads; and of every
  /// check of the log.
  func run() async -> Outcome {
    var outcome = Outcome(values: [asLogged])
    let pages = SlateAnalysis(log, plan: plan)?.run() ?? []
    guard log.propensities != nil else {
      outcome.values += candidates.map {
        whole.row($0.name, "none", refusal: "the log has no propensities")
      }
      outcome.values += pages
      return outcome
    }
    outcome.audit = whole.calibration.map { AuditRow($0, log, plan) }
    outcome.adaptive = AdaptiveAnalysis(log, plan: plan).run()
    let results = await Ordered.map(candidates, threads: plan.threads) { self.outcome(of: $0) }
    for result in results { outcome.add(result) }
    outcome.values += pages
    return outcome
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

  private func outcome(of candidate: PolicyCandidate) -> Outcome {
    switch candidate.kind {
    case .target(let target): return outcome(of: target, candidate.name, by: whole, margins?.whole)
    case .learned(let byCell, let epsilon):
      do throws(OffPolicyError) {
        let target = try PolicyLearner(plan: plan).table(
          from: learning.decisions.get(), byCell: byCell, epsilon: epsilon)
        return outcome(of: target, candidate.name, by: valuing, margins?.valuing)
      } catch {
        return Outcome(values: [
          valuing.row(candidate.name, "none", refusal: Refusal.sentence(error))
        ])
      }
    case .replayed(let policy):
      let replayed = replay.outcome(of: policy, candidate.name)
      return Outcome(
        values: replayed.values, replays: replayed.course, adaptive: replayed.armValues)
    }
  }

  private func outcome(
    of target: ActionTable, _ policy: String, by valuation: PolicyValuation,
    _ margin: PolicyValuation?
  ) -> Outcome {
    var (values, audit) = valuation.rows(of: target, policy)
    values += valuation.quantiles(of: target, policy)
    if let more = margin?.rows(of: target, policy) {
      values += more.values
      audit += more.audit.filter { $0.check == .topWeightShare }
    }
    return Outcome(values: values, audit: audit)
  }
}
