import Bandits
import Testing

@Suite struct LogAuditTests {
  let world: BernoulliWorld
  let logging = ActionTable(cellCount: 1, armCount: 3, values: [0.6, 0.3, 0.1])

  init() throws { world = try BernoulliWorld(rates: [0.2, 0.3, 0.4]) }

  @Test func rightPropensitiesPass() throws {
    let audit = LogAudit(try syntheticLog(of: world, by: logging, sessions: 20_000, seed: 3))
    for row in audit.arms {
      #expect(abs(row.z ?? .infinity) < 4)
      #expect(row.leastPropensity == logging[0, row.arm.index])
      #expect(row.greatestPropensity == logging[0, row.arm.index])
    }
    #expect(audit.arms.reduce(0) { $0 + $1.sessions } == 20_000)
  }

  // The control: a log that claims uniform choices and made others, as one that logs 1/K for a
  // Thompson policy does.
  @Test func propensitiesThatWereNotUsedAreFound() throws {
    let log = try syntheticLog(of: world, by: logging, sessions: 20_000, seed: 3)
    let wrong = try DecisionLog(
      arms: log.arms, rewards: log.rewards, propensities: log.arms.map { _ in 1.0 / 3 },
      cells: log.cells, armCount: 3, cellCount: 1)
    for row in LogAudit(wrong).arms { #expect((row.pValue ?? 1) < 1e-4) }
  }

  @Test func anArmNeverShownHasNoTest() throws {
    let log = try DecisionLog(
      arms: [0, 0], rewards: [0, 1], propensities: [0.5, 0.5], cells: [0, 0], armCount: 2,
      cellCount: 1)
    let row = LogAudit(log).arms[1]
    #expect(row.sessions == 0 && row.meanWeight == 0 && row.z == nil)
    #expect(row.leastPropensity == nil)
  }

  @Test func theOverlapOfATarget() throws {
    let log = try syntheticLog(of: world, by: logging, sessions: 20_000, seed: 3)
    let rare = ActionTable(cellCount: 1, armCount: 3, values: [0, 0, 1])
    let overlap = LogAudit.overlap(rare, log)
    let shown = Double(log.counts[2])
    // All weights are 10 or 0: the effective sample size is the number of tens.
    #expect(abs(overlap.effectiveSampleSize - shown) < 1e-9)
    #expect(abs(overlap.meanWeight - shown * 10 / 20_000) < 1e-12)
    #expect(abs(overlap.maximumWeight - 10) < 1e-14)
    #expect(overlap.supportedShare == 1)
    // Equal terms: the top 200 of those saved carry their number's share.
    let saved = Double((0..<log.count).count { log.arms[$0] == 2 && log.rewards[$0] == 1 })
    #expect(abs((overlap.topPercentShare ?? 0) - 200 / saved) < 1e-12)
  }
}
