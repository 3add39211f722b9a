internal import Inference

/// The findings as tables for people.
public struct FindingsReport: Sendable {
  private let findings: Findings

  /// Prepares the report of a run.
  public init(_ findings: Findings) { self.findings = findings }

  /// The whole report: warnings first, then lift, diagnostics, policies, segments, recommendations.
  public var text: String {
    [
      summary, Self.lift(findings.sampleRatio, findings.lift),
      Self.diagnostics(findings.diagnostics), Self.policies(findings.policies),
      Self.segments(findings.segments), Self.recommendations(findings.recommendations),
    ].joined(separator: "\n")
  }

  private var summary: String {
    let provenance = findings.provenance
    func line(_ name: String, _ fields: [(String, FieldValue)]) -> String {
      name
        + fields.filter { $0.1 != .integer(0) }
        .map { "\($0.0.replacing("_", with: " ")) \(CSVWriter.text($0.1))" }
        .joined(separator: ", ") + "\n"
    }
    var text = line("Sessions: ", provenance.rows)
    if !provenance.states.isEmpty { text += line("States: ", provenance.states) }
    return text + provenance.warnings.map { "Warning: \(TerminalTable.printable($0))\n" }.joined()
  }

  /// The sample-ratio check, then the comparisons.
  public static func lift(_ sampleRatio: SampleRatio, _ rows: [LiftRow]) -> String {
    var text = "LIFT against \(TerminalTable.printable(rows.first?.baseline ?? "the baseline"))\n"
    if let warning = sampleRatio.warning {
      text += "Warning: \(warning)\n"
    } else if let pValue = sampleRatio.pValue {
      text += "Sample ratio: p \(Decimals.pValue(pValue)) (\(sampleRatio.source))\n"
    } else if let refusal = sampleRatio.refusal {
      text += "Sample ratio: not tested, \(refusal)\n"
    }
    let repeated = Set(rows.flatMap(\.warnings)).subtracting([sampleRatio.warning ?? ""]).sorted()
    text += repeated.map { "Warning: \($0)\n" }.joined()
    guard !rows.isEmpty else { return text + "No contrast: there are fewer than two arms.\n" }
    var table = TerminalTable([
      ("metric", .left), ("arm", .left), ("n", .right), ("mean", .right), ("baseline", .right),
      ("method", .left), ("estimate", .right), ("interval", .left), ("p", .right),
      ("p adjusted", .right),
    ])
    for row in rows.prefix(rowLimit) {
      let scale = Scale(row)
      table.add([
        row.metric, row.arm, "\(row.sessions)", row.mean.map(scale.level) ?? "–",
        row.baselineMean.map(scale.level) ?? "–",
        row.method.split(separator: ";").first.map(String.init) ?? "",
        row.estimate.value.map(scale.effect) ?? "–",
        row.estimate.interval.map { "[\(scale.effect($0.lower)), \(scale.effect($0.upper))]" }
          ?? row.statisticText ?? row.estimate.refusal ?? "",
        row.pValue.map(Decimals.pValue) ?? "–",
        row.adjustedPValue.map(Decimals.pValue) ?? "–",
      ])
    }
    return text + table.text + more(rows.count, in: "lift.csv") + doubts(rows)
  }

  /// The proof sheets, one after the other.
  public static func proofs(_ sheets: [ProofSheet]) -> String {
    sheets.compactMap { sheet -> String? in
      guard let first = sheet.items.first else { return nil }
      var table = TerminalTable([
        ("item", .left), ("setting", .left), ("standing", .left), ("value", .right),
        ("interval", .left), ("p", .right), ("verdict", .left), ("note", .left),
      ])
      for item in sheet.items {
        table.add([
          item.kind.rawValue, item.setting ?? "", item.standing.rawValue,
          item.value.map { Decimals.text($0, 4) } ?? "–",
          item.interval.map { "[\(Decimals.text($0.lower, 4)), \(Decimals.text($0.upper, 4))]" }
            ?? "–", item.pValue.map(Decimals.pValue) ?? "–", item.verdict ?? "–", item.note,
        ])
      }
      let title = [first.metric, first.arm].map(TerminalTable.printable).joined(separator: ", ")
      return "PROOF of row \(first.row): \(title), \(first.method)\n\(sheet.summary)\n" + table.text
    }.joined(separator: "\n")
  }

