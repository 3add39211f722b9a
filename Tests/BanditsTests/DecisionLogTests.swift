import Bandits
import Probability
import Testing

@Suite struct DecisionLogTests {
  func log(
    arms: [Int32] = [0, 1], rewards: [Double] = [0, 1], propensities: [Double] = [0.5, 0.5],
    cells: [Int32] = [0, 0]
  ) throws(OffPolicyError) -> DecisionLog {
    try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities, cells: cells, armCount: 2,
      cellCount: 1)
  }

  @Test(arguments: [0, -0.1, 1.000_001, .nan, .infinity, .leastNonzeroMagnitude] as [Double])
  func aPropensityLiesInZeroToOne(_ propensity: Double) {
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 1)) {
      try log(propensities: [0.5, propensity])
    }
  }

  @Test(arguments: [.nan, .infinity, -.infinity] as [Double])
  func aRewardIsANumber(_ reward: Double) {
    #expect(throws: OffPolicyError.rewardNotFinite(row: 0)) { try log(rewards: [reward, 1]) }
  }

  @Test(arguments: [-1, 2, .max] as [Int32])
  func codesLieInRange(_ code: Int32) {
    #expect(throws: OffPolicyError.armOutOfRange(row: 1, arm: Int(code))) {
      try log(arms: [0, code])
    }
    let cell = code == 2 ? 1 : code
    #expect(throws: OffPolicyError.cellOutOfRange(row: 0, cell: Int(cell))) {
      try log(cells: [cell, 0])
    }
  }

  @Test func anEmptyLogIsRefused() {
    #expect(throws: OffPolicyError.emptyLog) {
      try log(arms: [], rewards: [], propensities: [], cells: [])
    }
  }

  @Test func weightsTooLargeForADoubleAreRefused() throws {
    let log = try log(rewards: [1e308, -1e308], propensities: [1e-300, 1e-300])
    let target = uniformTable(cells: 1, arms: 2)
    for entry in EstimatorCatalogue.entries where ["ips", "snips", "dr"].contains(entry.name) {
      let model = RewardModel(ActionTable(cellCount: 1, armCount: 2, values: [0, 0]))
      #expect(throws: OffPolicyError.overflow) {
        try entry.make(model, 1, .none).estimate(target, on: log)
      }
    }
  }

  @Test(arguments: [.nan, .infinity] as [Double])
  func aModelThatIsNotFiniteIsRefused(_ reward: Double) throws {
    let model = RewardModel(ActionTable(cellCount: 1, armCount: 2, values: [0.5, reward]))
    let target = uniformTable(cells: 1, arms: 2)
    let log = try log()
    for entry in EstimatorCatalogue.entries where ["dm", "dr"].contains(entry.name) {
      #expect(throws: OffPolicyError.overflow) {
        try entry.make(model, 1, .none).estimate(target, on: log)
      }
    }
  }

  @Test func crossFittingKeepsACustomerInOneHalf() throws {
    let rows = 4_000
    let log = try DecisionLog(
      arms: (0..<rows).map { Int32($0 % 2) }, rewards: (0..<rows).map { Double($0 % 3) },
      propensities: Array(repeating: 0.5, count: rows), cells: Array(repeating: 0, count: rows),
      armCount: 2, cellCount: 1)
    let units = (0..<rows).map { UInt64($0 / 4) }
    let model = CellRewardModel(seed: 8).crossFit(log, units: units)
    for row in 0..<rows { #expect(model.folds[row] == model.folds[row - row % 4]) }
    // Binomial(1,000, ½) customers: four standard errors are 63.
    let first = model.folds.count { $0 == 0 } / 4
    #expect(abs(first - 500) < 64)
    #expect(model.tables[0] != model.tables[1])
  }

  @Test func foldsAreIndependentOfAnotherSplitOfTheSameSeed() throws {
    // Whoever has kept one half of the customers by the split stream must still get two folds.
    let units = (0..<4_000).map { UInt64($0) }.filter {
      var rng = Philox(StreamKey(seed: 8, purpose: .split, index: $0))
      return rng.next() >> 63 == 0
    }
    let log = try DecisionLog(
      arms: units.map { Int32($0 % 2) }, rewards: units.map { Double($0 % 3) },
      propensities: units.map { _ in 0.5 }, cells: units.map { _ in 0 }, armCount: 2, cellCount: 1)
    let folds = CellRewardModel(seed: 8).crossFit(log, units: units).folds
    // Binomial(about 2,000, ½): four standard errors are 4.5 points.
    #expect(abs(Double(folds.count { $0 == 0 }) / Double(folds.count) - 0.5) < 0.045)
  }

  @Test func aCustomerAloneHasTheMeanOfTheLog() throws {
    let log = try DecisionLog(
      arms: [0, 1], rewards: [1, 0.5], propensities: [0.5, 0.5], cells: [0, 0], armCount: 2,
      cellCount: 1)
    let model = CellRewardModel(seed: 8).crossFit(log, units: [7, 7])
    let unseen = model.tables[Int(model.folds[0])]
    #expect(unseen.values == [0.75, 0.75])
  }

  @Test func aShrunkenMeanLiesBetweenItsOwnAndTheArms() throws {
    let log = try DecisionLog(
      arms: [0, 0, 0, 0], rewards: [1, 1, 0, 0], propensities: [1, 1, 1, 1], cells: [0, 0, 1, 1],
      armCount: 2, cellCount: 2)
    var model = CellRewardModel(seed: 1)
    model.priorSessions = 2
    let table = model.fit(log).tables[0]
    // Overall and arm mean ½; cell 0: (2 + 2·½)/(2 + 2) = ¾; the arm never shown has the mean of all.
    #expect(table.values == [0.75, 0.5, 0.25, 0.5])
  }
}
