import Foundation
import Inference
import TestSupport
import Testing

/// The figures of `Reference/survival.json`, which R's packages survival and cmprsk made.
enum SurvivalReference {
  /// The whole file.
  static let file = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "survival.json"))
    return try JSONDecoder().decode(JSONValue.self, from: data)
  }

  /// The made-up trial: three arms, ties by the day, two causes, strata and clusters.
  static func trial() throws -> Trial { Trial(columns: try file.get()["trial"]) }

  /// The figures for one of the published data sets.
  static func figures(of name: String) throws -> JSONValue { try file.get()["public"][name] }

  /// The folder of the published data sets, which are not part of the project: the environment
  /// variable `HOLDFAST_DATASETS` names a folder that holds `survival_reference` (`lung` and `veteran`
  /// of R's survival, `rossi` of lifelines, as comma-separated files).
  static let folder = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"].map {
    URL(fileURLWithPath: $0).appendingPathComponent("survival_reference")
  }

  /// A published data set, read from the folder.
  static func table(_ name: String) throws -> CommaTable {
    let folder = try #require(folder)
    return CommaTable(
      try String(contentsOf: folder.appendingPathComponent("\(name).csv"), encoding: .utf8))
  }
}

/// Columns of times, events and what else there is, by name.
struct Trial {
  let columns: JSONValue

  func numbers(_ name: String) throws -> [Double] { try columns[name].numbers }

  /// The life table of the rows that a condition on a column picks.
  func table(where name: String, is value: Double) throws -> LifeTable {
    let picked = zip(try numbers(name), zip(try numbers("time"), try numbers("status")))
      .filter { $0.0 == value }.map(\.1)
    return try LifeTable(durations: picked.map(\.0), events: picked.map { $0.1 == 1 })
  }

  /// The life tables by stratum, and in it by arm.
  func strata(arms: Int) throws -> [[LifeTable]] {
    var tables = Array(repeating: Array(repeating: LifeTable(), count: arms), count: 3)
    let (arm, stratum) = (try numbers("arm"), try numbers("stratum"))
    let (time, status) = (try numbers("time"), try numbers("status"))
    for row in arm.indices where Int(arm[row]) < arms {
      tables[Int(stratum[row])][Int(arm[row])].add(
        duration: time[row], events: Int(status[row]), censored: 1 - Int(status[row]))
    }
    return tables
  }
}

/// A small comma-separated file with a head line and no quotes.
struct CommaTable {
  private let head: [Substring]
  private let rows: [[Substring]]

  init(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    head = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  func words(_ name: String) throws -> [String] {
    let column = try #require(head.firstIndex { $0 == name })
    return rows.map { String($0[column]) }
  }

  func numbers(_ name: String) throws -> [Double] {
    try words(name).map { try #require(Double($0)) }
  }

  /// The life tables of the groups of a column, in the order of their names.
  func tables(time: String, event: (String, Double), by group: String) throws -> [LifeTable] {
    let (times, groups) = (try numbers(time), try words(group))
    let events = try numbers(event.0).map { $0 == event.1 }
    var tables: [String: LifeTable] = [:]
    for row in times.indices {
      tables[groups[row], default: LifeTable()].add(
        duration: times[row], events: events[row] ? 1 : 0, censored: events[row] ? 0 : 1)
    }
    return tables.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// Holds a number to R's, to ten significant digits unless told otherwise.
func expectClose(
  _ computed: Double, _ wanted: Double, within tolerance: Double = 1e-10, _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    relativeError(computed, wanted) <= tolerance, "\(name) is \(computed), not \(wanted)",
    sourceLocation: sourceLocation)
}

/// Holds numbers to R's one by one.
func expectClose(
  _ computed: [Double], _ wanted: [Double], within tolerance: Double = 1e-10, _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(computed.count == wanted.count, "\(name)", sourceLocation: sourceLocation)
  for (own, other) in zip(computed, wanted) {
    expectClose(own, other, within: tolerance, name, sourceLocation: sourceLocation)
  }
}
