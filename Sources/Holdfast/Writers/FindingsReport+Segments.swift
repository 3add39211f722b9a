internal import Inference

extension FindingsReport {
  /// What differs between customers: the verdicts, then each part as a table.
  public static func segments(_ findings: SegmentFindings) -> String {
    if let refusal = findings.refusal { return "SEGMENTS: \(refusal)\n" }
    let title = findings.confounding == nil ? "SEGMENTS" : "ASSOCIATIONS"
    let baseline = findings.segments.first?.baseline ?? "the baseline"
    var text = "\(title) against \(TerminalTable.printable(baseline))\n"
    if let confounding = findings.confounding {
      text +=
        "Refused: nothing can be said of what an arm does, because "
        + TerminalTable.printable(confounding) + ".\n"
        + "Rows below compare customers who got an arm with customers who did not.\n"
    }
    for note in findings.notes {
      text += "  \(note.part): \(TerminalTable.printable(note.note))\n"
    }
    return text + rules(findings.segments.filter { $0.source == "rules" })
      + leaves(findings.segments.filter { $0.source == "tree" })
      + cells(findings.segments.filter { $0.source == "cells" }) + models(findings.models)
      + uplift(findings.uplift) + policyTree(findings.policyTree)
  }

  private static let segmentLimit = 20

  /// The rules of the search, the surest first.
  private static func rules(_ rows: [SegmentRow]) -> String {
    guard let first = rows.first else { return "" }
    var table = TerminalTable([
      ("segment", .left), ("arm", .left), ("inside", .right), ("outside", .right),
      ("difference", .left), ("p adjusted", .right), ("stability", .right),
      ("whole sample: in", .right), ("out", .right),
    ])
    for row in rows.prefix(segmentLimit) {
      table.add([
        row.rule, row.arm, points(row.estimate.value), points(row.outside.value),
        interval(row.interaction) ?? "refused: \(row.estimate.refusal ?? "")",
        row.adjustedPValue.map(Decimals.pValue) ?? "–",
        row.stability.map { Decimals.percent($0, 0) } ?? "–", points(row.wholeSample),
        points(row.wholeSampleOutside),
      ])
    }
    return
      "Rules, tested on \(first.sample); \(first.candidates ?? 0) candidates searched\n"
      + table.text + more(rows.count, of: segmentLimit, in: "segments.csv")
  }

  /// The leaves of trees, the surest first.
  private static func leaves(_ rows: [SegmentRow]) -> String {
    guard let first = rows.first else { return "" }
    var table = TerminalTable([
      ("leaf", .left), ("arm", .left), ("inside", .left), ("inside − the others", .left),
      ("p adjusted", .right), ("n", .right),
    ])
    let sorted = rows.enumerated().sorted {
      ($0.element.adjustedPValue ?? 2, $0.offset) < ($1.element.adjustedPValue ?? 2, $1.offset)
    }.map(\.element)
    for row in sorted.prefix(segmentLimit) {
      table.add([
        row.rule, row.arm, interval(row.estimate) ?? row.estimate.refusal ?? "",
        interval(row.interaction) ?? "–", row.adjustedPValue.map(Decimals.pValue) ?? "–",
        "\(row.sessions)",
      ])
    }
    return "Trees, tested on \(first.sample)\n" + table.text
      + more(rows.count, of: segmentLimit, in: "segments.csv")
  }

  /// The cells in which an arm does most, once small ones lean on the others.
  private static func cells(_ rows: [SegmentRow]) -> String {
    guard !rows.isEmpty else { return "" }
    var table = TerminalTable([
      ("cell", .left), ("arm", .left), ("raw", .left), ("shrunken", .left), ("p adjusted", .right),
      ("n", .right),
    ])
    func size(_ row: SegmentRow) -> Double {
      abs(row.shrunken.value ?? row.estimate.value ?? 0)
    }
    let sorted = rows.enumerated().sorted {
      (size($1.element), $0.offset) < (size($0.element), $1.offset)
    }.map(\.element)
    for row in sorted.prefix(10) {
      table.add([
        row.rule, row.arm, interval(row.estimate) ?? row.estimate.refusal ?? "",
        interval(row.shrunken) ?? "–", row.adjustedPValue.map(Decimals.pValue) ?? "–",
        "\(row.sessions)",
      ])
    }
    return "Cells of greatest difference, of \(rows.count) cells × arms\n" + table.text
      + more(rows.count, of: 10, in: "segments.csv")
  }

