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

  /// The rows: the metric by each test, the questions with margins, then net saved revenue.
  func run() -> [LiftRow] {
    let arms = evidence(lifeTables()) { log.rewards[$0] }
    var result = LiftChoice.choices(plan.lift, arms)
      .flatMap { family(plan.metric.rawValue, arms, $0) }
    if log.mrr.contains(where: { $0 != nil }) {
      let revenue = evidence(log.arms.levels.map { _ in LifeTable() }, value: netRevenue)
      result += LiftChoice.standard(ofNumbers: revenue)
        .flatMap { family("net_saved_mrr", revenue, $0) }
    }
    return result
  }

  /// One question for every arm but the baseline, its p-values adjusted over the arms.
  private func family(
    _ metric: String, _ arms: [ArmEvidence], _ choice: LiftChoice
  ) -> [LiftRow] {
    guard let control = arms.first, arms.count > 1 else { return [] }
    var rows = (1..<arms.count).map { row(metric, $0, arms[$0], control, choice) }
    let adjusted = plan.adjustment.adjust(rows.map(\.pValue))
    let count = rows.count { $0.pValue != nil }
    for index in rows.indices {
      rows[index].adjustedPValue = adjusted[index]
      rows[index].adjustment = "\(plan.adjustment.rawValue) over \(count) arms"
      rows[index].addCoherenceWarning(alpha: 1 - plan.level)
    }
    return rows
  }

  private func row(
    _ metric: String, _ arm: Int, _ offer: ArmEvidence, _ control: ArmEvidence,
    _ choice: LiftChoice
  ) -> LiftRow {
    let names = log.arms.levels
    let isWatch = choice.method.evidence == .lifeTables
    func count(_ arm: ArmEvidence) -> Int {
      isWatch ? arm.lifeTable.count : arm.summary.moments.count
    }
    var row = LiftRow(
      metric: metric, arm: names[arm], baseline: names[0], method: choice.title, null: "",
      tail: "", choice: choice.reason, estimate: Estimate(refusal: ""), level: plan.level,
      adjustment: "", sessions: count(offer), baselineSessions: count(control),
      mean: offer.summary.mean, baselineMean: control.summary.mean,
      sample: isWatch ? watchedSample : sample)
    row.isShare = offer.summary.isBinary && control.summary.isBinary
    row.isShareDifference = row.isShare && !choice.method.measuresDays
    if let warning = sampleRatio.warning { row.warnings.append(warning) }
    if let warning = randomisation.warning { row.warnings.append(warning) }
    do throws(InferenceError) {
      row.fill(try choice.answer(offer, control, level: plan.level))
    } catch {
      row.estimate = Estimate(
        refusal: Refusal.sentence(error, arm: names[arm], baseline: names[0]))
    }
    return row
  }

  /// What is known of each arm; sessions without a value are left out.
  private func evidence(_ lifeTables: [LifeTable], value: (Int) -> Double?) -> [ArmEvidence] {
    var values = Array(repeating: [Double](), count: log.arms.levels.count)
    for row in rows {
      if let value = value(row) { values[Int(log.arms.codes[row])].append(value) }
    }
    return zip(values, lifeTables).map { values, lifeTable in
      ArmEvidence(summary: ArmSummary(values), values: values, lifeTable: lifeTable)
    }
  }

  /// How long the sessions of each arm were watched, those with an open window among them.
  private func lifeTables() -> [LifeTable] {
    var durations = Array(repeating: [Double](), count: log.arms.levels.count)
    var losses = Array(repeating: [Bool](), count: log.arms.levels.count)
    for (row, watch) in (log.watches ?? []).enumerated() where log.isExperiment[row] {
      guard let watch else { continue }
      durations[Int(log.arms.codes[row])].append(watch.days)
      losses[Int(log.arms.codes[row])].append(watch.isLost)
    }
    // A watch is a number of days from zero up, which is all that a life table asks for.
    return zip(durations, losses).map { (try? LifeTable(durations: $0, events: $1)) ?? LifeTable() }
  }

  /// What a session saved a month, less what its offer cost; nil where its revenue is missing.
  private func netRevenue(_ row: Int) -> Double? {
    guard let reward = log.rewards[row], let mrr = log.mrr[row] else { return nil }
    return reward * mrr - (log.offerCosts[row] ?? 0)
  }

  private var sample: String {
    plan.metric == .saved
      ? "\(rows.count) sessions\(phase) whose \(plan.windowDays)-day window had closed"
      : "\(rows.count) sessions\(phase)"
  }

  private var watchedSample: String {
    let watched = (log.watches ?? []).indices.count {
      log.isExperiment[$0] && log.watches?[$0] != nil
    }
    return "\(watched) sessions\(phase), each for as long as it was watched"
  }

  private var phase: String {
    plan.experiment?.column.map { " in the experiment (\($0))" } ?? ""
  }
}

extension LiftRow {
  fileprivate mutating func fill(_ answer: LiftAnswer) {
    method = [answer.name, answer.test.intervalName.map { "interval: \($0)" }]
      .compactMap(\.self).joined(separator: "; ")
    null = answer.null
    tail = answer.tail
    scale = answer.test.scale
    level = answer.level
    guard answer.estimate.isFinite else {
      estimate = Estimate(
        refusal: "the estimate is infinite: the baseline has nothing to divide by")
      return
    }
    estimate = Estimate(answer.estimate, standardError: nil, interval: answer.interval)
    pValue = answer.pValue
    if !(answer.interval.lower.isFinite && answer.interval.upper.isFinite) {
      warnings.append("the interval has no end on one side: the data do not bound the effect")
    }
  }

  /// Says so where test and interval, which need not rest on one statistic, disagree.
  fileprivate mutating func addCoherenceWarning(alpha: Double) {
    guard let pValue, let interval = estimate.interval, let scale, tail.hasPrefix("two-sided")
    else { return }
    if (pValue < alpha) == interval.contains(scale.noEffect) {
      warnings.append("the test and the interval disagree: they rest on different statistics")
    }
  }
}
