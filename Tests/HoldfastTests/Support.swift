import Foundation
import Holdfast
import Testing

/// The files of the project that tests read.
enum Project {
  /// The root of the repository.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The path of a file, from the root.
  static func path(_ file: String) -> String { root.appending(path: file).path }

  /// The plan of a folder under `datasets/`.
  static func plan(_ dataset: String) throws -> RunPlan {
    try RunPlan(
      contentsOf: path("datasets/\(dataset)/plan.yaml"),
      environment: ["HOLDFAST_DATASETS": ThirdPartyLogs.folder ?? "/nowhere"])
  }
}

/// Logs of third parties, which are no part of the project.
enum ThirdPartyLogs {
  /// The folder that holds them, where there is one.
  static let folder = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"]

  static let areThere = ConditionTrait.enabled(
    if: folder != nil, "HOLDFAST_DATASETS is not set: it names the folder of third parties' logs")
}

/// A folder that lives as long as a test holds it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// The names in a folder of this one, hidden ones too, sorted.
  func names(in name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").sorted()
  }

  /// The text of a file.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }
}

/// The plan that a text is, read from a file in a folder of its own.
func plan(_ yaml: String, environment: [String: String] = [:]) throws -> RunPlan {
  let folder = try TemporaryFolder()
  return try RunPlan(
    contentsOf: folder.write(yaml, to: "plan.yaml"), environment: environment)
}

/// The problems of a text as a plan; none if it is sound.
func problems(_ yaml: String, environment: [String: String] = [:]) throws -> [PlanProblem] {
  do {
    _ = try plan(yaml, environment: environment)
    return []
  } catch let error as PlanError {
    return error.problems
  }
}

/// The text of each file that findings are written into.
func files(of findings: Findings) throws -> [String: String] {
  let folder = try TemporaryFolder()
  try findings.write(to: "\(folder.path)/results")
  #expect(try folder.names(in: "results") == Findings.fileNames.sorted())
  return try Dictionary(
    uniqueKeysWithValues: Findings.fileNames.map { ($0, try folder.text("results/\($0)")) })
}

extension Findings {
  /// What the search for rules found.
  var rules: [SegmentRow] { segments.segments.filter { $0.source == "rules" } }
}

/// The bundled log, and what is found in it; run once for all tests.
enum CancelSessions {
  static let findings = Task { try await Run(Project.plan("cancel_sessions")).run() }

  /// What is recommended cell by cell.
  static let byCell = Task {
    var plan = try Project.plan("cancel_sessions")
    plan.recommend.by = .cells
    return try await Run(plan).recommendations().recommendations
  }

  static func world() throws -> CancelWorld {
    try CancelWorld(contentsOf: Project.path("datasets/cancel_sessions/world.yaml"))
  }

  /// What the truth file says.
  struct Truth: Decodable {
    struct Cell: Decodable {
      let cell: String
      let share: Double
      let best_arm: String
      let saved_rates: [String: Double]
    }

    let policies: [String: Double]
    let cells: [Cell]
  }

  static func truth() throws -> Truth {
    let file = Project.path("datasets/cancel_sessions/truth.json")
    return try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(filePath: file)))
  }
}
