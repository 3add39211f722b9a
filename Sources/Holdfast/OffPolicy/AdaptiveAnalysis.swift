internal import Bandits

/// Values the arms of a log whose policy learned as it went.
///
/// In a batch of a cell the policy did not change. The probabilities of all arms there are read from those
/// recorded of the arms shown. Each cell is estimated for itself, and weighs by its share.
struct AdaptiveAnalysis {
  let log: EncodedLog
  let plan: RunPlan

  init(_ log: EncodedLog, plan: RunPlan) { (self.log, self.plan) = (log, plan) }

  /// The rows: values of all arms, contrasts with the baseline, the best arm; none where the plan does not
  /// ask.
  func run() -> [AdaptiveRow] {
    guard let adaptive = plan.offPolicy.adaptive else { return [] }
    let valuation = AdaptiveValuation(plan: plan, arms: log.arms.levels, source: "log")
    let sample = PolicySample(
      log, rows: log.rows(experimentOnly: false), "", balances: false)
    guard log.propensities != nil else { return [valuation.refused("the log has no propensities")] }
    guard let batches = batches(of: sample.rows, adaptive) else {
      return [
        valuation.refused(
          "without times, or a column of batches, nobody knows when the policy learned")
      ]
    }
    do throws(OffPolicyError) {
      let decisions = try sample.decisions.get()
      return valuation.rows(
        of: try BatchedLog(decisions, batches), floor: adaptive.floor)
    } catch {
      return [valuation.refused(Refusal.sentence(error))]
    }
  }

  /// The batch of each row from zero, in the order of time; nil where nothing tells.
  private func batches(of rows: [Int], _ adaptive: RunPlan.AdaptivePlan) -> [Int]? {
    if let column = log.offPolicy.batches {
      var numbers: [Int32: Int] = [:]
      return rows.map { row in
        let next = numbers.count
        let code = column.codes[row]
        if let number = numbers[code] { return number }
        numbers[code] = next
        return next
      }
    }
    guard let times = log.times, let first = rows.map({ times[$0] }).min() else { return nil }
    let length = adaptive.periodDays * 86_400_000_000
    let periods = rows.map { Int(Double(times[$0] - first) / length) }
    // Periods without a session are no batches.
    let occurring = Set(periods).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(occurring, occurring.indices))
    return periods.compactMap { places[$0] }
  }
}
