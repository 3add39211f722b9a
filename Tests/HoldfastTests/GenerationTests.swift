import Foundation
import Holdfast
import Probability
import Sessions
import Testing

/// The bundled log and its truth are what the generator makes, and they agree with each other.
@Suite struct GenerationTests {
  private static let folder = "datasets/cancel_sessions"

  /// Every row of a log, column by column.
  private func rows(_ file: String) throws -> [[String]] {
    var schema = Schema(arm: ["session_id"])
    schema.keepUnknown = true
    let table = try SessionReader(schema: schema).read(file)
    #expect(table.report.accepted == table.report.rows)
    let levels = table.covariates.map(\.levels.texts)
    let sessions = table.factors[0].levels.texts
    return table.chunks.flatMap { chunk in
      (0..<chunk.rowCount).map { row in
        [sessions[Int(chunk.factors[0][row])]]
          + chunk.covariates.enumerated().map { place, column in
            guard case .category(let codes) = column, codes[row] >= 0 else { return "" }
            return levels[place][Int(codes[row])]
          }
      }
    }
  }

  @Test func theBundledLogIsMadeByTheBundledWorld() throws {
    let temporary = try TemporaryFolder()
    try CancelLog(CancelSessions.world()).write(to: "\(temporary.path)/log")
    #expect(try temporary.names(in: "log") == ["sessions.csv.gz", "truth.json"])
    let truth = Project.path("\(Self.folder)/truth.json")
    #expect(
      try Data(contentsOf: URL(filePath: "\(temporary.path)/log/truth.json"))
        == Data(contentsOf: URL(filePath: truth)))
    let made = try rows("\(temporary.path)/log/sessions.csv.gz")
    #expect(made.count == 60_000)
    #expect(try made == rows(Project.path("\(Self.folder)/sessions.csv.gz")))
  }

  /// A misspelt reason would plant no effect, and say nothing.
  @Test(arguments: ["byReason: {too_expensve: 1}", "byPlan: {yearly: 1}", "cost: -1"])
  func aMistakeOfTheWorldIsTold(_ line: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      reasons: {too_expensive: {share: 1}}
      plans: {annual: {mrr: 24}}
      tenures: {all: {from: 1, to: 9}}
      placements: {landing: {effect: 0}}
      offers: {discount: {\(line)}}
      """, to: "world.yaml")
    let error = #expect(throws: PlanError.self) { try CancelWorld(contentsOf: file) }
    #expect(error?.problems.map(\.line) == [5])
    #expect(error?.problems.first?.key.hasPrefix("offers.discount.") == true)
  }

  @Test func aLongerLogBeginsWithAShorterOnes() throws {
    let short = CancelLog(try CancelSessions.world())
    var world = short.world
    world.sessions *= 2
    let dense = CancelLog(world)
    world.days *= 2
    let long = CancelLog(world)
    let customer = ["reason", "plan", "device", "tenure_days", "mrr"]
      .compactMap(CancelLog.columns.firstIndex(of:))
    for index in stride(from: 0, to: short.world.sessions, by: 7) {
      var (one, other) = (short.session(index), long.session(index))
      // A cancel behind the shorter log's end is not in it.
      if one.last == "" {
        one.removeLast()
        other.removeLast()
      }
      #expect(one == other)
      let again = dense.session(index)
      #expect(customer.map { one[$0] } == customer.map { again[$0] })
    }
  }

  @Test func policyValuesFollowFromTheCells() throws {
    let truth = try CancelSessions.truth()
    #expect(abs(truth.cells.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    func value(_ rate: (CancelSessions.Truth.Cell) throws -> Double) rethrows -> Double {
      try truth.cells.reduce(0) { try $0 + $1.share * rate($1) }
    }
    let arms = try #require(truth.cells.first?.saved_rates.keys.sorted())
    #expect(arms.count == 8)
    var expected = ["uniform": value { $0.saved_rates.values.reduce(0, +) / 8 }]
    for arm in arms { expected["always \(arm)"] = value { $0.saved_rates[arm] ?? .nan } }
    expected["best by reason × plan"] = value { $0.saved_rates.values.max() ?? .nan }
    let world = try CancelSessions.world()
    expected["targeted"] = try value { cell in
      let reason = try #require(cell.cell.split(separator: " ").first.map(String.init))
      let target = try #require(world.targeted[reason])
      let shown = try #require(cell.saved_rates[world.name(target)])
      return world.epsilon * cell.saved_rates.values.reduce(0, +) / 8 + (1 - world.epsilon) * shown
    }
    #expect(Set(truth.policies.keys) == Set(expected.keys))
    for (policy, value) in expected {
      #expect(abs(try #require(truth.policies[policy]) - value) < 1e-12, "\(policy)")
    }
    for cell in truth.cells {
      #expect(cell.saved_rates[cell.best_arm] == cell.saved_rates.values.max())
    }
  }

  /// A cell worked out by hand: too expensive, monthly, 20 % off after the reason.
  ///
  ///     Σ share · 0.78 / (1 + exp −(−1.5 + tenure + 1.9 + 0.3))
  @Test func aSavedRateIsWhatTheWorldSays() throws {
    let byHand = [(0.35, -0.3), (0.4, 0.0), (0.25, 0.4)].reduce(0) { sum, tenure in
      sum + tenure.0 * 0.78 / (1 + exp(-(0.7 + tenure.1)))
    }
    let cell = try #require(try CancelSessions.truth().cells.first)
    #expect(cell.cell == "too_expensive × monthly")
    let rate = try #require(cell.saved_rates["discount20 × after_reason"])
    #expect(abs(rate - byHand) < 1e-15)
  }

  /// Pearson's statistic over the 80 cells × arms of the experiment, one degree of freedom each;
  /// a right log fails one time in 10⁶.
  @Test func savedRatesOfTheLogFollowTheTruth() throws {
    let plan = try Project.plan("cancel_sessions")
    let table = try Run(plan).read()
    let lifecycle = Lifecycle(windowDays: plan.windowDays, asOf: try #require(plan.asOf))
    func texts(_ name: String) -> (place: Int, levels: [String]) {
      let place = table.covariates.firstIndex { $0.name == name } ?? 0
      return (place, table.covariates[place].levels.texts)
    }
    let (phase, plans) = (texts("phase"), texts("plan"))
    var counts: [String: (sessions: Int, saved: Int)] = [:]
    for chunk in table.chunks {
      let states = lifecycle.states(of: chunk)
      let times = try #require(chunk.times)
      let reasons = try #require(chunk.reasons)
      guard case .category(let phases) = chunk.covariates[phase.place],
        case .category(let planCodes) = chunk.covariates[plans.place]
      else { continue }
      for row in 0..<chunk.rowCount
      where phase.levels[Int(phases[row])] == "calibration"
        && times[row] + lifecycle.windowLength <= lifecycle.asOf
      {
        let key =
          "\(table.reasons[reasons[row]]) × \(plans.levels[Int(planCodes[row])]) | "
          + table.arms[Int(chunk.arms[row])]
        counts[key, default: (0, 0)].sessions += 1
        if states[row] == .saved { counts[key]?.saved += 1 }
      }
    }
    #expect(counts.count == 80)
    var statistic = 0.0
    for cell in try CancelSessions.truth().cells {
      for (arm, rate) in cell.saved_rates {
        let count = try #require(counts["\(cell.cell) | \(arm)"])
        let n = Double(count.sessions)
        let error = Double(count.saved) - n * rate
        statistic += error * error / (n * rate * (1 - rate))
      }
    }
    let law = ChiSquaredDistribution(degreesOfFreedom: 80)
    #expect(law.survival(statistic) > 5e-7, "\(statistic)")
    #expect(law.cdf(statistic) > 5e-7, "\(statistic)")
  }
}
