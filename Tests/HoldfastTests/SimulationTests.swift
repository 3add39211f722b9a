import Foundation
import Holdfast
import Inference
import Testing

/// Simulations against closed forms, and the command that runs them.
@Suite struct SimulationTests {
  private func results(_ yaml: String) async throws -> SimulationResults {
    let folder = try TemporaryFolder()
    return try await SimulationStudy(
      SimulationPlan(contentsOf: folder.write(yaml, to: "simulation.yaml"))
    ).run()
  }

  private func value(_ estimate: Estimate?) throws -> Double {
    try #require(estimate?.value)
  }

  /// A uniform policy loses the mean gap a session; who knows the best arm of each cell loses nothing.
  @Test func regretOfPoliciesThatDoNotLearn() async throws {
    let results = try await results(
      """
      world:
        arms: [a, b, c]
        segments: {x: 3, y: 1}
        rates: {x: [0.2, 0.3, 0.1], y: [0.6, 0.2, 0.4]}
      policies: [uniform, best-by-cell, best-arm, each-arm]
      horizon: 400
      replications: 200
      checkpoints: [100, 400]
      """)
    let names = ["uniform", "best by cell", "best arm", "always a", "always b", "always c"]
    #expect(results.curves.map(\.policy) == names.flatMap { [$0, $0] })
    // By cell and arm: the gaps (0.1, 0, 0.2) and (0, 0.4, 0.2); arm a is worth most, 0.3.
    let gaps = [(0.75 * 0.3 + 0.25 * 0.6) / 3, 0, 0.075, 0.075, 0.1, 0.2]
    for (place, row) in results.curves.enumerated() {
      let expected = Double(row.sessions) * gaps[place / 2]
      let error = try #require(row.regret.standardError)
      #expect(abs(try value(row.regret) - expected) <= 4 * error + 1e-9, "\(row.policy)")
      #expect(row.replications == 200 && row.warnings.isEmpty && row.days == nil)
      if row.policy == "best by cell" {
        #expect(try value(row.regret) == 0 && row.optimalShare == 1)
      }
    }
    // The same customers: what one fixed arm saves is 0.3 a session.
    let saved = try #require(results.curves.last { $0.policy == "always a" }?.saved)
    #expect(abs(try value(saved) - 120) <= 4 * (try #require(saved.standardError)))
    #expect(results.verdicts.isEmpty && results.comparisons.isEmpty)
  }

  /// The rates of a drift are told to the session: a fixed arm's regret has no chance in it.
  @Test(arguments: ["linear", "step", "wave"])
  func aFixedArmThroughADrift(_ course: String) async throws {
    let results = try await results(
      """
      world: {arms: [a, b], rates: [0.5, 0.2]}
      drift: {rates: {a: 0.1, b: 0.6}, \(course): 100}
      policies: [{always: a}, {always: b}]
      horizon: 150
      replications: 2
      checkpoints: [150]
      """)
    var regrets = [0.0, 0]
    for time in 1...150 {
      let weight =
        switch course {
        case "linear": min(1, Double(time) / 100)
        case "step": time >= 100 ? 1 : 0.0
        default: (1 - cos(2 * Double.pi * Double(time) / 100)) / 2
        }
      let (a, b) = (0.5 - 0.4 * weight, 0.2 + 0.4 * weight)
      regrets[0] += max(a, b) - a
      regrets[1] += max(a, b) - b
    }
    for (row, regret) in zip(results.curves, regrets) {
      #expect(abs(try value(row.regret) - regret) < 1e-9)
      #expect(try #require(row.regret.standardError) < 1e-9)
    }
  }

