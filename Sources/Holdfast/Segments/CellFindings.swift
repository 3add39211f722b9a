internal import Inference
internal import Probability
internal import Segments

/// How each arm does in every cell of some categories, such as segment × reason: raw, and with small
/// cells leaning on their row, their column, and the mean.
struct CellFindings {
  /// The rows, cell after cell, arm after arm.
  private(set) var rows: [SegmentRow] = []
  /// What is to be said of each table.
  private(set) var notes: [String] = []

  init(_ sample: SegmentSample) async {
    for names in Self.tables(sample) {
      let results = await Ordered.map(sample.arms, threads: sample.plan.threads) { arm in
        Result { () throws(SegmentError) in
          try CellEffects(sample.data, by: names, arm: arm, baseline: 0)
        }
      }
      add(results, names, sample)
    }
  }

  /// The tables that the plan names, or its contexts where they may define segments.
  private static func tables(_ sample: SegmentSample) -> [[String]] {
    if let cells = sample.plan.segments.cells { return cells }
    let categories = sample.data.covariates.compactMap { covariate -> String? in
      if case .category = covariate.column { covariate.name } else { nil }
    }
    let contexts = sample.plan.contexts.filter { categories.contains($0) }
    return contexts.isEmpty ? [] : [contexts]
  }

  private mutating func add(
    _ results: [Result<CellEffects, SegmentError>], _ names: [String], _ sample: SegmentSample
  ) {
    let title = names.joined(separator: " × ")
    var tables: [CellEffects] = []
    for result in results {
      switch result {
      case .success(let table): tables.append(table)
      case .failure(let error):
        notes.append("no table of \(title): \(SegmentRefusal(error).sentence)")
        return
      }
    }
    let pValues = tables.flatMap { table in table.cells.map { $0.test?.pValue() } }
    let adjusted = sample.plan.adjustment.adjust(pValues)
    let tested = pValues.count { $0 != nil }
    var place = 0
    for table in tables {
      for cell in table.cells {
        var row = Self.row(cell, table, sample)
        row.adjustedPValue = adjusted[place]
        row.adjustment =
          "\(sample.plan.adjustment.rawValue) over \(tested) cells of \(title) × arms"
        rows.append(row)
        place += 1
      }
    }
    notes += tables.compactMap { Self.note($0, title) }
  }

  private static func row(
    _ cell: CellEffects.Cell, _ table: CellEffects, _ sample: SegmentSample
  ) -> SegmentRow {
    let level = sample.plan.level
    let refusal =
      cell.sessions.arm < 2 || cell.sessions.baseline < 2
      ? "\(cell.sessions.arm) sessions of \(table.arm) and \(cell.sessions.baseline) of the baseline"
      : "rewards do not vary"
    let tail = (1 - level) / 2
    return SegmentRow(
      source: "cells", claim: sample.assignment.claim, metric: sample.metric,
      rule: "\(cell.rule)", predicate: cell.rule.predicate, arm: table.arm,
      baseline: sample.baseline,
      method: "difference of means, normal; shrunken: crossed normal model, REML",
      estimate: cell.test.map {
        Estimate(
          $0.estimate, standardError: $0.standardError, interval: $0.interval(level: level))
      } ?? Estimate(refusal: refusal),
      outside: .notAsked, interaction: .notAsked,
      shrunken: cell.posterior.map {
        Estimate(
          $0.mean, standardError: $0.standardDeviation,
          interval: Interval(lower: $0.quantile(tail), upper: $0.upperQuantile(tail)))
      } ?? .notAsked, level: level, pValue: cell.test?.pValue(), adjustment: "",
      sessions: cell.sessions.total, sample: sample.everybody,
      warnings: [sample.warning].compactMap(\.self))
  }

  /// Whether the cells of a table differ at all.
  private static func note(_ table: CellEffects, _ title: String) -> String? {
    guard let test = table.heterogeneity else { return nil }
    return
      "\(table.arm): p \(Decimals.pValue(test.pValue)) of the null that its difference is the same in "
      + "all cells of \(title)"
  }
}
