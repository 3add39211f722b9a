internal import Inference

/// Checks the experiment behind the lift: the shares of its arms, and whether its effect holds over time,
/// weekdays and levels.
struct DiagnosticAnalysis {
  let log: EncodedLog
  let plan: RunPlan
  /// The randomised sessions, whatever came of them: their arms were drawn.
  let assigned: [Int]
  /// Those among them that have a metric.
  let rows: [Int]
  /// The shares that the arms were meant to get.
  let shares: [Double]
  /// Where the shares come from; nil where no shares are known.
  let sharesSource: String?
  /// The columns that are looked at level by level.
  let dimensions: [Dimension]
  /// The metric of each arm over all its sessions.
  let totals: [ArmSummary]

  init(_ log: EncodedLog, plan: RunPlan, sampleRatio: SampleRatio) {
    self.log = log
    self.plan = plan
    let assigned = (0..<log.rowCount).filter { log.isExperiment[$0] }
    self.assigned = assigned
    rows = assigned.filter { log.rewards[$0] != nil }
    shares = sampleRatio.shares
    if case .varies = Randomisation(log, rows: assigned, plan: plan) {
      sharesSource = nil
    } else {
      sharesSource = sampleRatio.source
    }
    dimensions = log.dimensions.map { Dimension($0, rows: assigned) }
    totals = ArmSummary.byArm(log, rows: rows) { log.rewards[$0] }
  }

  /// The rows: checks of shares first, then of effects; the same in any order of sessions and on any
  /// number of threads.
  ///
  /// - Complexity: O(*n d*) for *n* sessions and *d* dimensions.
  func run() -> [DiagnosticRow] {
    guard log.arms.levels.count > 1 else { return [] }
    var rows = [sequentialSampleRatio()]
    for dimension in clockDimensions + dimensions { rows += sampleRatio(by: dimension) }
    for dimension in clockDimensions + dimensions {
      let isWeekday = dimension.name == "weekday"
      rows += effects(by: dimension, as: isWeekday ? .weekday : .heterogeneity)
    }
    for clock in clocks { rows += novelty(by: clock) }
    judge(&rows)
    return rows
  }

  /// The weekdays, where times are known.
  private var clockDimensions: [Dimension] {
    log.times.map { [Dimension.weekdays($0)] } ?? []
  }

  /// The clocks by which an effect may fade.
  private var clocks: [Dimension] {
    guard let times = log.times else { return [] }
    return [
      .periods(times, rows: assigned, days: plan.diagnostics.periodDays),
      .exposure(times, customers: log.customers, rows: assigned),
    ]
  }

  /// Whether the metric is 0 or 1 in every session.
  var isShare: Bool { totals.allSatisfy(\.isBinary) }

  /// The metric by level and arm.
  func cells(_ dimension: Dimension) -> [[ArmSummary]] {
    let arms = log.arms.levels.count
    var cells = Array(repeating: ArmSummary(), count: dimension.levels.count * arms)
    for row in rows {
      guard let level = dimension.level(row), let reward = log.rewards[row] else { continue }
      cells[level * arms + Int(log.arms.codes[row])].add(reward)
    }
    return dimension.levels.indices.map { Array(cells[$0 * arms..<($0 + 1) * arms]) }
  }

  /// The sessions by level and arm, whatever came of them.
  func counts(_ dimension: Dimension) -> [[Int]] {
    let arms = log.arms.levels.count
    var counts = Array(repeating: 0, count: dimension.levels.count * arms)
    for row in assigned {
      guard let level = dimension.level(row) else { continue }
      counts[level * arms + Int(log.arms.codes[row])] += 1
    }
    return dimension.levels.indices.map { Array(counts[$0 * arms..<($0 + 1) * arms]) }
  }

  /// A row without an answer yet.
  func row(
    _ diagnostic: DiagnosticRow.Diagnostic, _ dimension: String, arm: Int? = nil,
    value: String? = nil, sessions: Int
  ) -> DiagnosticRow {
    DiagnosticRow(
      diagnostic: diagnostic, metric: diagnostic.isOfShares ? nil : plan.metric.rawValue,
      arm: arm.map { log.arms.levels[$0] }, dimension: dimension, value: value, method: "",
      null: "", level: plan.level, sessions: sessions,
      sample: diagnostic.isOfShares
        ? "\(assigned.count) randomised sessions"
        : "\(rows.count) randomised sessions that count")
  }

  /// Why a check could not be made, in a row's words.
  func refusal(_ error: InferenceError, arm: Int? = nil) -> String {
    error.sentence { index in
      guard let arm else { return log.arms.levels[index] }
      return log.arms.levels[index == 0 ? 0 : arm]
    }
  }

  /// Adjusts the p-values of each diagnostic over its rows, and compares them with their level.
  private func judge(_ rows: inout [DiagnosticRow]) {
    for diagnostic in DiagnosticRow.Diagnostic.allCases {
      let members = rows.indices.filter { rows[$0].diagnostic == diagnostic }
      let adjusted = plan.adjustment.adjust(members.map { rows[$0].pValue })
      let count = adjusted.count { $0 != nil }
      let alpha =
        diagnostic.isOfShares ? plan.diagnostics.sampleRatioAlpha : plan.diagnostics.alpha
      for (member, p) in zip(members, adjusted) {
        rows[member].adjustedPValue = p
        rows[member].adjustment =
          "\(plan.adjustment.rawValue) over \(count) \(count == 1 ? "check" : "checks")"
        if let p {
          rows[member].verdict = p < alpha ? .flagged : .clean
        } else {
          rows[member].verdict = rows[member].refusal == nil ? .clean : .refused
        }
      }
    }
  }
}
