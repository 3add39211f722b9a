internal import Inference

/// The results of a simulation as text for people: where curves end, verdicts, and who beats whom when.
public enum SimulationReport {
  /// The report.
  public static func text(_ results: SimulationResults) -> String {
    var parts = [curves(results.curves)]
    if !results.verdicts.isEmpty { parts.append(verdicts(results.verdicts)) }
    if !results.comparisons.isEmpty {
      parts.append(
        results.comparisons.map { TerminalTable.printable($0.answer) + "\n" }.joined()
          + comparisons(results.comparisons))
    }
    if let sample = results.curves.first?.sample {
      parts.append("Sample: \(TerminalTable.printable(sample))\n")
    }
    var warnings: [String] = []
    let all = results.curves.flatMap(\.warnings) + results.verdicts.flatMap(\.warnings)
    for warning in all where !warnings.contains(warning) {
      warnings.append(warning)
    }
    return parts.joined(separator: "\n") + warnings.map { "warning: \($0)\n" }.joined()
  }

  /// The ends of the curves as a table; the way there is for files.
  private static func curves(_ all: [CurveRow]) -> String {
    let rows = all.filter { $0.sessions == all.last?.sessions }
    let hasSpend = rows.contains { $0.spend != nil }
    let hasMargin = rows.contains { $0.netMargin != nil }
    var table = TerminalTable(
      [
        ("policy", .left), ("sessions", .right), ("regret", .right), ("± s.e.", .right),
        ("median", .right), ("saved", .right), ("best arm shown", .right),
        ("best arm found", .right),
      ] + (hasSpend ? [("spend", .right)] : [])
        + (hasMargin ? [("net margin", .right)] : []))
    for row in rows {
      table.add(
        [
          row.policy, "\(row.sessions)", number(row.regret.value),
          number(row.regret.standardError), number(row.regretMedian), number(row.saved.value),
          Decimals.percent(row.optimalShare, 1), percent(row.correctSelection.value),
        ] + (hasSpend ? [number(row.spend?.value)] : [])
          + (hasMargin ? [number(row.netMargin?.value)] : []))
    }
    return table.text
  }

  /// The verdicts as a table.
  private static func verdicts(_ rows: [VerdictRow]) -> String {
    var table = TerminalTable([
      ("verdict of", .left), ("sessions", .right), ("± s.e.", .right), ("days", .right),
      ("decided", .right), ("false winners", .right), ("interval", .right), ("undecided", .right),
    ])
    for row in rows {
      table.add([
        row.policy, number(row.sessions?.value), number(row.sessions?.standardError),
        number(row.days?.value), "\(row.decided)", percent(row.falseWinnerRate.value),
        interval(row.falseWinnerRate.interval), "\(row.undecided)",
      ])
    }
    return table.text
  }

  /// The pairs as a table.
  private static func comparisons(_ rows: [ComparisonRow]) -> String {
    var table = TerminalTable([
      ("challenger", .left), ("against", .left), ("regret", .right), ("± s.e.", .right),
      ("saved", .right), ("± s.e.", .right), ("ahead", .right),
    ])
    for row in rows {
      table.add([
        row.challenger, row.other, signed(row.regret.value), number(row.regret.standardError),
        signed(row.saved.value), number(row.saved.standardError), percent(row.ahead.value),
      ])
    }
    return table.text
  }

  private static func number(_ value: Double?) -> String {
    value.map { Decimals.text($0, 1) } ?? "–"
  }

  private static func signed(_ value: Double?) -> String {
    value.map { Decimals.signed($0, 1) } ?? "–"
  }

  private static func percent(_ value: Double?) -> String {
    value.map { Decimals.percent($0, 1) } ?? "–"
  }

  private static func interval(_ interval: Interval?) -> String {
    interval.map { "\(Decimals.percent($0.lower, 1)) to \(Decimals.percent($0.upper, 1))" } ?? "–"
  }
}
