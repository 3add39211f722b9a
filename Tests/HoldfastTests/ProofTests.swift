import Foundation
import Holdfast
import Inference
import Testing

/// The proof sheet of each row of lift, on logs that were made to pass or to fail.
@Suite struct ProofTests {
  /// One session of a log under test.
  private struct Session {
    var customer: Int
    var arm: String
    var isKept: Bool
    var lostAfterDays: Int?
    var reason = "price"
  }

  /// The sheets of a log of sessions that all began on 1 January.
  private func sheets(
    _ sessions: [Session], _ keys: String = "", threads: Int = 2
  ) async throws -> (rows: [LiftRow], sheets: [ProofSheet]) {
    var text = "customer,time,offer,outcome,left,reason\n"
    for session in sessions {
      let left = session.lostAfterDays.map { days in
        String(
          format: "2026-%02d-%02dT12:00:00Z", days < 31 ? 1 : 2, days < 31 ? days + 1 : days - 30)
      }
      text += "c\(session.customer),2026-01-01T00:00:00Z,\(session.arm),"
      text += "\(session.isKept ? "kept" : "gone"),\(left ?? ""),\(session.reason)\n"
    }
    let folder = try TemporaryFolder()
    try folder.write(text, to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        customer: customer
        time: time
        arm: offer
        reason: reason
        outcome: {column: outcome, words: {kept: deflected, gone: canceled}}
        canceledAt: left
      asOf: 2026-04-01T00:00:00Z
      baseline: a
      threads: \(threads)

      """ + keys, to: "plan.yaml")
    let found = try await Run(RunPlan(contentsOf: file, environment: [:])).provenLift()
    return (found.rows, found.proofs)
  }

  private func items(_ sheet: ProofSheet?, _ kind: ProofItem.Kind) -> [ProofItem] {
    (sheet?.items ?? []).filter { $0.kind == kind }
  }

  /// Arms that do not differ.
  private func even(_ count: Int) -> [Session] {
    (0..<count).map { index in
      Session(customer: index, arm: index % 2 == 0 ? "a" : "b", isKept: index % 10 < 4)
    }
  }

  /// A pooled test keeps its level where sessions are dealt out one by one.
  @Test func falsePositivesAreAtTheLevelOfASoundTest() async throws {
    let found = try await sheets(even(4_000), "lift: {tests: [pooledZ]}\n")
    let rate = try #require(items(found.sheets.first, .falsePositives).first)
    #expect(rate.standing == .holds)
    // 400 deals: four standard errors are 4.4 points.
    #expect(abs((rate.value ?? 1) - 0.05) < 0.044)
    #expect(rate.setting == "400 deals")
  }

  /// The positive control. Ten like sessions of each customer, all in one arm, are ten times the
  /// evidence that they should be: z is √10 times too great, and P(|Z| > 1.96/√10) = 0.535.
  @Test func falsePositivesOfARepeatedCustomerAreFound() async throws {
    let sessions = (0..<400).flatMap { customer in
      (0..<10).map { _ in
        Session(
          customer: customer, arm: customer % 2 == 0 ? "a" : "b", isKept: customer % 4 < 2)
      }
    }
    let found = try await sheets(sessions, "lift: {tests: [pooledZ]}\nproof: {permutations: 400}\n")
    let rate = try #require(items(found.sheets.first, .falsePositives).first)
    #expect(rate.standing == .fails)
    #expect(abs((rate.value ?? 0) - 0.535) < 0.125)
    #expect(rate.note.contains("customers"))
    #expect(found.rows.first?.proof?.contains("false_positives") == true)
  }

  /// Losses between the 14th and the 30th day turn the verdict.
  @Test func anotherWindowMayTurnTheVerdict() async throws {
    let sessions = (0..<2_000).map { index in
      let isOffer = index % 2 == 1
      let kept = index / 2 % 10 < (isOffer ? 6 : 4)
      let isLost = isOffer && kept && index / 2 % 10 < 2
      return Session(
        customer: index, arm: isOffer ? "b" : "a", isKept: kept, lostAfterDays: isLost ? 20 : nil)
    }
    let found = try await sheets(sessions, "lift: {tests: [pooledZ]}\nproof: {permutations: 0}\n")
    let windows = items(found.sheets.first, .window)
    #expect(windows.map(\.setting) == ["14 days", "60 days"])
    #expect(windows.map(\.standing) == [.changes, .holds])
    #expect(windows.first?.verdict == "offer better")
    #expect(items(found.sheets.first, .falsePositives).first?.standing == .unanswered)
  }

  /// An effect that one reason carries is gone without it.
  @Test func leavingOutAReasonShowsWhoCarriesTheEffect() async throws {
    let sessions = (0..<3_000).map { index in
      let (isOffer, isPrice) = (index % 2 == 1, index / 2 % 3 == 0)
      let kept = index / 6 % 10 < (isOffer && isPrice ? 8 : 4)
      return Session(
        customer: index, arm: isOffer ? "b" : "a", isKept: kept,
        reason: isPrice ? "price" : index % 5 == 0 ? "" : "other")
    }
    let found = try await sheets(sessions, "lift: {tests: [pooledZ]}\nproof: {permutations: 0}\n")
    let reasons = items(found.sheets.first, .reasons)
    let standings = Dictionary(
      uniqueKeysWithValues: reasons.map { ($0.setting ?? "", $0.standing) })
    #expect(standings["without 'price'"] == .changes)
    #expect(standings["without 'other'"] == .holds)
    #expect(standings["without sessions that gave no reason"] == .holds)
  }

  /// R 4.2.2: 500 an arm, a base rate of 0.2 and power 0.8 (`power.prop.test`, strict) detect 0.0753316.
  @Test func detectableEffectInvertsThePower() async throws {
    let sessions = (0..<1_000).map {
      Session(customer: $0, arm: $0 % 2 == 0 ? "a" : "b", isKept: $0 / 2 % 5 == 0)
    }
    let found = try await sheets(sessions, "lift: {tests: [pooledZ]}\nproof: {permutations: 0}\n")
    let effect = try #require(items(found.sheets.first, .detectableEffect).first)
    #expect(abs((effect.value ?? 0) - 0.0753316171147731) < 1e-9)
    #expect(effect.note.contains("would not mean no effect"))
  }

  /// A crooked sample ratio fails on every sheet, and the summary says so.
  @Test func theSampleRatioStandsOnEverySheet() async throws {
    let sessions = (0..<2_000).map {
      Session(customer: $0, arm: $0 % 10 < 6 ? "a" : "b", isKept: $0 % 3 == 0)
    }
    let found = try await sheets(sessions, "proof: {permutations: 0}\n")
    for sheet in found.sheets {
      #expect(items(sheet, .sampleRatio).map(\.standing) == [.fails])
      #expect(sheet.summary.hasPrefix("fails: sample_ratio"))
    }
  }

  @Test func sheetsDoNotDependOnTheThreads() async throws {
    let keys = "proof: {permutations: 60}\n"
    let one = try await sheets(even(600), keys, threads: 1)
    let two = try await sheets(even(600), keys, threads: 2)
    #expect(one.sheets == two.sheets)
    #expect(one.rows == two.rows)
  }

  @Test func mistakesOfAPlanAreNamed() throws {
    let found = try problems(
      PlanTests.least + "proof: {permutations: -1, windowDays: [0], power: 1, prior: 3}\n")
    #expect(
      Set(found.map(\.key)) == [
        "proof.permutations", "proof.windowDays", "proof.power", "proof.prior",
      ])
  }
}
