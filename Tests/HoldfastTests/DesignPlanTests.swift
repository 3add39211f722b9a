import Foundation
import Holdfast
import Inference
import Testing

/// What a design file says is what is planned, to outside numbers; what it cannot say is told.
@Suite struct DesignPlanTests {
  private func design(
    _ yaml: String, settings: [(key: String, text: String)] = []
  ) throws -> DesignPlan {
    let folder = try TemporaryFolder()
    return try DesignPlan(
      contentsOf: folder.write(yaml, to: "design.yaml"), settings: settings)
  }

  private func rows(
    _ yaml: String, settings: [(key: String, text: String)] = []
  ) throws -> [DesignRow] {
    try Design(design(yaml, settings: settings)).rows()
  }

  private func row(_ yaml: String) throws -> DesignRow { try #require(try rows(yaml).first) }

  private func problems(_ yaml: String) throws -> [PlanProblem] {
    do {
      _ = try design(yaml)
      return []
    } catch let error as PlanError {
      return error.problems
    }
  }

  // R 4.2.2, power.prop.test(strict = TRUE).
  @Test func sessionsOfAPooledTest() throws {
    let rows = try rows("baseline: {rate: 0.22}\neffect: 0.022\npower: [0.8, 0.9]")
    #expect(rows.map(\.test) == ["pooledZ", "pooledZ"])
    #expect(rows.map(\.sessionsPerOffer) == [5_761, 7_711])
    #expect(rows.map(\.solvedFor) == ["sessions", "sessions"])
    for (row, n) in zip(rows, [5760.2414022678049, 7710.8461785504232]) {
      #expect(abs(try #require(row.exactTotal) / (2 * n) - 1) < 1e-10)
      #expect(try #require(row.power) >= #require(row.powerAsked))
      #expect(abs(try #require(row.lift) - 0.1) < 1e-12)
    }
  }

  // The acceptance case nbinomial-noninf: gsDesign has 18,035.97 sessions in all.
  @Test func nonInferiority() throws {
    let row = try row("baseline: {rate: 0.22}\nmargin: -0.02\nalpha: 0.025\npower: 0.9")
    #expect(row.test == "farringtonManning" && row.tail == "one-sided, greater")
    #expect(abs(try #require(row.exactTotal) - 18035.97) < 0.01)
    #expect(row.effect == 0)
  }

  // The acceptance case mde-relative, at half of the two-sided error for one side.
  @Test func detectableLift() throws {
    let row = try row(
      """
      test: deltaLift
      baseline: {rate: 0.22}
      perArm: 5000
      power: 0.8
      alpha: 0.025
      alternative: greater
      """)
    #expect(row.solvedFor == "effect" && row.scale == .relativeLift)
    #expect(abs(try #require(row.effect) - 0.11358183041178688) < 1e-10)
  }

  // pwr 1.3.0 in R 4.2.2: pwr.2p2n.test and pwr.t2n.test.
  @Test func powers() throws {
    let angles = try row(
      """
      test: arcsine
      baseline: {rate: 0.22}
      effect: 0.03
      total: 4000
      arms: {holdout: 0.25}
      """)
    #expect(angles.sessionsPerOffer == 3_000 && angles.controlSessions == 1_000)
    #expect(abs(try #require(angles.power) - 0.4915190584842844) < 1e-12)
    let student = try row(
      """
      test: student
      baseline: {deviation: 1}
      effect: 0.2
      total: 1000
      arms: {holdout: 0.8}
      """)
    #expect(abs(try #require(student.power) - 0.71479020977674712) < 1e-10)
  }

  // Closed form in R 4.2.2: 13,009.498 sessions at a ratio of four, one side.
  @Test func logRatioWithAHoldout() throws {
    let rows = try rows(
      """
      baseline: {rate: 0.2}
      effect: 0.15
      effectScale: relativeLift
      power: 0.9
      alpha: 0.025
      alternative: greater
      arms: {holdout: 0.2}
      """)
    #expect(rows[0].test == "logRatio")
    #expect(abs(try #require(rows[0].exactTotal) - 13009.498374027973) < 1e-5)
    // Equal arms are offered, since they need fewer sessions.
    #expect(rows.count == 2 && rows[1].choice.hasPrefix("offered"))
    #expect(try #require(rows[1].total) < #require(rows[0].total))
  }

  // R 4.2.2: power.prop.test at 0.05/3; Dunnett's value is less than Bonferroni's.
  @Test func severalOffers() throws {
    func plan(_ adjustment: String) throws -> DesignRow {
      try row(
        """
        baseline: {rate: 0.2}
        effect: 0.03
        power: 0.8
        arms: {offers: 3}
        adjustment: \(adjustment)
        """)
    }
    let (bonferroni, dunnett) = (try plan("bonferroni"), try plan("dunnett"))
    #expect(abs(try #require(bonferroni.exactTotal) / 4 - 3925.1373971313033) < 1e-5)
    #expect(try #require(dunnett.total) < #require(bonferroni.total))
    #expect(try #require(dunnett.inflation?.adjustment) > 1.2)
    #expect(try plan("unadjusted").inflation == nil)
  }

  // Jennison and Turnbull (2000), table 2.4: Pocock's four looks cost 1.202 at a power of 0.8; and
  // Eldridge, Ashby and Kerry (2006): 1 + ((0.5² + 1) 20 − 1) 0.05 = 2.2.
  @Test func pricesAreItemised() throws {
    let row = try row(
      """
      test: arcsine
      baseline: {rate: 0.3}
      effect: 0.05
      power: 0.8
      looks: {boundary: pocock, count: 4}
      clusters: {meanSize: 20, sizeVariation: 0.5, correlation: 0.05}
      """)
    let inflation = try #require(row.inflation)
    // Lan and DeMets' spending of Pocock's kind is near Pocock's own boundary.
    #expect(abs(try #require(inflation.looks) - 1.202) < 0.02)
    #expect(abs(try #require(inflation.clusters) - 2.2) < 1e-9)
    #expect(inflation.allocation == nil && inflation.adjustment == nil)
    let product = try #require(inflation.looks) * #require(inflation.clusters)
    #expect(abs(try #require(inflation.total) - product) < 1e-12)
  }

  // 11,522 sessions at 281.1 a day are 40.99 days; 71 days after 23 November is 2 February.
  @Test func theLineOfTheVerdict() throws {
    let row = try row(
      """
      baseline: {rate: 0.22}
      effect: 0.022
      power: 0.8
      traffic: {sessionsPerDay: 281.1}
      start: 2026-11-23
      """)
    #expect(row.enrolmentDays == 41 && row.days == 71)
    #expect(row.verdict == "2027-02-02T00:00:00Z")
    #expect(
      DesignReport.headline(row)
        == "5,761 sessions an arm, 41 days of traffic + 30 days window: verdict on 2027-02-02")
  }

