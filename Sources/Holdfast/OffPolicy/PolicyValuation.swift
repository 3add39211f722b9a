internal import Bandits
internal import Inference

/// Values one target on one sample: by every estimator of the plan, with every interval, after the audit.
struct PolicyValuation: Sendable {
  let log: EncodedLog
  let plan: RunPlan
  let sample: PolicySample
  /// What the value is of, in words.
  let quantity: String
  /// The tests of the propensities, whatever the target.
  let calibration: [PropensityTest]
  /// The reward model of all targets; nil where each has its own, or where nothing can be valued.
  private let sharedModel: SharedRewardModel?

  init(_ log: EncodedLog, plan: RunPlan, _ sample: PolicySample, quantity: String = "mean") {
    self.log = log
    self.plan = plan
    self.sample = sample
    self.quantity = quantity
    let decisions = try? sample.decisions.get()
    calibration = decisions.map { LogAudit.calibrationTests(of: $0) } ?? []
    sharedModel = decisions.flatMap { SharedRewardModel(log, plan: plan, sample, $0) }
  }

  /// The rows of a target, and what the audit says of it.
  func rows(
    of target: ActionTable, _ policy: String
  ) -> (values: [PolicyRow], audit: [AuditRow]) {
    let decisions: DecisionLog
    switch sample.decisions {
    case .success(let log): decisions = log
    case .failure(let error):
      return ([row(policy, "none", refusal: Refusal.sentence(error))], [])
    }
    do throws(OffPolicyError) {
      try target.checkProbabilities()
    } catch {
      return ([row(policy, "none", refusal: Refusal.sentence(error))], [])
    }
    let weights = LogAudit.weightTests(
      of: target, in: decisions, periods: sample.isMixture ? nil : limits.periods)
    let overlap = LogAudit.overlap(target, decisions)
    let topShare = LogAudit.topWeightShare(target, decisions)
    var doubts = (calibration + weights).compactMap { $0.reason(limits) }
    if let topShare, topShare > limits.topWeightShare {
      doubts.append(
        .fewSessionsCarryTheValue(share: topShare, allowed: limits.topWeightShare))
    }
    let suite = EstimatorSuite(plan: plan, sample, decisions, target, shared: sharedModel)
    let values = plan.offPolicy.estimators.flatMap { choice in
      rows(of: target, policy, by: choice, suite, decisions, doubts)
    }
    let audit = AuditRow.rows(
      weights, overlap, topShare: topShare, policy: policy, quantity: quantity, log, plan)
    return (values + marginalised(target, policy, suite, decisions, doubts), audit)
  }

  /// One estimator's rows, one for each interval.
  private func rows(
    of target: ActionTable, _ policy: String, by choice: EstimatorPlan, _ suite: EstimatorSuite,
    _ decisions: DecisionLog, _ doubts: [AbstentionReason]
  ) -> [PolicyRow] {
    switch suite.chosen(choice) {
    case .failure(let refused):
      return [row(policy, refused.method, refusal: refused.sentence)]
    case .success(let chosen):
      let own = ["dm", "balanced-ips"].contains(choice.name) ? [] : doubts
      var rows: [PolicyRow]
      if let estimator = chosen.estimator as? any TermwiseEstimator {
        rows = self.rows(of: target, policy, chosen.method, estimator, decisions, own)
      } else {
        rows = [
          row(policy, chosen.method, doubts: own) { () throws(OffPolicyError) in
            try chosen.estimator.estimate(target, on: decisions)
          }
        ]
      }
      for index in rows.indices { rows[index].warnings += chosen.warnings }
      return rows
    }
  }

  /// The rows of an estimator that has terms.
  private func rows(
    of target: ActionTable, _ policy: String, _ method: String,
    _ estimator: any TermwiseEstimator, _ decisions: DecisionLog, _ doubts: [AbstentionReason]
  ) -> [PolicyRow] {
    let terms: SessionTerms
    var (shrinkage, skewness): ([AbstentionReason], [AbstentionReason]) = ([], [])
    do throws(OffPolicyError) {
      terms = try estimator.sessionTerms(
        target, on: decisions, rewards: plan.metric == .saved && quantity == "mean" ? 0...1 : nil)
      for doubt in try LogAudit.doubts(
        about: terms, of: estimator, target, decisions, limits: limits, level: plan.level)
      {
        if case .skewedTerms = doubt { skewness.append(doubt) } else { shrinkage.append(doubt) }
      }
    } catch {
      return [row(policy, method, refusal: Refusal.sentence(error))]
    }
    return plan.offPolicy.intervals.compactMap { name in
      guard let entry = IntervalCatalogue.entries.first(where: { $0.name == name }) else {
        return nil
      }
      // Only the normal interval minds skewed terms.
      let intervalDoubts = shrinkage + (name == "normal" ? skewness : [])
      return row(policy, method, interval: name, doubts: doubts, intervalDoubts: intervalDoubts) {
        () throws(OffPolicyError) in
        try entry.interval(terms, plan.level, plan.seed)
      } estimate: { () throws(OffPolicyError) in
        terms.estimate
      }
    }
  }

