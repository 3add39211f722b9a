import Bandits
import Testing

@Suite struct LogAuditReasonsTests {
  let world: BernoulliWorld
  let logging = ActionTable(cellCount: 2, armCount: 3, values: [0.6, 0.3, 0.1, 0.2, 0.3, 0.5])
  let target = ActionTable(cellCount: 2, armCount: 3, values: [0.2, 0.5, 0.3, 0.6, 0.2, 0.2])

  init() throws {
    world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 3, values: [0.2, 0.3, 0.4, 0.4, 0.5, 0.3]))
  }

  func log(_ sessions: Int = 20_000, seed: UInt64 = 3) throws -> DecisionLog {
    try syntheticLog(of: world, by: logging, sessions: sessions, seed: seed)
  }

  func recorded(_ log: DecisionLog, _ propensity: (Int) -> Double) throws -> DecisionLog {
    try DecisionLog(
      arms: log.arms, rewards: log.rewards, propensities: (0..<log.count).map(propensity),
      cells: log.cells, armCount: 3, cellCount: 2)
  }

  @Test func aSoundLogHasNoReasons() throws {
    for seed in 1...20 {
      let log = try log(seed: UInt64(seed))
      #expect(LogAudit.reasonsToAbstain(from: ImportanceSampling(), target, log).isEmpty)
    }
  }

  @Test func calibrationIsTheScoreTestOfEachCellAndArm() throws {
    let log = try log()
    for row in LogAudit.calibration(log) {
      let p = logging[row.cell, row.arm.index]
      #expect(abs(row.recorded - p) < 1e-12)
      let z = (row.frequency - p) / (p * (1 - p) / Double(row.sessions)).squareRoot()
      #expect(abs((row.z ?? 0) - z) < 1e-8)
    }
  }

  @Test func cellsThatMakeUpForEachOtherAreFound() throws {
    // The propensities of the two cells are exchanged.
    let sound = try log()
    let swapped = try recorded(sound) { logging[1 - Int(sound.cells[$0]), Int(sound.arms[$0])] }
    let reasons = LogAudit.reasonsToAbstain(from: ImportanceSampling(), target, swapped)
    #expect(
      reasons.contains {
        if case .miscalibrated(cell: 0, arm: Arm(0), _, recorded: let p, _) = $0 {
          return abs(p - 0.2) < 1e-9
        }
        return false
      })
    #expect(
      reasons.contains {
        if case .meanWeightOfCell(0, let mean, _) = $0 { return abs(mean - 1) > 0.1 }
        return false
      })
  }

  @Test func aPolicyThatChangedWithoutItsPropensitiesIsFound() throws {
    // In the last three tenths the log was made by the uniform policy.
    let first = try log()
    let last = try syntheticLog(
      of: world, by: uniformTable(cells: 2, arms: 3), sessions: 20_000, seed: 9)
    let border = 14_000
    let mixed = try DecisionLog(
      arms: Array(first.arms[..<border] + last.arms[border...]),
      rewards: Array(first.rewards[..<border] + last.rewards[border...]),
      propensities: (0..<20_000).map { row in
        let source = row < border ? first : last
        return logging[Int(source.cells[row]), Int(source.arms[row])]
      },
      cells: Array(first.cells[..<border] + last.cells[border...]), armCount: 3, cellCount: 2)
    let periods = LogAudit.reasonsToAbstain(from: ImportanceSampling(), target, mixed).compactMap {
      if case .meanWeightOfPeriod(let period, _, _) = $0 { period } else { nil }
    }
    #expect(!periods.isEmpty && periods.allSatisfy { $0 >= 7 })
  }

  @Test func theShareOfTheGreatestWeights() throws {
    // Weights 1 and 10; the ten sessions of weight 10 are the top hundredth of 1,000.
    let log = try DecisionLog(
      arms: (0..<1_000).map { $0 < 10 ? 1 : 0 }, rewards: Array(repeating: 1, count: 1_000),
      propensities: (0..<1_000).map { $0 < 10 ? 0.05 : 0.5 },
      cells: Array(repeating: 0, count: 1_000), armCount: 2, cellCount: 1)
    let half = ActionTable(cellCount: 1, armCount: 2, values: [0.5, 0.5])
    let share = try #require(LogAudit.topWeightShare(half, log))
    #expect(abs(share - 100.0 / 1_090) < 1e-12)
    // Equal weights: the hundredth carries a hundredth.
    let equal = try recorded(try self.log()) { _ in 0.5 }
    let uniform = uniformTable(cells: 2, arms: 3)
    #expect(abs((LogAudit.topWeightShare(uniform, equal) ?? 0) - 0.01) < 1e-12)
  }

  @Test func whatTheEstimatorWouldGetWrongIsNamed() throws {
    let log = try log()
    let bitten = LogAudit.reasonsToAbstain(
      from: ShrunkImportanceSampling(.clipped(at: 1)), target, log)
    #expect(
      bitten.contains {
        if case .shrinkageShows(let bias, allowed: 0.25) = $0 { return bias < -5 }
        return false
      })
    let thin = LogAudit.reasonsToAbstain(from: ImportanceSampling(), target, try self.log(90))
    #expect(
      thin.contains {
        if case .refused(.effectiveSampleSizeTooSmall) = $0 { return true }
        return false
      })
  }

  // The expansion in double precision by NumPy 2.4.6 and SciPy 1.17.1, with the sample's skewness and
  // kurtosis. For exponential values it says 0.9266 of 50 and 0.9383 of 100; NumPy counts 0.9290 and
  // 0.9393 in 100,000 samples.
  @Test(arguments: [(1, 0.8553693711449908), (100, 0.9490536937114499)])
  func theCoverageThatSkewnessLeaves(_ copies: Int, _ expected: Double) throws {
    let rewards = [Double](
      repeatElement([0.0, 0, 0, 0, 0, 1, 1, 2, 5, 9], count: copies).joined())
    let log = try DecisionLog(
      arms: rewards.map { _ in 0 }, rewards: rewards, propensities: rewards.map { _ in 1 },
      cells: rewards.map { _ in 0 }, armCount: 1, cellCount: 1)
    let terms = try ImportanceSampling(floors: .none).sessionTerms(
      uniformTable(cells: 1, arms: 1), on: log)
    #expect(abs(terms.expectedCoverage() - expected) < 1e-12)
  }
}