  /// Days are a way of saying sessions, the window taken off.
  @Test func daysAreSessions() throws {
    let days = try row(
      """
      baseline: {rate: 0.22}
      effect: 0.022
      days: 60
      traffic: {sessionsPerDay: 200, share: 0.5}
      """)
    #expect(days.total == 3_000 && days.solvedFor == "power")
    let tooFew = try row(
      "baseline: {rate: 0.22}\neffect: 0.02\ndays: 30\ntraffic: {sessionsPerDay: 200}")
    #expect(tooFew.refusal?.contains("the window alone has 30") == true)
  }

  /// What is solved for, put back, gives what was asked.
  @Test(arguments: ["pooledZ", "logRatio", "woolf", "koopman", "logRank", "fieller"])
  func roundTrips(_ test: String) throws {
    let head = "test: \(test)\nbaseline: {rate: 0.3}\narms: {holdout: 0.3}\n"
    let found = try row(head + "total: 5000\npower: 0.8")
    let effect = try #require(found.effect)
    let back = try row(head + "total: 5000\neffect: \(effect)")
    #expect(abs(try #require(back.power) - 0.8) < 1e-9)
    let size = try row(head + "power: 0.8\neffect: \(effect)")
    #expect(abs(try #require(size.exactTotal) / 5_000 - 1) < 1e-6)
  }

