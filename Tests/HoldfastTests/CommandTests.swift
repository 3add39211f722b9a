import Foundation
import Holdfast
import Sessions
import Testing

/// The command says results on standard output, all else on standard error, and ends in a code of
/// sysexits.
@Suite(.serialized) struct CommandTests {
  private let command: Command
  private static let plan = Project.path("datasets/cancel_sessions/plan.yaml")
  private static let world = Project.path("datasets/cancel_sessions/world.yaml")

  init() throws { command = try Command() }

  /// A plan of two arms and the log that it reads, in the command's folder.
  private func writeSmallPlan(_ rows: String = Self.rows, more: String = "") throws {
    try command.folder.write("offer,kept\n" + rows, to: "log.csv")
    try command.folder.write(
      """
      sessions: log.csv
      mapping: {arm: offer, reward: {column: kept, minimum: 0, maximum: 1}, propensity: uniform}
      baseline: none
      \(more)
      """, to: "plan.yaml")
  }

  private static let rows = (0..<400).map { row in
    "\(row % 2 == 0 ? "none" : "discount"),\(row % 5 == 0 ? 1 : 0)\n"
  }.joined()

  @Test(arguments: [
    "replay", "check", "lift", "diagnose", "experiments", "segments", "simulate", "generate",
    "plan", "recommend",
  ])
  func helpShowsAnExample(_ name: String) throws {
    let result = try command.run(name, "--help")
    #expect(result.code == 0)
    #expect(result.output.contains("Example:\n  holdfast \(name) "))
    #expect(result.error.isEmpty)
  }

  @Test func theCommandItselfHasHelpAndAVersion() throws {
    let help = try command.run("--help")
    #expect(help.code == 0 && help.output.contains("Exit codes:"))
    let version = try command.run("--version")
    #expect(version.code == 0 && version.output == HoldfastVersion.current + "\n")
  }

  @Test(arguments: [
    ["lift"], ["lift", "a", "b"], ["lift", "plan.yaml", "--threads", "0"], ["nonsense"],
    ["replay", "plan.yaml", "--format", "csv"], ["lift", "plan.yaml", "--format", "xml"],
    ["lift", "plan.yaml", "--seed", "-1"], ["generate", "w.yaml"],
    ["generate", "w.yaml", "--output", "x", "--sessions", "0"],
    ["simulate", "w.yaml", "--horizon", "0"],
  ])
  func wrongUsageEndsIn64(_ arguments: [String]) throws {
    #expect(try command.run(arguments).code == 64)
    #expect(try command.folder.names() == [])
  }

  @Test(arguments: ["replay", "lift", "check", "segments"])
  func badDataEndIn65(_ name: String) throws {
    try writeSmallPlan(Self.rows + "none,maybe\n")
    let result = try command.run(name, "plan.yaml")
    #expect(result.code == 65)
    let said = name == "check" ? result.output : result.error
    #expect(said.contains("BAD_NUMBER") && said.contains("402"))
    #expect(!said.contains("maybe"))
    #expect(try command.folder.names() == ["log.csv", "plan.yaml"])
  }

  @Test func missingInputEndsIn66() throws {
    try writeSmallPlan()
    for arguments in [
      ["lift", "nowhere.yaml"], ["lift", "plan.yaml", "--sessions", "nowhere.csv"],
    ] {
      #expect(try command.run(arguments).code == 66)
    }
  }

  @Test func aPlaceThatIsTakenEndsIn74BeforeAnyWork() throws {
    try writeSmallPlan()
    try command.folder.write("mine", to: "taken/notes.txt")
    for place in ["log.csv", "taken", "log.csv/results", "."] {
      let result = try command.run("replay", "plan.yaml", "--output", place)
      #expect(result.code == 74, "\(place)")
      #expect(result.output.isEmpty && result.error.hasPrefix("holdfast: "))
    }
    #expect(try command.folder.names() == ["log.csv", "plan.yaml", "taken"])
    #expect(try command.folder.text("taken/notes.txt") == "mine")
  }

  @Test func aBadPlanEndsIn78AndNothingIsWritten() throws {
    try writeSmallPlan(more: "seeds: 1\nlevel: 95")
    let result = try command.run("replay", "plan.yaml")
    #expect(result.code == 78 && result.output.isEmpty)
    #expect(result.error.contains("plan.yaml:4:1: seeds: unknown key"))
    #expect(result.error.contains("plan.yaml:5:8: level: '95' is not allowed"))
    try writeSmallPlan(more: "policies: [{always: gift}]")
    let unknown = try command.run("replay", "plan.yaml")
    #expect(unknown.code == 78)
    #expect(unknown.error.contains("no arm 'gift'; it has: none, discount"))
    let hostile = Project.path("Tests/HoldfastTests/Reference/nasty/g01_config_traversal.json")
    #expect(try command.run("replay", hostile).code == 78)
    #expect(try command.folder.names() == ["log.csv", "plan.yaml"])
  }

