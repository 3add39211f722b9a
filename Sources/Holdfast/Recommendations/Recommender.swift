internal import Inference
internal import Sessions

/// Recommends an offer for each customer of a log, from the cell of the latest session.
struct Recommender {
  private let log: EncodedLog
  private let plan: RunPlan
  private let choices: [CellChoice]
  private let refusal: String?

  init(_ log: EncodedLog, plan: RunPlan) async {
    self.log = log
    self.plan = plan
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

  /// One row a customer, in the byte order of their keys.
  func recommendations() -> [Recommendation] {
    // Rows stand in replay order, so that the last row of a customer is the latest session.
    var latest: [Int?] = Array(repeating: nil, count: log.customerKeys.count)
    for row in 0..<log.rowCount { latest[Int(log.customers[row])] = row }
    let order = log.customerKeys.indices.sorted {
      log.customerKeys[$0].utf8.lexicographicallyPrecedes(log.customerKeys[$1].utf8)
    }
    return order.compactMap { customer in
      latest[customer].map { recommendation(log.customerKeys[customer], row: $0) }
    }
  }

  /// What is recommended in each cell: the summary of all rows.
  var cells: [CellRow] {
    zip(log.cells.levels, choices).map { CellRow($0, $1, arms: log.arms.levels) }
  }

  private func recommendation(_ customer: String, row: Int) -> Recommendation {
    let cell = Int(log.cells.codes[row])
    var result = Recommendation(
      customer: customer, cell: log.cells.levels[cell], savedRate: Estimate(refusal: ""),
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
      result.revenue = Estimate(
        rate * mrr, interval: Interval(lower: interval.lower * mrr, upper: interval.upper * mrr))
    }
    return result
  }
}
