internal import ArgumentParser
internal import Foundation
internal import Inference

/// Measures the errors of every test of the catalogues and prints them as a table.
@main
struct Calibration: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibration",
    abstract: "Measure type-I error and coverage of every test of the catalogues.")

  @Flag(help: "A smoke run of seconds: few sessions, few replications.")
  var small = false

  @Option(help: "The number of tasks at a time; no number depends on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "The parts to run: exact, simulated, peeking, family.")
  var part: [Part] = Part.allCases

  @Option(help: "A test of two tallies that alone is enumerated, by its name in the catalogues.")
  var test: String?

  @Option(help: "A file for all rows as CSV.")
  var csv: String?

  enum Part: String, CaseIterable, ExpressibleByArgument {
    case exact, simulated, peeking, family
  }

  func run() async throws {
    let scale = small ? Effort.small : .full
    var all: [CalibrationRow] = []
    for part in part {
      let start = clock()
      let rows =
        switch part {
        case .exact: await ExactPart(effort: scale, only: test).rows(threads: threads)
        case .simulated: await SimulatedPart(effort: scale).rows(threads: threads)
        case .peeking: try await PeekingPart(effort: scale).rows(threads: threads)
        case .family: try await FamilyPart(effort: scale).rows(threads: threads)
        }
      let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
      FileHandle.standardError.write(
        Data("calibration: \(part.rawValue): \(rows.count) rows, \(Int(seconds)) s CPU\n".utf8))
      print(Table(rows).markdown(title: part.title))
      all += rows
    }
    if let csv { try Table(all).csv.write(toFile: csv, atomically: true, encoding: .utf8) }
    try check(all)
  }

  /// A control that keeps its level, or a test that promises to keep it and does not, fails the run.
  private func check(_ rows: [CalibrationRow]) throws {
    let byTest = Dictionary(grouping: rows, by: \.test)
    for (test, rows) in byTest.sorted(by: { $0.key < $1.key }) {
      let exceeds = rows.contains { $0.verdict == .exceeds }
      if test.hasPrefix("control:"), !exceeds {
        throw ValidationError("\(test) keeps its level: the calibration sees nothing")
      }
      if rows.contains(where: { $0.standard == .exact && $0.verdict == .exceeds }),
        !test.hasPrefix("control:")
      {
        throw ValidationError("\(test) promises to keep its level and does not")
      }
    }
  }
}

extension Calibration.Part {
  var title: String {
    switch self {
    case .exact: "Tallies, by enumeration"
    case .simulated: "Means, samples, clusters, strata and survival, by simulation"
    case .peeking: "Looks while the experiment runs, by simulation"
    case .family: "Several offers, by simulation"
    }
  }
}

/// How much work a run is worth.
enum Effort {
  /// Seconds: to see that it works.
  case small
  /// Minutes: the table of the documentation.
  case full

  func callAsFunction<Value>(_ small: Value, _ full: Value) -> Value {
    self == .small ? small : full
  }
}
