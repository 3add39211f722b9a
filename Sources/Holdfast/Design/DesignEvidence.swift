internal import Inference

/// What a design rests on: what its plan says, and what a log tells of the rest.
struct DesignEvidence: Sendable {
  /// The control, in each way that is tried.
  private(set) var baselines: [DesignBaseline] = []
  /// The traffic of the log.
  private(set) var sessionsPerDay: Double?
  /// The customers' sessions, where a customer has several.
  private(set) var clusters: ClusterDesign?
  /// What was taken from the log, in words.
  private(set) var sources: [String] = []

  /// Takes what a plan says, and reads its log for what it does not.
  ///
  /// - Throws: What reading a log throws; ``RunError`` if it has no sessions to plan from.
  init(_ plan: DesignPlan, _ watch: @escaping (Run.Stage) -> Void) throws {
    switch plan.baseline {
    case .rates(let rates): baselines = rates.map { .rate($0) }
    case .moments(let mean, let deviation, let offerDeviation):
      baselines = [
        .mean(mean, controlDeviation: deviation, offerDeviation: offerDeviation ?? deviation)
      ]
    case nil: break
    }
    guard let source = plan.log?.plan else { return }
    let run = Run(source)
    let log = try EncodedLog(try run.read(watch), plan: source)
    // Arms that were not drawn at random have customers of their own.
    let rows = log.rows(experimentOnly: true)
    if baselines.isEmpty { baselines = [try control(log, rows, of: source)] }
    if plan.sessionsPerDay == nil { estimateTraffic(log) }
    if plan.clusters == nil { try estimateClusters(log, rows) }
  }

  /// The control's rate, or its mean and standard deviation.
  private mutating func control(
    _ log: EncodedLog, _ rows: [Int], of plan: RunPlan
  ) throws(RunError) -> DesignBaseline {
    let values = rows.filter { log.arms.codes[$0] == 0 }.compactMap { log.rewards[$0] }
    guard let name = log.arms.levels.first, values.count >= 2 else {
      throw .noSessions(file: plan.sessions)
    }
    let summary = ArmSummary(values)
    let deviation = summary.moments.variance.squareRoot()
    guard deviation > 0 else {
      throw .noMetric("all sessions of '\(name)' in the log ended alike; give 'baseline'")
    }
    let from = "\(values.count) sessions of '\(name)' in the log"
    if summary.isBinary {
      sources.append("rate \(Decimals.percent(summary.tally.proportion)) from \(from)")
      return .rate(summary.tally.proportion)
    }
    let mean = summary.moments.mean
    sources.append("mean \(mean) and deviation \(deviation) from \(from)")
    return .mean(mean, controlDeviation: deviation, offerDeviation: deviation)
  }

  /// Sessions a day between the first and the last one.
  private mutating func estimateTraffic(_ log: EncodedLog) {
    guard let times = log.times, let first = times.first, let last = times.last else { return }
    let days = Double(last - first) / 86_400_000_000
    guard days >= 1 else { return }
    let rate = Double(times.count - 1) / days
    sessionsPerDay = rate
    sources.append(
      "\(Decimals.text(rate, 1)) sessions a day over \(Decimals.text(days, 1)) days of the log")
  }

  /// How alike the sessions of a customer are, where all of a customer's are in one arm.
  private mutating func estimateClusters(_ log: EncodedLog, _ rows: [Int]) throws {
    var arms: [Int32: Int32] = [:]
    for row in rows {
      let (customer, arm) = (log.customers[row], log.arms.codes[row])
      guard arms.updateValue(arm, forKey: customer) ?? arm == arm else {
        sources.append(
          "customers have sessions in several arms: sessions are planned as independent")
        return
      }
    }
    guard arms.count < rows.count, arms.count >= 2 else { return }
    let values = rows.compactMap { log.rewards[$0] }
    let sums = ClusterSums(outcomes: values, clusters: rows.map { Int(log.customers[$0]) })
    let estimate = try ClusterDesign(estimating: sums, outcomes: Moments(values))
    clusters = estimate
    sources.append(
      "correlation \(Decimals.text(estimate.correlation, 3)) of a customer's "
        + "\(Decimals.text(estimate.meanSize, 2)) sessions from the log")
  }
}
