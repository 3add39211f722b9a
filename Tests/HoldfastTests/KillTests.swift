import Foundation
import Holdfast
import Probability
import Testing

/// A replay that is killed leaves nothing under the final name, or every file whole.
@Suite(.serialized) struct KillTests {
  /// Ten kills are spread over the run; ten come while files are written, which is short.
  @Test(.timeLimit(.minutes(10))) func resultsAreWholeOrNotThere() throws {
    let command = try Command()
    var world = try CancelSessions.world()
    world.sessions = 300_000
    try CancelLog(world).write(to: "\(command.folder.path)/log")
    // Without what would take most of the time and write little: labels dealt out, trees and predictions.
    let bundled = Project.path("datasets/cancel_sessions")
    let text = try String(contentsOfFile: "\(bundled)/plan.yaml", encoding: .utf8)
    try command.folder.write(
      text.replacing("mapping: mapping.yaml", with: "mapping: \(bundled)/mapping.yaml")
        .replacing("  depth: 1\n", with: "  depth: 1\n" + Self.rulesAlone)
        + "\nproof: {permutations: 0, windowDays: [], reasons: 0}\n", to: "plan.yaml")
    let log = "log/sessions.csv.gz"
    let replay = ["replay", "plan.yaml", "--sessions", log, "--output", "results"]

    let clock = ContinuousClock()
    let start = clock.now
    #expect(try command.run(replay).code == 0)
    let length = start.duration(to: clock.now)
    let whole = try files(command.folder)
    #expect(whole.keys.sorted() == Findings.fileNames.sorted())
    let (results, aside) = ("\(command.folder.path)/results", "\(command.folder.path)/aside")
    try FileManager.default.moveItem(atPath: results, toPath: aside)

    let hidden = "\(command.folder.path)/.results.partial"
    var rng = Philox(StreamKey(seed: 20, purpose: .world))
    var killed = 0
    var interrupted = 0
    for round in 0..<20 {
      // From here on there are older results to replace.
      if round == 10 {
        try? FileManager.default.removeItem(atPath: results)
        try FileManager.default.moveItem(atPath: aside, toPath: results)
      }
      // What the last kill left is cleaned up by the run itself in the other rounds.
      if round % 2 == 1 { try? FileManager.default.removeItem(atPath: hidden) }
      let process = try command.start(replay)
      if round % 2 == 0 {
        Thread.sleep(forTimeInterval: rng.uniform() * (length / .seconds(1)))
      } else {
        while process.isRunning, !FileManager.default.fileExists(atPath: hidden) {
          Thread.sleep(forTimeInterval: 0.0005)
        }
        Thread.sleep(forTimeInterval: rng.uniform() * 0.1 * (length / .seconds(1)))
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }
      if round % 2 == 1, FileManager.default.fileExists(atPath: hidden) { interrupted += 1 }
      let found = try files(command.folder)
      #expect(found.isEmpty || found == whole, "round \(round): \(found.keys.sorted())")
    }
    #expect(killed >= 10)
    #expect(interrupted >= 3)

    #expect(try command.run(replay).code == 0)
    #expect(try files(command.folder) == whole)
    #expect(try command.folder.names() == ["log", "plan.yaml", "results"])
  }

  /// What keeps the plan's segments to the search for rules.
  private static let rulesAlone = """
      stability: 0
      permutations: 0
      treeDepth: 0
      uplift: {learners: []}
      policy: {depth: 0}

    """

  /// The bytes of every file in the results folder; none if there is no such folder.
  private func files(_ folder: TemporaryFolder) throws -> [String: Data] {
    guard FileManager.default.fileExists(atPath: "\(folder.path)/results") else { return [:] }
    return try Dictionary(
      uniqueKeysWithValues: folder.names(in: "results").map { name in
        (name, try Data(contentsOf: URL(filePath: "\(folder.path)/results/\(name)")))
      })
  }
}
