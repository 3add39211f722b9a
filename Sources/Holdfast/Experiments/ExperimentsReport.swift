internal import Inference
internal import Sessions

/// Many experiments as tables for people: what they come to, then the surest comparisons.
public struct ExperimentsReport: Sendable {
  private let experiments: Experiments

  /// Prepares the report of a run.
  public init(_ experiments: Experiments) { self.experiments = experiments }

  /// The whole report.
  public var text: String {
    let report = experiments.report
    var text = "Rows: \(report.rows) read, \(report.filtered) filtered, "
    text += "\(report.rejected) rejected\n\n" + summary
    if let shrinkage = experiments.shrinkage {
      text += "Differences over the run: mean \(number(shrinkage.mean)), standard deviation "
      text += "\(number(shrinkage.standardDeviation)) beyond chance\n"
    }
    return text + "\n" + comparisons
  }

  /// What the run comes to, a column a group.
  private var summary: String {
    let summaries = experiments.summaries
    var table = TerminalTable(
      [("", .left)] + summaries.map { ($0.group ?? "all", TerminalTable.Alignment.right) })
    func add(
      _ name: String, _ value: (ExperimentsSummary) -> Int, of: KeyPath<ExperimentsSummary, Int>?
    ) {
      table.add(
        [name]
          + summaries.map { summary in
            let count = value(summary)
            guard let whole = of.map({ summary[keyPath: $0] }), whole > 0 else { return "\(count)" }
            return "\(count) (\(Decimals.percent(Double(count) / Double(whole), 1)))"
          })
    }
    add("experiments", \.experiments, of: nil)
    add("sample ratio p < 0.01", \.sampleRatioBelow1Percent, of: \.sampleRatioTested)
    add("sample ratio p < 0.001", \.sampleRatioBelow1PerMille, of: \.sampleRatioTested)
    add("comparisons", \.comparisons, of: nil)
    add("refused", \.refused, of: \.comparisons)
    add("significant, unadjusted", \.significant, of: \.comparisons)
    add("significant, adjusted", \.significantAdjusted, of: \.comparisons)
    for verdict in ExperimentRow.Verdict.allCases where verdict != .refused {
      add("verdict: \(verdict.rawValue)", { $0.verdicts[verdict] ?? 0 }, of: \.comparisons)
    }
    if summaries.contains(where: { $0.lookedAt > 0 }) {
      add("naive reading, any look", \.naiveAtAnyLook, of: \.lookedAt)
      add("naive reading, last look", \.naiveAtLastLook, of: \.lookedAt)
      add("always-valid reading, any look", \.alwaysValidAtAnyLook, of: \.lookedAt)
    }
    return table.text
  }

  /// The comparisons with the least adjusted p-values.
  private var comparisons: String {
    var table = TerminalTable([
      ("experiment", .left), ("arm", .left), ("n", .right), ("baseline n", .right),
      ("test", .left), ("estimate", .right), ("interval", .left), ("shrunken", .right),
      ("p", .right), ("p adjusted", .right), ("verdict", .left),
    ])
    let rows = experiments.rows
    let order = rows.indices.filter { rows[$0].adjustedPValue != nil }.sorted { left, right in
      (rows[left].adjustedPValue ?? 1, left) < (rows[right].adjustedPValue ?? 1, right)
    }
    for row in order.prefix(Self.rowLimit).map({ rows[$0] }) {
      table.add([
        row.experiment, row.arm, row.sessions.map(String.init) ?? "–",
        row.baselineSessions.map(String.init) ?? "–",
        row.method.split(separator: ";").first.map(String.init) ?? "",
        row.estimate.value.map(number) ?? "–",
        row.estimate.interval.map { "[\(number($0.lower)), \(number($0.upper))]" } ?? "",
        row.shrunken?.value.map(number) ?? "–", row.pValue.map(Decimals.pValue) ?? "–",
        row.adjustedPValue.map(Decimals.pValue) ?? "–", row.verdict.rawValue,
      ])
    }
    guard !order.isEmpty else {
      return "No comparison has an answer: \(rows.first?.estimate.refusal ?? "there is none")\n"
    }
    let more = rows.count - min(order.count, Self.rowLimit)
    return "The surest comparisons\n" + table.text
      + (more > 0 ? "… and \(more) more with --format csv\n" : "")
  }

  private static let rowLimit = 20

  /// A number with its sign, to five decimals or as it is where these show little.
  private func number(_ value: Double) -> String {
    guard value.isFinite else { return value < 0 ? "−∞" : "∞" }
    return value != 0 && abs(value) < 0.001
      ? Decimals.signed(1_000 * value, 4) + "e-3" : Decimals.signed(value, 5)
  }
}