  /// Marginalised importance sampling, where the plan groups the arms.
  private func marginalised(
    _ target: ActionTable, _ policy: String, _ suite: EstimatorSuite, _ decisions: DecisionLog,
    _ doubts: [AbstentionReason]
  ) -> [PolicyRow] {
    guard let groups = plan.offPolicy.actionGroups else { return [] }
    let method = "MIPS by \(groups)"
    do throws(OffPolicyError) {
      let logging = try RecordedPropensities(
        decisions, groups: decisions.cells, groupCount: decisions.cellCount)
      let estimator = MarginalizedImportanceSampling(
        logging: logging.table, groups: log.offPolicy.armGroups, floors: suite.floors)
      var rows = rows(of: target, policy, method, estimator, decisions, doubts)
      for index in rows.indices where rows[index].estimate.value != nil {
        rows[index].warnings.append(
          "takes all arms of one \(groups) to be worth the same in a cell")
      }
      return rows
    } catch {
      return [row(policy, method, refusal: Refusal.sentence(error))]
    }
  }

  /// The quantiles of the metric under a target.
  func quantiles(of target: ActionTable, _ policy: String) -> [PolicyRow] {
    plan.offPolicy.quantiles.map { probability in
      var row = PolicyRow(
        metric: plan.metric.rawValue, policy: policy, quantity: "quantile \(probability)",
        method: "weighted distribution", intervalMethod: "Woodruff", logging: sample.logging,
        estimate: .notAsked, level: plan.level, sessions: sample.rows.count,
        sample: sample.description)
      do throws(OffPolicyError) {
        let quantile = try PolicyQuantile(
          probability, of: target, on: sample.decisions.get(), level: plan.level,
          floors: EstimatorSuite.floors(plan))
        row.estimate = Estimate(quantile.value, interval: quantile.interval)
        row.effectiveSampleSize = quantile.effectiveSampleSize
      } catch {
        row.estimate = Estimate(refusal: Refusal.sentence(error))
      }
      return row
    }
  }

  private var limits: AuditLimits { plan.offPolicy.audit.limits }
}

extension PolicyValuation {
  /// A row that has no answer.
  func row(_ policy: String, _ method: String, refusal: String) -> PolicyRow {
    PolicyRow(
      metric: plan.metric.rawValue, policy: policy, quantity: quantity, method: method,
      intervalMethod: nil, logging: sample.logging, estimate: Estimate(refusal: refusal),
      level: plan.level, sessions: sample.rows.count, sample: sample.description)
  }

  /// A row of an estimate, or of the reasons against it or against its interval.
  func row(
    _ policy: String, _ method: String, interval name: String = "normal",
    doubts: [AbstentionReason], intervalDoubts: [AbstentionReason] = [],
    interval: (() throws(OffPolicyError) -> Interval)? = nil,
    estimate: () throws(OffPolicyError) -> PolicyEstimate
  ) -> PolicyRow {
    do throws(OffPolicyError) {
      let estimate = try estimate()
      var row = row(policy, method, refusal: "")
      row.intervalMethod = name
      row.effectiveSampleSize = estimate.effectiveSampleSize
      row.meanWeight = estimate.meanWeight
      row.maximumWeight = estimate.maximumWeight
      let (reasons, intervalReasons) = (sentences(doubts), sentences(intervalDoubts))
      let abstains = plan.offPolicy.audit.onDoubt == .abstain
      if abstains, !reasons.isEmpty {
        row.estimate = Estimate(refusal: "audit: " + reasons.joined(separator: "; "))
        return row
      }
      let isWithheld = abstains && !intervalReasons.isEmpty
      row.estimate = Estimate(
        estimate.value, standardError: estimate.standardError,
        interval: isWithheld
          ? nil : try interval?() ?? estimate.interval(level: plan.level))
      row.warnings = reasons.map { "audit: \($0)" }
      row.warnings += intervalReasons.map {
        (isWithheld ? PolicyRow.withheld : "the interval is doubtful: ") + $0
      }
      if estimate.estimator == "DM" {
        row.warnings.append("the interval leaves out the bias of the reward model")
      }
      if estimate.supportedShare < 1 {
        row.warnings.append(
          "the log supports \(Decimals.percent(estimate.supportedShare)) of the policy's choices")
      }
      return row
    } catch {
      return row(policy, method, refusal: Refusal.sentence(error))
    }
  }

  private func sentences(_ reasons: [AbstentionReason]) -> [String] {
    reasons.map { Refusal.sentence($0, arms: log.arms.levels, cells: log.cells.levels) }
  }
}