  @Test func jsonAndCSVAreForMachines() throws {
    for arguments in [
      ["lift", Self.plan], ["diagnose", Self.plan],
      ["simulate", Self.world, "--horizon", "200", "--replications", "3"],
    ] {
      let json = try command.run(arguments + ["--format", "json"])
      #expect(json.code == 0)
      let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
      let count = try #require(rows as? [[String: Any]]).count
      #expect(count > 5)

      let csv = try command.run(arguments + ["--format", "csv"])
      let file = try command.folder.write(csv.output, to: "rows.csv")
      let arm = ["simulate": "policy", "diagnose": "dimension"][arguments[0]] ?? "arm"
      var schema = Schema(arm: [arm])
      schema.keepUnknown = true
      let table = try SessionReader(schema: schema).read(file)
      #expect(table.report.accepted + table.report.exactDuplicates == count)
      #expect(csv.error.isEmpty && json.error.isEmpty)
    }
  }

  /// What differs between customers has several kinds of row: JSON holds all, CSV one, a folder each.
  @Test(arguments: [
    ("segments", "segments.csv", SegmentFindings.fileNames),
    ("recommend", "recommendations.csv", RecommendationReport.fileNames),
  ])
  func findingsOfCustomersAreForMachines(
    _ name: String, _ file: String, _ files: [String]
  ) throws {
    let json = try command.run(name, Self.plan, "--format", "json", "--output", "results")
    let whole = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    let keys = try #require(whole as? [String: Any]).keys
    #expect(keys.contains("provenance") && keys.contains("policy_tree"))
    #expect(json.error == "results: results/ (\(files.joined(separator: ", ")))\n")
    #expect(try command.folder.names(in: "results") == files.sorted())
    #expect(try command.folder.text("results/\(files[0])") == json.output)
    let csv = try command.run(name, Self.plan, "--format", "csv")
    #expect(try command.folder.text("results/\(file)") == csv.output && csv.error.isEmpty)
    #expect(csv.output.split(separator: "\n").count > 50)
    // Another kind of folder is not replaced.
    let other = name == "segments" ? "recommend" : "segments"
    #expect(try command.run(other, Self.plan, "--output", "results").code == 74)
  }

  @Test func offersComeFromATreeOrFromCells() throws {
    let tree = try command.run("recommend", Self.plan)
    #expect(tree.output.contains("customers, by tree of depth 2\n"))
    let cells = try command.run("recommend", Self.plan, "--by", "cells")
    #expect(cells.output.contains("customers, by best by reason × plan\n"))
    #expect(try command.run("recommend", Self.plan, "--by", "luck").code == 64)
  }

  @Test func standardInputIsRead() throws {
    try writeSmallPlan()
    let log = try command.folder.text("log.csv")
    let piped = try command.run("lift", "plan.yaml", "--sessions", "-", input: log)
    let read = try command.run("lift", "plan.yaml")
    #expect(piped.code == 0)
    #expect(piped.output == read.output)
    #expect(try command.run("lift", "plan.yaml", "--sessions", "-", input: "").code == 65)
  }

  /// Off a terminal there is no progress; what is written is said on standard error.
  @Test func aGeneratedLogIsReplayed() async throws {
    let generated = try command.run(
      "generate", Self.world, "--output", "log", "--sessions", "6000", "--seed", "5")
    #expect(generated.code == 0 && generated.output.isEmpty)
    #expect(try command.folder.names(in: "log") == ["sessions.csv.gz", "truth.json"])
    let log = "log/sessions.csv.gz"
    let replayed = try command.run(
      "replay", Self.plan, "--sessions", log, "--output", "results/a", "--threads", "1")
    #expect(replayed.code == 0)
    for error in [generated.error, replayed.error] {
      #expect(error.split(separator: "\n").count == 1)
      #expect(!error.contains("\r") && !error.contains("\u{1B}"))
    }

    var plan = try RunPlan(contentsOf: Self.plan, environment: [:])
    plan.sessions = "\(command.folder.path)/\(log)"
    let findings = try await Run(plan).run()
    #expect(replayed.output == FindingsReport(findings).text)
    for (name, text) in try files(of: findings) {
      #expect(try command.folder.text("results/a/\(name)") == text, "\(name)")
    }
    let json = try command.run(
      "replay", Self.plan, "--sessions", log, "--output", "results/a", "--format", "json")
    #expect(json.output == findings.jsonText)
    #expect(try command.folder.names(in: "results") == ["a"])
  }
}