  @Test func aBudgetIsNeverExceeded() async throws {
    let results = try await results(
      """
      world: {arms: [none, gift], rates: [0, 1]}
      costs: {perShow: {gift: 0.5}, perSave: {gift: 2}}
      budget: 26
      margin: 10
      policies: [{always: gift}, thompson, budgetedThompson]
      horizon: 200
      replications: 20
      """)
    for row in results.curves {
      #expect(try value(row.spend) <= 26)
      let margin = 10 * (try value(row.saved)) - (try value(row.spend))
      #expect(abs(try value(row.netMargin) - margin) < 1e-9)
      #expect(row.warnings.contains { $0.contains("budget") })
    }
    // Ten gifts at 2.5 are paid, an eleventh would not be.
    let gift = try #require(results.curves.last { $0.policy == "always gift" })
    #expect(try value(gift.spend) == 25 && value(gift.saved) == 10)
    #expect(gift.spend?.standardError == 0)
  }

  /// Two fixed arms on the same customers: one is ahead once a customer falls between their rates.
  @Test func thePairAnswer() async throws {
    let results = try await results(
      """
      world: {arms: [a, b], rates: [0.4, 0.6]}
      policies: [{always: a}, {always: b}]
      compare: {}
      sessionsPerDay: 5
      horizon: 20
      replications: 4000
      checkpoints: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
      """)
    let row = try #require(results.comparisons.first)
    #expect(results.comparisons.count == 1 && row.challenger == "always b")
    // 1 − 0.8ⁿ is 0.79 at seven sessions, 0.83 at eight: with 4,000 replications the answer is one of them.
    let sessions = try #require(row.winSessions)
    #expect((7...8).contains(sessions) && row.winDays == 2)
    let share = 1 - pow(0.8, Double(sessions))
    #expect(abs(try value(row.aheadThen) - share) < 4 * (share * (1 - share) / 4_000).squareRoot())
    #expect(abs(try value(row.regret) + 4) < 1e-9)
    let saved = try value(row.saved)
    #expect(abs(saved - 4) < 4 * (0.2 * 0.8 * 20 / 4_000.0).squareRoot())
    #expect(
      row.answer.hasPrefix(
        "with 5 cancels a day, 'always b' beats 'always a' with 80 % probability after 2 days"))
    #expect(row.spend == nil && row.netMargin == nil)
  }

  /// However short a horizon is, its curve has times that grow to it.
  @Test(arguments: [1, 5, 9, 15, 1_003])
  func standardCheckpoints(_ horizon: Int) async throws {
    let results = try await results(
      "world: {arms: [a], rates: [1]}\npolicies: [ucb1]\nreplications: 1\nhorizon: \(horizon)")
    let times = results.curves.map(\.sessions)
    #expect(times.last == horizon && times == Set(times).sorted() && times.count <= 10)
    #expect(results.curves.allSatisfy { $0.saved.value == Double($0.sessions) })
    #expect(results.curves[0].saved.interval == nil)
  }

  @Test func thatThereIsNoAnswerIsSaid() async throws {
    let results = try await results(
      """
      world: {arms: [a, b], rates: [0.4, 0.6]}
      policies: [{always: a}, {always: b}]
      compare: {pairs: [[always a, always b]]}
      horizon: 30
      replications: 10
      """)
    let row = try #require(results.comparisons.first)
    #expect(row.winSessions == nil && row.winDays == nil && row.aheadThen == nil)
    #expect(
      row.answer
        == "'always a' does not come to beat 'always b' with 80 % probability within 30 sessions; "
        + "by then it is ahead in 0.0 %")
  }

  /// Where one arm saves all and the other none the verdict is right, and soon.
  @Test func verdicts() async throws {
    let results = try await results(
      """
      world: {arms: [a, b], rates: [0, 1]}
      policies: [uniform, {always: b}]
      verdict: {confidence: 0.95, every: 5}
      sessionsPerDay: 10
      horizon: 100
      replications: 50
      """)
    let uniform = try #require(results.verdicts.first)
    #expect(uniform.correct == 50 && uniform.falseWinners == 0 && uniform.undecided == 0)
    let (sessions, days) = (try value(uniform.sessions), try value(uniform.days))
    // Beta(1, 1 + m) against Beta(1 + k, 1): 5 sessions suffice unless all had one arm, nearly.
    #expect((5...15).contains(sessions) && abs(days - sessions / 10) < 1e-12)
    // No success of 50: Clopper and Pearson's upper end is 1 − 0.025^(1/50).
    let upper = try #require(uniform.falseWinnerRate.interval?.upper)
    #expect(abs(upper - (1 - pow(0.025, 1 / 50.0))) < 1e-12)
    // One arm alone: b is best with 1 − 1/(k + 2) after k saves, 0.95 at k = 18, seen at 20.
    let fixed = results.verdicts[1]
    #expect(try value(fixed.sessions) == 20 && fixed.sessions?.standardError == 0)
    let selection = try #require(results.curves.first { $0.sessions == 100 }?.correctSelection)
    #expect(try value(selection) == 1)
    #expect(abs(try #require(selection.interval?.lower) - pow(0.025, 1 / 50.0)) < 1e-12)
  }

  /// A verdict counts sessions whose window has closed, whichever way losses come in before.
  @Test(arguments: ["{hazards: 0.5, days: 3}", "{days: 3}"])
  func verdictsWaitForWindows(_ timing: String) async throws {
    let results = try await results(
      """
      world: {arms: [a, b], rates: [0.1, 0.9]}
      timing: \(timing)
      sessionsPerDay: 10
      verdict: {every: 10}
      horizon: 60
      replications: 20
      """)
    #expect(results.verdicts.count == 5 && results.comparisons.isEmpty)
    for row in results.verdicts {
      #expect(row.correct + row.falseWinners + row.undecided == 20)
      // The first windows close after thirty sessions.
      if row.decided > 0 { #expect(try value(row.sessions) > 30) }
    }
    #expect(try #require(results.verdicts.first { $0.policy == "uniform" }).correct > 15)
  }

  /// A small log: the world is its shrunken means, its losses' days, its traffic.
  @Test func aWorldIsFittedToALog() async throws {
    let folder = try TemporaryFolder()
    var log = "time,offer,outcome,cancelled\n"
    // Forty sessions of each arm, ten sessions a day: a saves 10, b 30.
    for index in 0..<80 {
      let (arm, place, day) = (index % 2, index / 2, 1 + index / 10)
      let isSaved = arm == 0 ? place % 4 == 0 : place % 4 != 0
      let lossDay = day + 2
      let loss = isSaved ? "" : "2026-01-\(lossDay < 10 ? "0" : "")\(lossDay)T12:00:00Z"
      log += "2026-01-0\(day)T0\(index % 10):00:00Z,\(arm == 0 ? "a" : "b"),kept,\(loss)\n"
    }
    try folder.write(log, to: "log.csv")
    try folder.write(
      """
      sessions: log.csv
      mapping:
        time: time
        arm: [offer]
        outcome: {column: outcome, words: {kept: deflected}}
        canceledAt: cancelled
      asOf: 2026-03-01T00:00:00Z
      windowDays: 5
      """, to: "plan.yaml")
    let yaml = """
      world: {fit: plan.yaml}
      timing: {hazards: log}
      policies: [uniform, maturingThompson]
      horizon: 50
      replications: 2
      """
    let plan = try SimulationPlan(contentsOf: folder.write(yaml, to: "simulation.yaml"))
    let results = try await SimulationStudy(plan).run()
    let json = try JSONSerialization.jsonObject(with: Data(results.jsonText.utf8))
    let provenance = try #require((json as? [String: Any])?["provenance"] as? [String: Any])
    #expect(provenance["sessions"] as? String == "log.csv")
    #expect((provenance["sha256"] as? String)?.count == 64)
    let cells = try #require(provenance["world"] as? [[String: Any]])
    let rates = try #require(cells.first?["rates"] as? [String: Double])
    // Twenty sessions of prior: the arm towards all, then the cell towards the arm.
    for (arm, saves) in [("a", 10.0), ("b", 30)] {
      let mean = (saves + 20 * 0.5) / 60
      #expect(abs(try #require(rates[arm]) - (saves + 20 * mean) / 60) < 1e-12)
    }
    let settings = try #require(provenance["plan"] as? [String: Any])
    #expect(settings["window_days"] as? Int == 5)
    #expect(settings["sessions_per_day"] as? Int == 11)
    #expect(results.curves.allSatisfy { $0.warnings.contains { $0.contains("estimates") } })
    #expect(results.curves[0].sample.contains("rates estimated from 80 sessions of the log"))
    // What does not fit the log has a place too, though only the run can find it.
    let wrong = try SimulationPlan(
      contentsOf: folder.write(
        yaml.replacing("uniform,", with: "{always: gift},"), to: "wrong.yaml"))
    let error = await #expect(throws: PlanError.self) { try await SimulationStudy(wrong).run() }
    #expect(error?.problems.map(\.line) == [3])
    #expect(error?.description.contains("there is no arm 'gift'; there are: a, b") == true)
  }

  // MARK: The command

  private static let bundled = Project.path("datasets/cancel_sessions/simulation.yaml")

  /// The bundled plan, with one thread and with two: the same bytes, on the terminal and in the folder.
  @Test func theSameBytesForAnyNumberOfThreads() throws {
    var command = try Command()
    var printed: [String] = []
    for threads in ["1", "2"] {
      command.environment = ["HOLDFAST_THREADS": threads]
      let result = try command.run(
        "simulate", Self.bundled, "--output", "results/\(threads)", "--horizon", "4000",
        "--replications", "6")
      #expect(result.code == 0 && result.error.hasPrefix("results: results/\(threads)/"))
      printed.append(result.output)
    }
    #expect(printed[0] == printed[1] && printed[0].contains("Thompson by cell"))
    for name in SimulationResults.fileNames {
      let texts = try ["1", "2"].map { try command.folder.text("results/\($0)/\(name)") }
      #expect(texts[0] == texts[1] && !texts[0].isEmpty)
    }
    #expect(try command.folder.names(in: "results/1") == SimulationResults.fileNames.sorted())
  }

  @Test(arguments: ["simulate", "lift"])
  func threadsOfTheEnvironmentAreChecked(_ name: String) throws {
    var command = try Command()
    command.environment = ["HOLDFAST_THREADS": "many"]
    let world = "world: {arms: [a], rates: [0.1]}\n"
    let log = "sessions: s.csv\nmapping: {arm: [offer]}\n"
    let plan = try command.folder.write(name == "simulate" ? world : log, to: "plan.yaml")
    let result = try command.run(name, plan)
    #expect(result.code == 78 && result.error.contains("HOLDFAST_THREADS: 'many'"))
  }

  @Test func rowsOfEachKindArePrinted() throws {
    let command = try Command()
    for (rows, column) in [
      ("curves", "regret_median"), ("verdicts", "false_winner_rate"), ("comparisons", "answer"),
    ] {
      let result = try command.run(
        "simulate", Self.bundled, "--horizon", "2000", "--replications", "2", "--rows", rows,
        "--format", "csv")
      #expect(result.code == 0 && result.output.split(separator: "\n")[0].contains(column))
    }
    let other = try command.run(
      "simulate", Self.bundled, "--horizon", "2000", "--replications", "2", "--seed", "8")
    #expect(other.code == 0)
  }

  @Test func mistakesAndTakenPlaces() throws {
    let command = try Command()
    try command.folder.write("world: {arms: [a], rates: [2]}\n", to: "wrong.yaml")
    let wrong = try command.run("simulate", "wrong.yaml")
    #expect(wrong.code == 78)
    #expect(wrong.error.hasPrefix("holdfast: wrong.yaml:1:28: world.rates: '2' is not allowed"))
    #expect(try command.run("simulate", "nowhere.yaml").code == 66)
    try command.folder.write("mine", to: "taken/notes.txt")
    try command.folder.write("world: {arms: [a, b], rates: [0.1, 0.2]}\n", to: "plan.yaml")
    #expect(try command.run("simulate", "plan.yaml", "--output", "taken").code == 74)
    #expect(try command.folder.names(in: "taken") == ["notes.txt"])
  }
}