  @Test func whatIsLeftOutIsATable() throws {
    let lifts = try rows("baseline: {rate: 0.2}\npower: 0.8")
    #expect(lifts.count == 5)
    #expect(lifts.compactMap(\.lift).map { ($0 * 100).rounded() } == [5, 10, 15, 20, 30])
    let powers = try rows("baseline: {deviation: 2}\ntotal: 1000")
    #expect(powers.map(\.powerAsked) == [0.8, 0.9, 0.95])
    #expect(powers.allSatisfy { $0.solvedFor == "effect" && $0.test == "welch" })
    let grid = try rows(
      "test: [pooledZ, woolf]\nbaseline: {rate: [0.1, 0.2]}\neffect: 0.05\n"
        + "effectScale: difference\npower: [0.8, 0.9]\nalpha: [0.05, 0.01]")
    #expect(grid.count == 16 && grid.allSatisfy { $0.refusal == nil })
  }

  @Test func exactTestsAndLooks() throws {
    let exact = try row("test: fisher\nbaseline: {rate: 0.2}\neffect: 6\npower: 0.8")
    #expect(exact.refusal == nil && exact.method == "every table of two counts")
    let looks = try row(
      "test: boschloo\nbaseline: {rate: 0.2}\neffect: 0.3\npower: 0.8\nlooks: {count: 3}")
    #expect(looks.refusal == "'boschloo' is planned for one look only")
    let always = try row(
      "baseline: {rate: 0.2}\neffect: 0.03\npower: 0.8\nlooks: {boundary: alwaysValid}")
    #expect(always.test == "alwaysValid")
    #expect(try #require(always.inflation?.looks) > 1.5)
    let tooMany = try row("test: boschloo\nbaseline: {rate: 0.2}\neffect: 0.001\ntotal: 1e9")
    #expect(tooMany.refusal?.contains("not planned for more than") == true)
  }

  /// What has no answer is a row with its reason, and never a crash.
  @Test(arguments: [
    ("baseline: {rate: 0.9}\neffect: 0.2\npower: 0.8", "none from 0 to 1"),
    ("baseline: {rate: 0.2}\neffect: 0\npower: 0.8", "no number of sessions tells them apart"),
    ("baseline: {rate: 0.2}\neffect: 0.05\npower: 0.04", "no more than the error"),
    ("baseline: {rate: 0.2}\neffect: 1e-9\npower: 0.8", "more than 1e15 sessions"),
    ("baseline: {rate: 0.2}\neffect: 1e-50\npower: 0.8", "no number of sessions"),
    ("baseline: {rate: 0.2}\neffect: -0.05\npower: 0.8\nalternative: greater", "looks for"),
    ("baseline: {rate: 0.2}\nmargin: -0.3\npower: 0.8", "the offer under the null"),
    ("test: pooledZ\nbaseline: {rate: 0.2}\nnull: 0.01\neffect: 0.1", "no other null"),
    ("test: logLift\nbaseline: {deviation: 2}\neffect: 0.1", "the control has the value 0"),
    ("test: welch\nbaseline: {rate: 0.2}\neffect: 0.1\neffectScale: hazardRatio", "none on that"),
    ("test: logRank\nbaseline: {deviation: 2}\neffect: 0.8", "needs the control's rate"),
    ("baseline: {rate: 0.5}\ntotal: 4\npower: 0.99", "no effect above the null"),
    (
      "baseline: {rate: 0.2}\neffect: 0.05\narms: {offers: 100, holdout: 0.001}\ntotal: 90",
      "leave an arm with none"
    ),
    (
      "baseline: {rate: 0.2}\neffect: 0.05\narms: {offers: 2}\nadjustment: dunnett\n"
        + "looks: {count: 2}", "bonferroni"
    ),
  ])
  func refusals(_ yaml: String, _ reason: String) throws {
    let row = try row(yaml)
    #expect(row.refusal?.contains(reason) == true, "\(row.refusal ?? "answered")")
    #expect(row.total == nil && row.power == nil)
    #expect(DesignReport.text([row]).contains("No answer: "))
    #expect(!ResultText.json([row]).contains("nan"))
  }

