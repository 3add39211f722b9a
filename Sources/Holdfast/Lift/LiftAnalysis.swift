internal import Inference

/// Compares each arm with the baseline on the randomised sessions.
///
/// The rows are a function of the log, the plan, and a choice of sessions and of arms.
struct LiftAnalysis {
  let log: EncodedLog
  let plan: RunPlan
  /// The sessions that count.
  let rows: [Int]
  let sampleRatio: SampleRatio
  /// The sessions that were randomised, those with an open window among them.
  private let randomised: [Int]
  private let randomisation: Randomisation

  /// Prepares an analysis.
  ///
  /// - Parameters:
  ///   - log: The sessions.
  ///   - plan: What is asked.
  ///   - sessions: The rows to look at, ascending; nil for all that were randomised.
  ///   - arms: The arm of every row of the log, shuffled say; nil for the log's own.
  /// - Throws: ``RunError/unknownArm(key:arm:seen:)`` where the plan names an arm that is not there.
  init(
    _ log: EncodedLog, plan: RunPlan, sessions: [Int]? = nil, arms: CategoryCodes? = nil
  ) throws(RunError) {
    var log = log
    if let arms { log.arms = arms }
    self.log = log
    self.plan = plan
    randomised = sessions ?? log.isExperiment.indices.filter { log.isExperiment[$0] }
    rows = randomised.filter { log.rewards[$0] != nil }
    for arm in plan.lift.scores.keys.sorted() where !log.arms.levels.contains(arm) {
      throw .unknownArm(key: "lift.scores", arm: arm, seen: log.arms.levels)
    }
    sampleRatio = try SampleRatio(log, rows: rows, plan: plan)
    randomisation = Randomisation(log, rows: rows, plan: plan)
  }

  /// The rows: the metric by each question, then net saved revenue.
  func run() -> [LiftRow] {
    guard log.arms.levels.count > 1 else { return [] }
    let watched = watchedRows()
    let arms = evidence(plan.metric.rawValue, watched) { log.rewards[$0] }
    var result = LiftQuestion.questions(arms).flatMap { ask($0, arms) }
    if log.mrr.contains(where: { $0 != nil }) {
      let revenue = evidence(
        "net_saved_mrr", watched.map { _ in [] }, value: netRevenue)
      result += LiftQuestion.questions(ofRevenue: revenue).flatMap { ask($0, revenue) }
    }
    return result
  }

  /// The rows of one question, adjusted over its replies.
  private func ask(_ question: LiftQuestion, _ evidence: LiftEvidence) -> [LiftRow] {
    let replies = question.ask(evidence)
    let adjusted = LiftAdjustment(
      replies.map(\.outcome.answer), plan.adjustment, level: plan.level,
      noun: replies.first?.subject.noun ?? "arms")
    return replies.indices.map { index in
      var row = blank(question, replies[index].subject, evidence)
      switch replies[index].outcome {
      case .refusal(let sentence): row.estimate = Estimate(refusal: sentence)
      case .answer(let answer):
        row.fill(answer)
        row.addCoherenceWarning(answer, alpha: 1 - plan.level)
      }
      row.take(adjusted.parts[index])
      if case .answer(let answer) = replies[index].outcome {
        row.judge(answer, alpha: 1 - plan.level, isMoreBetter: plan.lift.isMoreBetter)
      }
      return row
    }
  }

  /// A row that says what is compared, of whom, and from which sessions.
  private func blank(
    _ question: LiftQuestion, _ subject: LiftQuestion.Subject, _ evidence: LiftEvidence
  ) -> LiftRow {
    let control = evidence.arms[0]
    func count(_ arm: ArmEvidence) -> Int {
      question.countsWatches ? arm.lifeTable.count : arm.summary.moments.count
    }
    let (name, offers): (String, [ArmEvidence]) =
      switch subject {
      case .arm(let arm): (evidence.names[arm], [evidence.arms[arm]])
      case .several(let name): (name, Array(evidence.arms.dropFirst()))
      }
    var row = LiftRow(
      metric: question.metric ?? evidence.metric, arm: name, baseline: evidence.names[0],
      method: question.title, null: "", tail: "", choice: question.reason,
      estimate: .notAsked, level: plan.level, adjustment: "",
      sessions: offers.reduce(0) { $0 + count($1) }, baselineSessions: count(control),
      mean: offers.count == 1 ? offers[0].summary.mean : nil, baselineMean: control.summary.mean,
      sample: question.countsWatches ? watchedSample : sample)
    row.isShare = evidence.isBinary
    row.isShareDifference = row.isShare && !question.measuresDays
    row.warnings += [sampleRatio.warning, randomisation.warning].compactMap(\.self)
    if evidence.customersRepeat, !question.allowsClusters, plan.lift.clusters != .sessions {
      row.warnings.append(
        "customers have several sessions, which this row takes to be independent")
    }
    return row
  }

  /// What is known of each arm; sessions without a value are left out.
  private func evidence(
    _ metric: String, _ watched: [[Int]], value: (Int) -> Double?
  ) -> LiftEvidence {
    var values = Array(repeating: [Double](), count: log.arms.levels.count)
    var own = Array(repeating: [Int](), count: log.arms.levels.count)
    for row in rows {
      guard let value = value(row) else { continue }
      values[Int(log.arms.codes[row])].append(value)
      own[Int(log.arms.codes[row])].append(row)
    }
    let arms = values.indices.map { arm in
      ArmEvidence(
        summary: ArmSummary(values[arm]), values: values[arm], rows: own[arm],
        watched: watched[arm], log: log)
    }
    return LiftEvidence(
      metric: metric, names: log.arms.levels, arms: arms, plan: plan,
      shares: sampleRatio.shares)
  }

  /// The sessions of each arm that were watched, those with an open window among them.
  private func watchedRows() -> [[Int]] {
    var watched = Array(repeating: [Int](), count: log.arms.levels.count)
    guard let watches = log.watches else { return watched }
    for row in randomised where watches[row] != nil {
      watched[Int(log.arms.codes[row])].append(row)
    }
    return watched
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
    let watched = randomised.count { log.watches?[$0] != nil }
    return "\(watched) sessions\(phase), each for as long as it was watched"
  }

  private var phase: String {
    plan.experiment?.column.map { " in the experiment (\($0))" } ?? ""
  }
}

extension LiftQuestion.Outcome {
  /// The answer, if it is one.
  fileprivate var answer: LiftAnswer? {
    if case .answer(let answer) = self { answer } else { nil }
  }
}

extension LiftQuestion.Subject {
  /// What an adjustment over such subjects counts.
  fileprivate var noun: String {
    switch self {
    case .arm: "arms"
    case .several: "questions"
    }
  }
}
