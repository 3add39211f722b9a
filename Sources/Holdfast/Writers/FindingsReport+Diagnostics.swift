internal import Inference

extension FindingsReport {
  /// The checks that are flagged, and how many are not.
  public static func diagnostics(_ rows: [DiagnosticRow]) -> String {
    let flagged = rows.filter { $0.verdict == .flagged }
    let clean = rows.count { $0.verdict == .clean }
    let refused = rows.count { $0.verdict == .refused }
    // What is flagged of a whole dimension is enough here; its levels are in the file.
    let shown = flagged.filter { ![.effectByLevel, .sampleRatioByLevel].contains($0.diagnostic) }
    let text =
      "DIAGNOSTICS: \(flagged.count) flagged, \(clean) clean, \(refused) that cannot be made\n"
    guard !shown.isEmpty else { return text }
    return text + table(shown.prefix(diagnosticLimit)) + "Each level: diagnostics.csv\n"
  }

  /// Every check.
  public static func allDiagnostics(_ rows: [DiagnosticRow]) -> String {
    rows.isEmpty ? "No contrast: there are fewer than two arms.\n" : table(rows[...])
  }

  private static let diagnosticLimit = 40

  private static func table(_ rows: ArraySlice<DiagnosticRow>) -> String {
    var table = TerminalTable([
      ("check", .left), ("arm", .left), ("dimension", .left), ("value", .left), ("n", .right),
      ("estimate", .right), ("interval", .left), ("p adjusted", .right), ("verdict", .left),
      ("note", .left),
    ])
    for row in rows {
      table.add([
        row.diagnostic.rawValue.replacing("_", with: " "), row.arm ?? "", row.dimension,
        row.value ?? "", "\(row.sessions)",
        row.estimate.map { Decimals.signed($0, 4) } ?? "",
        row.interval.map { "[\(Decimals.signed($0.lower, 4)), \(Decimals.signed($0.upper, 4))]" }
          ?? "", row.adjustedPValue.map(Decimals.pValue) ?? "–", row.verdict.rawValue,
        row.refusal ?? row.warnings.joined(separator: "; "),
      ])
    }
    return table.text
  }
}
