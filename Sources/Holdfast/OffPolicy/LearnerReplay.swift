internal import Bandits

/// Lets a policy learn on its way through the randomised sessions of a log, in the order of time.
struct LearnerReplay: Sendable {
  let log: EncodedLog
  let plan: RunPlan
  let sample: PolicySample

  init(_ log: EncodedLog, plan: RunPlan, _ sample: PolicySample) {
    (self.log, self.plan, self.sample) = (log, plan, sample)
  }

  /// A row for each way of replaying.
  func rows(of policy: some Policy, _ name: String) -> [PolicyRow] {
    guard sample.rewards.allSatisfy({ (0...1).contains($0) }) else {
      return [row(name, refusal: "a learning policy needs rewards from 0 to 1")]
    }
    do throws(OffPolicyError) {
      let decisions = try sample.decisions.get()
      let outcome = try ReplayMatching(seed: plan.seed, floors: EstimatorSuite.floors(plan))
        .replay(policy, over: decisions)
      return [row(name, outcome)]
    } catch {
      return [row(name, refusal: Refusal.sentence(error))]
    }
  }

  private func row<Learner: Policy>(
    _ name: String, _ outcome: ReplayOutcome<Learner>
  ) -> PolicyRow {
    var row = row(name, refusal: "")
    let estimate = outcome.estimate
    row.method = estimate.estimator
    row.intervalMethod = "normal"
    row.estimate = Estimate(
      estimate.value, standardError: estimate.standardError,
      interval: estimate.interval(level: plan.level))
    row.effectiveSampleSize = estimate.effectiveSampleSize
    row.meanWeight = estimate.meanWeight
    row.maximumWeight = estimate.maximumWeight
    row.acceptance = outcome.acceptanceRate
    row.warnings.append(
      "learned at once from each outcome; the \(plan.windowDays)-day wait is not simulated")
    return row
  }

  private func row(_ name: String, refusal: String) -> PolicyRow {
    PolicyValuation(log, plan: plan, sample).row(name, "replay", refusal: refusal)
  }
}