  /// The coefficients and joint tests of the plan's regressions.
  private static func models(_ rows: [ModelRow]) -> String {
    let shown = rows.filter { $0.quantity != "interaction" }
    guard !shown.isEmpty else { return "" }
    var table = TerminalTable([
      ("model", .left), ("row", .left), ("term", .left), ("estimate", .left), ("ratio", .right),
      ("statistic", .right), ("p", .right), ("p adjusted", .right),
    ])
    for row in shown.prefix(rowLimit) {
      func number(_ value: Double) -> String { Decimals.text(value, 4) }
      let estimate = row.estimate.value.map { value in
        number(value)
          + (row.estimate.interval.map { " [\(number($0.lower)), \(number($0.upper))]" } ?? "")
      }
      table.add([
        row.model, row.quantity, row.term, estimate ?? row.estimate.refusal ?? "",
        row.ratio?.value.map { Decimals.text($0, 3) } ?? "–",
        row.statistic.map { "\(Decimals.text($0, 3)) (\(row.degreesOfFreedom ?? 1) df)" } ?? "–",
        row.pValue.map(Decimals.pValue) ?? "–", row.adjustedPValue.map(Decimals.pValue) ?? "–",
      ])
    }
    return "Regressions\n" + table.text + more(shown.count, in: "models.csv")
  }

  /// How well each prediction ranks customers.
  private static func uplift(_ rows: [UpliftRow]) -> String {
    let areas = rows.filter { $0.measure == "autoc" }
    guard !areas.isEmpty else { return "" }
    var table = TerminalTable([
      ("arm", .left), ("learner", .left), ("AUTOC", .left), ("p adjusted", .right),
      ("Qini", .right), ("AUUC", .right), ("slope of effects on predictions", .left),
    ])
    for row in areas.prefix(rowLimit) {
      let own = rows.filter { $0.arm == row.arm && $0.learner == row.learner }
      func value(_ measure: String) -> String {
        own.first { $0.measure == measure }?.estimate.value.map { Decimals.text($0, 4) } ?? "–"
      }
      let slope = own.first { $0.measure == "calibration" && $0.setting == "differences" }
      table.add([
        row.arm, row.learner, plain(row.estimate) ?? row.estimate.refusal ?? "",
        row.adjustedPValue.map(Decimals.pValue) ?? "–", value("qini"), value("auuc"),
        slope.flatMap { plain($0.estimate) } ?? "–",
      ])
    }
    return "Predicted effects, judged on customers who taught nothing\n" + table.text
      + "Groups, budgets and projections: uplift.csv\n"
  }

  /// The leaves of the optimal shallow policy.
  static func policyTree(_ rows: [PolicyTreeRow]) -> String {
    guard let first = rows.first else { return "" }
    var table = TerminalTable([
      ("customers", .left), ("show", .left), ("value", .left), ("against the baseline", .left),
      ("share", .right),
    ])
    for row in rows {
      table.add([
        row.rule, row.arm, plain(row.estimate) ?? row.estimate.refusal ?? "",
        plain(row.gain) ?? row.gain.refusal ?? "", Decimals.percent(row.share, 1),
      ])
    }
    return "Policy: \(first.policy); values on the sessions that found it, which flatters\n"
      + table.text
  }

  private static func points(_ value: Double?) -> String {
    value.map { Decimals.signed(100 * $0, 2) + " pp" } ?? "–"
  }

  private static func interval(_ estimate: Estimate) -> String? {
    guard let interval = estimate.interval else { return nil }
    return "\(points(estimate.value)) [\(Decimals.signed(100 * interval.lower, 2)), "
      + "\(Decimals.signed(100 * interval.upper, 2))]"
  }

  private static func plain(_ estimate: Estimate) -> String? {
    guard let value = estimate.value, let interval = estimate.interval else { return nil }
    return "\(Decimals.signed(value, 4)) [\(Decimals.signed(interval.lower, 4)), "
      + "\(Decimals.signed(interval.upper, 4))]"
  }
}
