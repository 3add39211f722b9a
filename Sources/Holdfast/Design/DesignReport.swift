internal import Inference

/// Designs as text for people: what each says in a line, then all of them as a table.
public enum DesignReport {
  /// The report.
  public static func text(_ rows: [DesignRow]) -> String {
    var text = rows.prefix(headlineLimit).map { headline($0) + "\n" + details($0) }
      .joined(separator: "\n")
    let sources = rows.first?.sources ?? []
    if !sources.isEmpty { text += "\nRests on: " + sources.joined(separator: "; ") + "\n" }
    return rows.count > 1 ? text + "\n" + table(rows) : text
  }

  /// The answer in a line: sessions, days and the day of the verdict, or why there is none.
  public static func headline(_ row: DesignRow) -> String {
    if let refusal = row.refusal { return "No answer: \(refusal)" }
    var parts: [String] = []
    if row.solvedFor == "power", let power = row.power {
      parts.append("Power \(Decimals.percent(power, 1))")
    }
    if row.solvedFor == "effect" { parts.append("Detects \(effect(row))") }
    parts.append(sessions(row))
    if let enrolment = row.enrolmentDays {
      parts.append("\(grouped(enrolment)) days of traffic + \(row.windowDays) days window")
    }
    let line = parts.joined(separator: ", ")
    return line + (row.verdict.map { ": verdict on \($0.prefix(10))" } ?? "")
  }

  private static func sessions(_ row: DesignRow) -> String {
    guard let offer = row.sessionsPerOffer, let control = row.controlSessions else { return "" }
    if offer == control { return "\(grouped(offer)) sessions an arm" }
    let offers =
      row.offers == 1 ? "of the offer" : "of each of \(row.offers) offers"
    return "\(grouped(offer)) sessions \(offers) and \(grouped(control)) of the control"
  }

  /// What the line rests on: the question, the test, the price of each choice, and the warnings.
  private static func details(_ row: DesignRow) -> String {
    var lines = ["\(row.test): \(row.method); \(row.tail); \(row.choice)"]
    if let power = row.power, row.refusal == nil {
      let asked = row.powerAsked.map { " (asked: \(Decimals.percent($0, 1)))" } ?? ""
      lines.append(
        "\(effect(row)), power \(Decimals.percent(power, 2))\(asked), error "
          + "\(Decimals.percent(row.alpha, 2)), adjustment \(row.adjustment), looks: \(row.looks)")
    }
    if let inflation = row.inflation {
      let factors = [
        ("shares", inflation.allocation), ("adjustment", inflation.adjustment),
        ("looks", inflation.looks), ("clusters", inflation.clusters),
      ].compactMap { name, factor in factor.map { "\(name) × \(Decimals.text($0, 3))" } }
      lines.append(
        "price in sessions: " + factors.joined(separator: ", ")
          + (inflation.total.map { ", in all × \(Decimals.text($0, 3))" } ?? ""))
    }
    lines += row.warnings.map { "warning: \($0)" }
    return lines.map { "  \(TerminalTable.printable($0))\n" }.joined()
  }

  private static func table(_ rows: [DesignRow]) -> String {
    var table = TerminalTable([
      ("test", .left), ("baseline", .right), ("effect", .right), ("lift", .right),
      ("alpha", .right), ("power", .right), ("n an offer", .right), ("n control", .right),
      ("n", .right), ("days", .right), ("verdict", .left), ("solved for", .left),
    ])
    for row in rows.prefix(rowLimit) {
      table.add([
        row.test, row.baseline.map { level($0, row) } ?? "–",
        row.effect.map { value($0, row) } ?? "–",
        row.lift.map { Decimals.signed(100 * $0, 1) + " %" } ?? "–", "\(row.alpha)",
        row.power.map { Decimals.text($0, 4) } ?? "–", row.sessionsPerOffer.map(grouped) ?? "–",
        row.controlSessions.map(grouped) ?? "–", row.total.map(grouped) ?? "–",
        row.days.map(grouped) ?? "–", row.verdict.map { String($0.prefix(10)) } ?? "–",
        row.refusal ?? (row.choice.hasPrefix("offered") ? "offered: best shares" : row.solvedFor),
      ])
    }
    return table.text
      + (rows.count > rowLimit ? "… and \(rows.count - rowLimit) more with --format csv\n" : "")
  }

  private static let headlineLimit = 6
  private static let rowLimit = 200

  /// The effect with its name: a difference in points or units, a lift in per cent, or a ratio.
  private static func effect(_ row: DesignRow) -> String {
    guard let effect = row.effect else { return "an effect" }
    let name =
      switch row.scale {
      case .difference: "a difference of"
      case .relativeLift: "a lift of"
      case .oddsRatio: "an odds ratio of"
      case .hazardRatio: "a hazard ratio of"
      case .superiority: "a superiority of"
      }
    let from = row.baseline.map { " from \(level($0, row))" } ?? ""
    return "\(name) \(value(effect, row))\(from)"
  }

  private static func value(_ effect: Double, _ row: DesignRow) -> String {
    switch row.scale {
    case .relativeLift: Decimals.signed(100 * effect, 2) + " %"
    case .difference where row.isShare: Decimals.signed(100 * effect, 2) + " pp"
    case .difference: Decimals.signed(effect, 4)
    case .oddsRatio, .hazardRatio, .superiority: Decimals.text(effect, 3)
    }
  }

  private static func level(_ mean: Double, _ row: DesignRow) -> String {
    row.isShare ? Decimals.percent(mean) : Decimals.text(mean, 4)
  }

  /// A whole number with its thousands apart: 12,431.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(abs(number)).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "−" : "") + String(text.reversed())
  }
}
