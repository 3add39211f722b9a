/// What a session was worth in money: months of revenue where it was saved, less what the offer cost.
///
///     margin = saved · mrr · months − cost of the offer
///
/// The cost is the log's: of a session that was deflected with its offer, whether or not it would have
/// stayed anyway. Sessions without a revenue have no margin and are left out.
struct NetMargin {
  private let log: EncodedLog
  private let plan: RunPlan
  /// How many months of revenue a saved session is worth.
  let months: Double

  /// - Throws: ``RunError/noMetric(_:)`` if the log has no revenue, or the metric is not `saved`.
  init(_ log: EncodedLog, plan: RunPlan, months: Double, key: String) throws(RunError) {
    guard plan.metric == .saved, log.mrr.contains(where: { $0 != nil }) else {
      throw .noMetric("\(key) needs the metric 'saved' and the role 'mrr' in the mapping")
    }
    self.log = log
    self.plan = plan
    self.months = months
  }

  /// The name of the margin.
  var label: String { "net margin of \(Decimals.shortest(months)) months" }

  /// The rows that have a margin.
  func known(_ rows: [Int]) -> [Int] {
    rows.filter { log.mrr[$0] != nil && log.rewards[$0] != nil }
  }

  /// The margin of a row that has one.
  func callAsFunction(_ row: Int) -> Double {
    (log.rewards[row] ?? 0) * (log.mrr[row] ?? 0) * months - (log.offerCosts[row] ?? 0)
  }

  /// Values policies by the margins of some rows.
  func valuation(_ rows: [Int], _ description: String) -> PolicyValuation {
    let known = known(rows)
    let missing = rows.count - known.count
    return PolicyValuation(
      log, plan: plan,
      PolicySample(
        log, rows: known,
        description + (missing > 0 ? ", less \(missing) without a revenue" : ""),
        rewards: known.map { self($0) }),
      quantity: label)
  }
}
