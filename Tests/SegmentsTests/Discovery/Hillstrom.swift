import Foundation
import Segments
import Testing

/// Hillstrom's mail experiment (2008): 64,000 customers, three arms, visits within two weeks.
///
/// The log is not part of the project. The environment variable `HOLDFAST_DATASETS` names a folder
/// that holds `hillstrom/hillstrom.csv.gz`; without it these tests are skipped.
enum Hillstrom {
  static let path = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"].map {
    "\($0)/hillstrom/hillstrom.csv.gz"
  }

  static let isPresent = path.map { FileManager.default.fileExists(atPath: $0) } ?? false

  static let armNames = ["No E-Mail", "Mens E-Mail", "Womens E-Mail"]

  static let levels = [
    "mens": ["0", "1"], "womens": ["0", "1"], "newbie": ["0", "1"],
    "zip_code": ["Rural", "Surburban", "Urban"], "channel": ["Multichannel", "Phone", "Web"],
  ]

  static let table = Result { try CSVTable(unpack(#require(path))) }

  /// The log with some covariates: categories by name, the numbers `recency` and `log(history)`, the
  /// leading digit of the history's segment as `hist`, or an indicator such as `rural`.
  static func data(_ names: [String]) throws -> SegmentData {
    let table = try Self.table.get()
    return try SegmentData(
      arms: table.codes("segment", armNames), armNames: armNames, rewards: table.numbers("visit"),
      covariates: try names.map { try covariate($0, table) },
      units: (0..<64_000).map { UInt64($0) })
  }

  /// Every column that a formula may name: the arm as `segment`, categories, and numbers.
  static func covariates() throws -> [Covariate] {
    let table = try Self.table.get()
    let arm = Covariate(
      name: "segment",
      column: .category(codes: try table.codes("segment", armNames), levels: armNames))
    let categories = try ["zip_code", "channel"].map { try covariate($0, table) }
    let numbers = try ["mens", "womens", "newbie", "recency", "history"].map { name in
      let values = try table.numbers(name)
      return Covariate(
        name: name, column: .number(values: values, isPresent: values.map { _ in true }))
    }
    return [arm] + categories + numbers
  }

  /// Whether each customer came within two weeks.
  static func visits() throws -> [Double] { try table.get().numbers("visit") }

  /// Some rows of a column.
  static func rows(_ rows: [Int], of covariate: Covariate) -> Covariate {
    switch covariate.column {
    case .category(let codes, let levels):
      Covariate(
        name: covariate.name, column: .category(codes: rows.map { codes[$0] }, levels: levels))
    case .number(let values, let isPresent):
      Covariate(
        name: covariate.name,
        column: .number(values: rows.map { values[$0] }, isPresent: rows.map { isPresent[$0] }))
    }
  }

  private static func covariate(_ name: String, _ table: CSVTable) throws -> Covariate {
    if let levels = levels[name] {
      return Covariate(
        name: name, column: .category(codes: try table.codes(name, levels), levels: levels))
    }
    let values = try numbers(name, table)
    return Covariate(
      name: name, column: .number(values: values, isPresent: values.map { _ in true }))
  }

  private static func numbers(_ name: String, _ table: CSVTable) throws -> [Double] {
    switch name {
    case "log(history)": try table.numbers("history").map(log)
    case "hist":
      try table.texts("history_segment").map {
        try #require($0.first?.wholeNumberValue.map(Double.init))
      }
    case "rural", "urban": try table.texts("zip_code").map { $0.lowercased() == name ? 1 : 0 }
    case "web", "phone": try table.texts("channel").map { $0.lowercased() == name ? 1 : 0 }
    default: try table.numbers(name)
    }
  }

  /// The text of a compressed file.
  static func unpack(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
