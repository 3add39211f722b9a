internal import Inference

/// Compares each arm with the baseline on the randomised sessions.
struct LiftAnalysis {
  let log: EncodedLog
  let plan: RunPlan
  let rows: [Int]
  let sampleRatio: SampleRatio
  private let randomisation: Randomisation

  init(_ log: EncodedLog, plan: RunPlan) throws(RunError) {
    self.log = log
    self.plan = plan
    rows = log.rows(experimentOnly: true)
    sampleRatio = try SampleRatio(log, rows: rows, plan: plan)
    randomisation = Randomisation(log, rows: rows, plan: plan)
  }

  /// The rows: differences and relative lifts of the metric, then differences of saved revenue.
  func run() -> [LiftRow] {
    let metric = plan.metric.rawValue
    let summaries = ArmSummary.byArm(log, rows: rows) { log.rewards[$0] }
    var result: [LiftRow] = []
    if summaries.allSatisfy(\.isBinary) {
      result += family(metric, "pooled two-proportion z", summaries) {
        (offer, control) throws(InferenceError) in
        try PooledZTest(offer: offer.tally, control: control.tally)
      }
      result += family(metric, "log ratio Wald", summaries) {
        (offer, control) throws(InferenceError) in
        try LogRatioTest(offer: offer.tally, control: control.tally)
      }
    } else {
      result += family(metric, "Welch t", summaries, Self.welch)
    }
    if log.mrr.contains(where: { $0 != nil }) {
      let revenue = ArmSummary.byArm(log, rows: rows, value: netRevenue)
      result += family("net_saved_mrr", "Welch t", revenue, Self.welch)
    }
    return result
  }

  /// One method for every arm but the baseline, its p-values adjusted over the arms.
  private func family(
    _ metric: String, _ method: String, _ summaries: [ArmSummary],
    _ compare: (ArmSummary, ArmSummary) throws(InferenceError) -> any HypothesisTest
  ) -> [LiftRow] {
    guard let control = summaries.first, summaries.count > 1 else { return [] }
    var rows = (1..<summaries.count).map { arm in
      row(metric, method, arm, summaries[arm], control, compare)
    }
    let adjusted = plan.adjustment.adjust(rows.map(\.pValue))
    let count = rows.count { $0.pValue != nil }
    for index in rows.indices {
      rows[index].adjustedPValue = adjusted[index]
      rows[index].adjustment = "\(plan.adjustment.rawValue) over \(count) arms"
      rows[index].addCoherenceWarning()
    }
    return rows
  }

  private func row(
    _ metric: String, _ method: String, _ arm: Int, _ offer: ArmSummary, _ control: ArmSummary,
    _ compare: (ArmSummary, ArmSummary) throws(InferenceError) -> any HypothesisTest
  ) -> LiftRow {
    let names = log.arms.levels
    var row = LiftRow(
      metric: metric, arm: names[arm], baseline: names[0], method: method, null: "",
      tail: "two-sided",
      estimate: Estimate(refusal: ""), level: plan.level, adjustment: "",
      sessions: offer.moments.count, baselineSessions: control.moments.count, mean: offer.mean,
      baselineMean: control.mean, sample: sample)
    if let warning = sampleRatio.warning { row.warnings.append(warning) }
    if let warning = randomisation.warning { row.warnings.append(warning) }
    do throws(InferenceError) {
      let test = try compare(offer, control)
      row.describe(test.method)
      row.estimate = Estimate(
        test.estimate, standardError: nil, interval: test.interval(level: plan.level))
      row.pValue = test.pValue(.twoSided)
    } catch {
      row.estimate = Estimate(
        refusal: Refusal.sentence(error, arm: names[arm], baseline: names[0]))
    }
    return row
  }

  private static func welch(
    _ offer: ArmSummary, _ control: ArmSummary
  ) throws(InferenceError) -> any HypothesisTest {
    try WelchTest(offer: offer.moments, control: control.moments)
  }

  /// What a session saved a month, less what its offer cost; nil where its revenue is missing.
  private func netRevenue(_ row: Int) -> Double? {
    guard let reward = log.rewards[row], let mrr = log.mrr[row] else { return nil }
    return reward * mrr - (log.offerCosts[row] ?? 0)
  }

  private var sample: String {
    let phase = plan.experiment?.column.map { " in the experiment (\($0))" } ?? ""
    return plan.metric == .saved
      ? "\(rows.count) sessions\(phase) whose \(plan.windowDays)-day window had closed"
      : "\(rows.count) sessions\(phase)"
  }
}

extension LiftRow {
  fileprivate mutating func describe(_ method: TestDescription) {
    self.method = [method.name, method.intervalName.map { "interval: \($0)" }]
      .compactMap { $0 }.joined(separator: "; ")
    null = method.nullHypothesis
    tail = "two-sided, \(method.twoSidedRule.rawValue)"
  }

  /// Says so where test and interval, which need not rest on one statistic, disagree.
  fileprivate mutating func addCoherenceWarning() {
    guard let pValue, let interval = estimate.interval else { return }
    if (pValue < 1 - level) == interval.contains(0) {
      warnings.append("the test and the interval disagree: they rest on different statistics")
    }
  }
}
