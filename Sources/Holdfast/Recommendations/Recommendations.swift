internal import Inference
internal import Sessions

/// What to show each customer of a log: a row a customer, in the byte order of their keys, from the
/// cell of the latest session.
///
/// Rows are made when asked for, so that millions of customers cost no memory beyond the log's.
public struct Recommendations: RandomAccessCollection, Sendable {
  private let log: EncodedLog
  private let plan: RunPlan
  private let choices: [CellChoice]
  private let refusal: String?
  /// The row of the latest session of each customer, in the order of the collection.
  private let latest: [Int32]

  init(_ log: EncodedLog, plan: RunPlan) async {
    self.log = log
    self.plan = plan
    latest = Self.latestSessions(log)
    let rows = log.rows(experimentOnly: true)
    guard rows.allSatisfy({ log.rewards[$0] == 0 || log.rewards[$0] == 1 }) else {
      choices = []
      refusal = "the metric is not 0 or 1, so that it has no saved rate"
      return
    }
    // Within a cell the logged probabilities may vary only by arm, so `varies` is no objection here
    // as long as cells hold what they depend on; an unknown choice of arms is.
    if case .unknown = Randomisation(log, rows: rows, plan: plan) {
      choices = []
      refusal =
        "not known to be randomised: log the propensities, or name the experiment in the plan"
      return
    }
    let tallies = ArmCellTallies(log, rows: rows)
    let armNames = log.arms.levels
    choices = await Ordered.map(Array(log.cells.levels.indices), threads: plan.threads) {
      CellChoice(cell: $0, tallies: tallies, armNames: armNames, plan: plan)
    }
    refusal = nil
  }

  /// The number of customers to whom an offer is recommended.
  public var recommendedCount: Int {
    latest.count { row in
      !choices.isEmpty && choices[Int(log.cells.codes[Int(row)])].arm != nil
    }
  }

  /// What is recommended in each cell: the summary of all rows.
  public var cells: [CellRow] {
    zip(log.cells.levels, choices).map { CellRow($0, $1, arms: log.arms.levels) }
  }

  public var startIndex: Int { 0 }

  public var endIndex: Int { latest.count }

  public subscript(position: Int) -> Recommendation {
    let row = Int(latest[position])
    let cell = Int(log.cells.codes[row])
    var result = Recommendation(
      customer: log.customerKeys[Int(log.customers[row])], cell: log.cells.levels[cell],
      savedRate: Estimate(refusal: ""),
      revenue: Estimate(refusal: ""), currency: plan.schema.mrr?.currency, level: plan.level,
      reason: refusal ?? "")
    guard refusal == nil else { return result }
    let choice = choices[cell]
    result.reason = choice.reason
    result.offer = choice.arm.map { log.arms.levels[$0] }
    result.leader = choice.leader.map { log.arms.levels[$0] }
    result.probabilityBest = choice.probabilityBest
    guard let rate = choice.rate, let interval = choice.interval else { return result }
    result.savedRate = Estimate(rate, interval: interval)
    if let mrr = log.mrr[row] {
      // A negative amount, as of a credit, turns the ends round.
      let ends = [interval.lower * mrr, interval.upper * mrr].sorted()
      result.revenue = Estimate(rate * mrr, interval: Interval(lower: ends[0], upper: ends[1]))
    }
    return result
  }

  /// Rows stand in replay order, so that the last row of a customer is the latest session.
  private static func latestSessions(_ log: EncodedLog) -> [Int32] {
    var latest = Array(repeating: Int32(-1), count: log.customerKeys.count)
    for row in 0..<log.rowCount { latest[Int(log.customers[row])] = Int32(row) }
    return latest.indices.filter { latest[$0] >= 0 }.sorted {
      log.customerKeys[$0].utf8.lexicographicallyPrecedes(log.customerKeys[$1].utf8)
    }.map { latest[$0] }
  }
}
