internal import Foundation
internal import Inference

/// Rows as a CSV file, all of them, and as a Markdown table, the worst of each test.
struct Table {
  let rows: [CalibrationRow]

  init(_ rows: [CalibrationRow]) { self.rows = rows }

  /// All rows, one a line.
  var csv: String {
    let header =
      "test,scenario,offer,control,rate,quantity,nominal,observed,standard_error,replications,"
      + "limit,verdict\n"
    return rows.reduce(into: header) { text, row in
      let cells: [String] = [
        quoted(row.test), quoted(row.scenario), "\(row.offer)", "\(row.control)",
        row.rate.map { "\($0)" } ?? "", row.quantity.rawValue, "\(row.nominal)",
        "\(row.observed)", row.standardError.map { "\($0)" } ?? "",
        row.replications.map { "\($0)" } ?? "", "\(row.standard.limit(of: row.nominalError))",
        row.verdict.rawValue,
      ]
      text += cells.joined(separator: ",") + "\n"
    }
  }

  /// For each test the worst error of each kind, and where it is; beside it the worst where each arm is to
  /// have ten successes, if rates are known.
  func markdown(title: String) -> String {
    let kinds = Kind.allCases.filter { kind in rows.contains { kind.holds($0) } }
    let hasRates = rows.allSatisfy { $0.rate != nil }
    let columns = kinds.flatMap {
      hasRates ? [$0.rawValue, "\($0.rawValue), 10 successes expected"] : [$0.rawValue]
    }
    var text = "### \(title)\n\n"
    text += "| test | \(columns.joined(separator: " | ")) | rows | beyond the limit |\n"
    text += String(repeating: "|---", count: columns.count + 3) + "|\n"
    for (test, rows) in tests {
      let cells = kinds.flatMap { kind in
        let own = rows.filter(kind.holds)
        return hasRates ? [worst(own), worst(own.filter(\.isAmple))] : [worst(own)]
      }
      let beyond = rows.count { $0.verdict == .exceeds }
      text += "| \(test) | \(cells.joined(separator: " | ")) | \(rows.count) | "
      text += "\(beyond == 0 ? "none" : "\(beyond)") |\n"
    }
    return text
  }

  /// The row whose error is surely the greatest, in words; nothing if there is none.
  private func worst(_ rows: [CalibrationRow]) -> String {
    guard let row = rows.max(by: { $0.leastError < $1.leastError }) else { return "" }
    let error = row.standardError.map { String(format: " ± %.2f", 100 * $0) } ?? ""
    return String(format: "%.2f", 100 * row.observed) + error + " % (\(row.place))"
  }

  /// The rows of each test, in the order of the first of each.
  private var tests: [(test: String, rows: [CalibrationRow])] {
    var (order, members): ([String], [String: [CalibrationRow]]) = ([], [:])
    for row in rows {
      if members[row.test] == nil { order.append(row.test) }
      members[row.test, default: []].append(row)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  private func quoted(_ text: String) -> String {
    text.contains(where: { ",\"".contains($0) })
      ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }
}

/// What a column shows; both directions are one.
private enum Kind: String, CaseIterable {
  case twoSided = "two-sided size"
  case oneSided = "one-sided size"
  case coverage = "coverage"
  case everRejected = "ever rejects"
  case everMissed = "ever misses"
  case familywise = "any false finding"

  func holds(_ row: CalibrationRow) -> Bool {
    switch row.quantity {
    case .typeIError: self == .twoSided
    case .typeIErrorGreater, .typeIErrorLess: self == .oneSided
    case .coverage: self == .coverage
    case .everRejected: self == .everRejected
    case .everMissed: self == .everMissed
    case .familywiseError: self == .familywise
    }
  }
}

extension CalibrationRow {
  /// What the error is at least, 3.89 Monte Carlo errors below what was seen: few replications alone make
  /// no row the worst.
  fileprivate var leastError: Double { error - 3.89 * (standardError ?? 0) }

  /// Whether each arm is to have ten successes.
  fileprivate var isAmple: Bool {
    let least = control == 0 ? offer : min(offer, control)
    return rate.map { Double(least) * $0 >= 10 } ?? false
  }

  fileprivate var place: String {
    let sizes =
      offer == 0 ? [] : [control == 0 || control == offer ? "n \(offer)" : "n \(offer), \(control)"]
    let rates = rate.map { ["p \($0)"] } ?? []
    let plain = ["no effect", "one proportion"].contains(scenario)
    return (sizes + rates + (plain ? [] : [scenario])).joined(separator: ", ")
  }
}
