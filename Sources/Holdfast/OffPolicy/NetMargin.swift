/// What a session was worth in money: months of revenue where it was saved, less what the offer cost.
///
///     margin = saved · mrr · months − cost of the offer
///
/// The cost is the log's: of a session that was deflected with its offer, whether or not it would have
/// stayed anyway. Sessions without a revenue have no margin and are left out.
struct NetMargin {
  private let log: EncodedLog
  private let plan: RunPlan
  private let months: Double

  /// Nil where the plan does not ask for margins.
  ///
  /// - Throws: ``RunError/noMetric(_:)`` if the log has no revenue, or the metric is not `saved`.
  init?(_ log: EncodedLog, plan: RunPlan) throws(RunError) {
    guard let months = plan.offPolicy.netMarginMonths else { return nil }
    guard plan.metric == .saved, log.mrr.contains(where: { $0 != nil }) else {
      throw .noMetric(
        "offPolicy.netMargin needs the metric 'saved' and the role 'mrr' in the mapping")
    }
    self.log = log
    self.plan = plan
    self.months = months
  }

  /// Values policies by the margins of some rows.
  func valuation(_ rows: [Int], _ description: String) -> PolicyValuation {
    let known = rows.filter { log.mrr[$0] != nil && log.rewards[$0] != nil }
    let margins = known.map { row in
      (log.rewards[row] ?? 0) * (log.mrr[row] ?? 0) * months - (log.offerCosts[row] ?? 0)
    }
    let missing = rows.count - known.count
    return PolicyValuation(
      log, plan: plan,
      PolicySample(
        log, rows: known,
        description + (missing > 0 ? ", less \(missing) without a revenue" : ""),
        rewards: margins),
      quantity: "net margin of \(Decimals.shortest(months)) months")
  }
}
