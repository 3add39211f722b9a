internal import Bandits
internal import Inference
internal import Probability

/// Values each policy of the plan from what was logged.
struct PolicyAnalysis: Sendable {
  let log: EncodedLog
  let plan: RunPlan
  private let candidates: [PolicyCandidate]
  private let whole: PolicySample
  private let experiment: PolicySample
  private let learning: PolicySample
  private let valuing: PolicySample

  init(_ log: EncodedLog, plan: RunPlan) throws(RunError) {
    self.log = log
    self.plan = plan
    candidates = try PolicyCandidate.candidates(of: plan, log: log)
    let rows = log.rows(experimentOnly: false)
    whole = PolicySample(log, rows: rows, "every session that counts")
    experiment = PolicySample(
      log, rows: rows.filter { log.isExperiment[$0] }, "the randomised sessions that count")
    // Halves by customer: what is learned from one is valued on the other.
    let key = StreamKey(seed: plan.seed, purpose: .halves)
    let isLearning = rows.map { row in
      var rng = Philox(key.child(log.units[row]))
      return rng.next() >> 63 == 0
    }
    learning = PolicySample(
      log, rows: zip(rows, isLearning).filter(\.1).map(\.0), "the half that learns")
    valuing = PolicySample(
      log, rows: zip(rows, isLearning).filter { !$0.1 }.map(\.0),
      "the half of the customers that the policy was not learned from")
  }

  /// The rows of every policy, in the order of the plan, whatever the number of threads.
  func run() async -> [PolicyRow] {
    guard log.propensities != nil else {
      return [asLogged]
        + candidates.map { candidate in
          row(candidate.name, "none", whole, Estimate(refusal: "the log has no propensities"))
        }
    }
    let results = await Ordered.map(candidates, threads: plan.threads) { rows(of: $0) }
    return [asLogged] + results.flatMap { $0 }
  }

  /// What was earned while the log was made.
  private var asLogged: PolicyRow {
    let moments = Moments(whole.rewards)
    guard moments.count > 1 else {
      return row("as logged", "mean", whole, Estimate(refusal: "no session counts"))
    }
    let margin = StandardNormal.upperQuantile((1 - plan.level) / 2) * moments.standardError
    var row = row(
      "as logged", "mean", whole,
      Estimate(
        moments.mean, standardError: moments.standardError,
        interval: Interval(lower: moments.mean - margin, upper: moments.mean + margin)))
    row.effectiveSampleSize = Double(moments.count)
    return row
  }

  private func rows(of candidate: PolicyCandidate) -> [PolicyRow] {
    switch candidate.kind {
    case .target(let target): return values(of: target, candidate.name, on: whole)
    case .learned(let byCell, let epsilon):
      do throws(OffPolicyError) {
        let target = try PolicyLearner(plan: plan).table(
          from: learning.decisions(), byCell: byCell, epsilon: epsilon)
        return values(of: target, candidate.name, on: valuing)
      } catch {
        return [row(candidate.name, "none", valuing, Estimate(refusal: Refusal.sentence(error)))]
      }
    case .replayed(let contextual): return [replay(candidate.name, contextual: contextual)]
    }
  }

  /// One row an estimator.
  private func values(
    of target: ActionTable, _ name: String, on sample: PolicySample
  ) -> [PolicyRow] {
    let decisions: DecisionLog
    do throws(OffPolicyError) {
      decisions = try sample.decisions()
    } catch {
      return [row(name, "none", sample, Estimate(refusal: Refusal.sentence(error)))]
    }
    var model = CellRewardModel(seed: plan.seed)
    model.priorSessions = plan.offPolicy.priorSessions
    let rewards = model.crossFit(decisions, units: sample.units)
    let estimators: [any OffPolicyEstimator] = [
      ImportanceSampling(floors: floors), SelfNormalizedImportanceSampling(floors: floors),
      DirectMethod(model: rewards, floors: floors), DoublyRobust(model: rewards, floors: floors),
      ReplayMatching(seed: plan.seed, floors: floors),
    ]
    return estimators.map { estimator in
      do throws(OffPolicyError) {
        return row(name, sample, try estimator.estimate(target, on: decisions))
      } catch {
        return row(name, estimator.name, sample, Estimate(refusal: Refusal.sentence(error)))
      }
    }
  }

  /// A policy that learns on its way through the randomised sessions, in the order of time.
  private func replay(_ name: String, contextual: Bool) -> PolicyRow {
    guard experiment.rewards.allSatisfy({ (0...1).contains($0) }) else {
      return row(
        name, "replay", experiment,
        Estimate(refusal: "a beta posterior needs rewards from 0 to 1"))
    }
    do throws(OffPolicyError) {
      let decisions = try experiment.decisions()
      let policy = ThompsonSampling(
        armCount: decisions.armCount, cellCount: contextual ? decisions.cellCount : 1)
      let outcome = try ReplayMatching(seed: plan.seed, floors: floors)
        .replay(policy, over: decisions)
      var row = row(name, experiment, outcome.estimate)
      row.warnings.append(
        "learned at once from each outcome; the \(plan.windowDays)-day wait is not simulated")
      return row
    } catch {
      return row(name, "replay", experiment, Estimate(refusal: Refusal.sentence(error)))
    }
  }

  private var floors: EvidenceFloors {
    var floors = EvidenceFloors()
    floors.effectiveSampleSize = plan.offPolicy.minimumEffectiveSampleSize
    return floors
  }

  private func row(_ name: String, _ sample: PolicySample, _ estimate: PolicyEstimate) -> PolicyRow
  {
    var row = row(
      name, estimate.estimator, sample,
      Estimate(
        estimate.value, standardError: estimate.standardError,
        interval: estimate.interval(level: plan.level)))
    row.effectiveSampleSize = estimate.effectiveSampleSize
    row.meanWeight = estimate.meanWeight
    row.maximumWeight = estimate.maximumWeight
    if estimate.estimator == "DM" {
      row.warnings.append("the interval leaves out the bias of the reward model")
    }
    if estimate.supportedShare < 1 {
      row.warnings.append(
        "the log supports \(Decimals.percent(estimate.supportedShare)) of the policy's choices")
    }
    return row
  }

  private func row(
    _ name: String, _ method: String, _ sample: PolicySample, _ estimate: Estimate
  ) -> PolicyRow {
    PolicyRow(
      metric: plan.metric.rawValue, policy: name, method: method, logging: log.logging,
      estimate: estimate, level: plan.level, sessions: sample.rewards.count,
      sample: sample.description)
  }
}