  /// All problems at once, each with its key.
  @Test(arguments: [
    ("baseline: {rate: 0.2}\npower: 1", ["power"]),
    (
      "baseline: {rate: .nan}\neffect: .inf\npower: [0.8, -1, 2]",
      ["baseline.rate", "effect", "power", "power"]
    ),
    ("baseline: {rate: 0.2}\ntraffic: {sessionsPerDay: -3}", ["traffic.sessionsPerDay"]),
    ("baseline: {rate: 0.2}\ntotal: 1e300", ["total"]),
    ("baseline: {rate: 0.2}\ntotal: 10\ndays: 3\ntraffic: {sessionsPerDay: 1}", ["days"]),
    ("baseline: {rate: 0.2}\ntotal: 100\npower: 0.8\neffect: 0.1", ["power"]),
    ("effect: 0.1", ["baseline"]),
    ("baseline: {rate: 0.2, deviation: 1}", ["baseline.deviation"]),
    ("baseline: {}", ["baseline."]),
    ("baseline: {rate: 0.2}\nnull: 0.1\nmargin: 0.1", ["margin"]),
    ("baseline: {rate: 0.2}\ntest: yuen", ["test"]),
    ("baseline: {rate: 0.2}\neffect: []", ["effect"]),
    ("baseline: {rate: 0.2}\nlooks: {times: [0.5, 0.4, 1]}", ["looks.times"]),
    ("baseline: {rate: 0.2}\nlooks: {boundary: kimDeMets, parameter: -1}", ["looks.parameter"]),
    (
      "baseline: {rate: 0.2}\nclusters: {meanSize: 0.5}",
      ["clusters.correlation", "clusters.meanSize"]
    ),
    ("baseline: {rate: 0.2}\nstart: tomorrow\ntraffic: {sessionsPerDay: 1}", ["start"]),
    ("baseline: {rate: 0.2}\nstart: 2026-01-01", ["start"]),
    ("baseline: {rate: 0.2}\nasOf: 2026-01-01T00:00:00Z\nnonsense: 1", ["asOf", "nonsense"]),
    ("baseline: {rate: 0.2}\narms: {offers: 0, holdout: 1.5}", ["arms.holdout", "arms.offers"]),
  ])
  func badPlans(_ yaml: String, _ keys: [String]) throws {
    #expect(try problems(yaml).map(\.key).sorted() == keys.sorted())
  }

  /// Deviations that are far apart make no arm vanish.
  @Test func optimalSharesOfUnlikeArms() throws {
    let row = try row(
      """
      baseline: {deviation: 1e50, offerDeviation: 1e-50}
      effect: 1e49
      power: 0.8
      arms: {offers: 2, allocation: optimal}
      """)
    #expect(row.refusal == nil && row.controlShare > 0.99)
    #expect(try #require(row.sessionsPerOffer) >= 1)
  }

  @Test func settingsStandIn() throws {
    let yaml = "baseline: {rate: 0.22}\neffect: 0.03\npower: 0.8"
    let rows = try rows(yaml, settings: [("effect", "0.022"), ("power", "0.8,0.9")])
    #expect(rows.map(\.sessionsPerOffer) == [5_761, 7_711])
    #expect(throws: PlanError.self) { try design(yaml, settings: [("power", "high")]) }
  }

  /// The example takes its baseline and its traffic from the log beside it.
  @Test func theExample() throws {
    let plan = try DesignPlan(contentsOf: Project.path("datasets/cancel_sessions/design.yaml"))
    let rows = try Design(plan).rows()
    #expect(rows.count == 4 && rows.allSatisfy { $0.refusal == nil && $0.verdict != nil })
    #expect(rows[0].sources.contains { $0.hasPrefix("rate ") })
    #expect(rows[0].sources.contains { $0.contains("sessions a day") })
  }

  @Test func theCommand() throws {
    let command = try Command()
    let result = try command.run(
      "plan", Project.path("datasets/cancel_sessions/design.yaml"), "--format", "csv",
      "--power", "0.8")
    #expect(result.code == 0 && result.error.isEmpty)
    #expect(result.output.split(separator: "\n").count == 3)
    try command.folder.write("baseline: {rate: 2}\npower: 1", to: "bad.yaml")
    let bad = try command.run("plan", "bad.yaml")
    #expect(bad.code == 78 && bad.error.contains("baseline.rate") && bad.error.contains("power"))
    #expect(try command.run("plan", "none.yaml").code == 66)
  }
}
