import Foundation
import Holdfast
import Probability
import Sessions
import Testing

/// Which sessions count, and what has no part in any result.
@Suite struct EncodingTests {
  /// The rows of a log of two arms as of 31 March: sessions of 30 days, whose windows close.
  private func lift(_ rows: [String], asOf: String = "2026-03-31T00:00:00Z") throws -> LiftRow {
    let folder = try TemporaryFolder()
    try folder.write(
      "time,offer,outcome,left\n" + rows.map { $0 + "\n" }.joined(), to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        time: time
        arm: offer
        outcome: {column: outcome, words: {kept: deflected, gone: canceled}}
        canceledAt: left
      asOf: \(asOf)
      baseline: a
      """, to: "plan.yaml")
    let rows = try Run(RunPlan(contentsOf: file, environment: [:])).lift().rows
    return try #require(rows.first)
  }

  /// The same sessions of the baseline in each case: one saved, one not.
  private static let baseline = ["2026-01-01T00:00:00Z,a,kept,", "2026-01-02T00:00:00Z,a,gone,"]

  /// A session of the other arm, and what it counts for.
  static let sessions: [(row: String, value: Double?)] = [
    ("2026-03-01T00:00:00Z,b,kept,", 1),
    ("2026-03-01T00:00:01Z,b,kept,", nil),
    ("2026-03-01T00:00:00Z,b,gone,", 0),
    ("2026-03-01T00:00:01Z,b,gone,", nil),
    ("2026-02-01T00:00:00Z,b,kept,2026-03-02T23:59:59Z", 0),
    ("2026-02-01T00:00:00Z,b,kept,2026-03-03T00:00:00Z", 1),
    ("2026-03-20T00:00:00Z,b,kept,2026-03-21T00:00:00Z", nil),
    ("2026-02-01T00:00:00Z,b,kept,2026-01-31T00:00:00Z", nil),
    ("2026-04-01T00:00:00Z,b,kept,", nil),
  ]

  @Test(arguments: sessions)
  func aSessionCountsOnceItsWindowHasClosed(_ session: (row: String, value: Double?)) throws {
    let row = try lift(Self.baseline + [session.row])
    #expect(row.baselineSessions == 2)
    #expect(row.baselineMean == 0.5)
    #expect(row.sessions == (session.value == nil ? 0 : 1))
    #expect(row.mean == session.value)
  }

  /// What happens after the date of judgement is not known at it.
  @Test func aPastDateIsJudgedByWhatWasKnownThen() throws {
    let rows = Self.baseline + ["2026-02-01T00:00:00Z,b,kept,2026-03-02T00:00:00Z"]
    #expect(try lift(rows, asOf: "2026-03-02T00:00:00Z").sessions == 0)
    #expect(try lift(rows, asOf: "2026-03-03T00:00:00Z").mean == 0)
  }

  /// 8,000 sessions of 3,000 customers as plain lines, the header apart.
  private func lines() throws -> [String] {
    var world = try CancelSessions.world()
    world.sessions = 8_000
    let log = CancelLog(world)
    return (0..<world.sessions).map { index in
      var fields = log.session(index)
      fields[1] = "c\(index % 3_000)"
      return CSVWriter.line(fields)
    }
  }

  private func run(_ lines: [String]) async throws -> [String: String] {
    let folder = try TemporaryFolder()
    var plan = try Project.plan("cancel_sessions")
    plan.sessions = try folder.write(
      CSVWriter.line(CancelLog.columns) + lines.joined(), to: "log.csv")
    plan.segments.minimumSessions = 20
    return try files(of: await Run(plan).run())
  }

  /// The findings without what speaks of the file itself.
  private func withoutFile(_ json: String) throws -> NSDictionary {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
    var findings = try #require(object as? [String: Any])
    var provenance = try #require(findings["provenance"] as? [String: Any])
    for key in ["sha256", "warnings", "rows"] {
      #expect(provenance.removeValue(forKey: key) != nil)
    }
    findings["provenance"] = provenance
    return findings as NSDictionary
  }

  private func expectSameResults(_ one: [String: String], _ other: [String: String]) throws {
    for name in Findings.fileNames where name != Findings.fileName {
      #expect(one[name] == other[name], "\(name)")
    }
    let (left, right) = (one[Findings.fileName] ?? "", other[Findings.fileName] ?? "")
    #expect(left != right)
    #expect(try withoutFile(left) == withoutFile(right))
  }

  @Test func theOrderOfRowsAndExactDuplicatesHaveNoPart() async throws {
    let lines = try lines()
    let results = try await run(lines)
    #expect((results["segments.csv"] ?? "").split(separator: "\n").count > 5)

    var rng = Philox(StreamKey(seed: 7, purpose: .world))
    try expectSameResults(results, try await run(lines.shuffled(using: &rng)))
    let repeated = lines + stride(from: 0, to: lines.count, by: 16).map { lines[$0] }
    try expectSameResults(results, try await run(repeated))
  }

  /// 10¹⁶ and a hundred ones: a sum from left to right would lose them all.
  @Test func smallAmountsAreNotLostBesideAGreatOne() throws {
    var plan = RunPlan(
      sessions: HostileLogs.path("d06_absorption.csv"), schema: HostileLogs.schema)
    plan.schema.mrr?.maximum = 1e17
    plan.metric = .reward
    plan.baseline = "none"
    let rows = try Run(plan).lift().rows.filter { $0.metric == "net_saved_mrr" }
    let row = try #require(rows.first { $0.arm == "discount20" })
    // The saved sessions of the arm beside the great one, each worth 1.
    let log = try String(contentsOfFile: plan.sessions, encoding: .utf8).split(separator: "\n")
    let small = log.dropFirst(2).count { $0.contains(",discount20,") && $0.contains(",1,1,") }
    let exact = (1e16 + Double(small)) / Double(row.sessions)
    #expect(abs(try #require(row.mean) - exact) <= exact.ulp)
    #expect(abs(exact - 1e16 / Double(row.sessions)) > exact.ulp)
  }
}