  /// The values of policies, a line each: the doubly robust estimate where there is one, beside the
  /// self-normalised one. Every estimator's row is in the file.
  public static func policies(_ rows: [PolicyRow]) -> String {
    var quantities: [String] = []
    for row in rows where !quantities.contains(row.quantity) && !row.isQuantile {
      quantities.append(row.quantity)
    }
    return quantities.map { quantity in
      policies(rows.filter { $0.quantity == quantity }, quantity)
    }.joined(separator: "\n")
  }

  private static func policies(_ rows: [PolicyRow], _ quantity: String) -> String {
    var table = TerminalTable([
      ("policy", .left), ("value", .right), ("interval", .left), ("estimator", .left),
      ("SNIPS", .right), ("n", .right), ("effective n", .right),
    ])
    var names: [String] = []
    for row in rows where !names.contains(row.policy) { names.append(row.policy) }
    for name in names.prefix(rowLimit) {
      let own = rows.filter { $0.policy == name }
      let answered = own.filter { $0.estimate.value != nil }
      let weighted = own.first { $0.method == "SNIPS" }
      let robust = answered.filter { $0.method == "DR" }
      guard
        let row = robust.first(where: { $0.estimate.interval != nil }) ?? robust.first
          ?? answered.last ?? weighted ?? own.first
      else { continue }
      func number(_ value: Double?) -> String { value.map { Decimals.text($0, 4) } ?? "–" }
      table.add([
        name, number(row.estimate.value),
        row.estimate.interval.map { "[\(number($0.lower)), \(number($0.upper))]" }
          ?? row.estimate.refusal.map { "refused: \($0)" }
          ?? row.warnings.first { $0.hasPrefix(PolicyRow.withheld) } ?? "",
        row.method + (row.intervalMethod.map { $0 == "normal" ? "" : ", \($0)" } ?? ""),
        number(weighted?.estimate.value), "\(row.sessions)",
        row.effectiveSampleSize.map { Decimals.text($0, 0) } ?? "–",
      ])
    }
    return "POLICIES: the \(quantity) a session that each would have earned\n" + table.text
      + more(names.count, in: "policies.csv")
  }

  /// What the proof sheets hold against the comparisons.
  private static func doubts(_ rows: [LiftRow]) -> String {
    let doubted = rows.enumerated().filter { !($1.proof?.hasPrefix("holds") ?? true) }
    guard rows.contains(where: { $0.proof != nil }) else { return "" }
    return "Proofs: \(rows.count - doubted.count) of \(rows.count) rows hold in everything tried\n"
      + doubted.map { "  \($1.metric), \($1.arm), row \($0 + 1): \($1.proof ?? "")\n" }.joined()
  }

  static let rowLimit = 60

  static func more(_ count: Int, of limit: Int = rowLimit, in file: String) -> String {
    count > limit ? "… and \(count - limit) more in \(file)\n" : ""
  }
}

extension LiftRow {
  /// The statistic of a test that has one in the place of an effect.
  fileprivate var statisticText: String? {
    statistic.map { statistic in
      "statistic \(Decimals.text(statistic, 3))"
        + (degreesOfFreedom.map { ", \(Decimals.text($0, 0)) df" } ?? "")
    }
  }
}

/// The units of a comparison: shares in per cent and points, lifts in per cent, others as they are.
private struct Scale {
  let effectScale: TestDescription.Scale?
  let isShare: Bool
  let isShareDifference: Bool

  init(_ row: LiftRow) {
    effectScale = row.scale
    isShare = row.isShare
    isShareDifference = row.isShareDifference
  }

  func level(_ value: Double) -> String {
    isShare ? Decimals.percent(value) : Decimals.text(value, 4)
  }

  func effect(_ value: Double) -> String {
    guard value.isFinite else { return value < 0 ? "−∞" : "∞" }
    return switch effectScale {
    case .relativeLift: Decimals.signed(100 * value, 1) + " %"
    case .difference where isShareDifference: Decimals.signed(100 * value, 2) + " pp"
    case .difference, nil: Decimals.signed(value, 4)
    case .oddsRatio, .hazardRatio, .superiority: Decimals.text(value, 3)
    }
  }
}
