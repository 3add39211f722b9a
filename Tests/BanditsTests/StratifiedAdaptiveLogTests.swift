import Bandits
import Inference
import Probability
import Testing

@Suite struct StratifiedAdaptiveLogTests {
  /// Two cells that are worth 0.2 and 0.8 whatever the arm; from the second batch on each arm is shown
  /// nine times in ten in a cell of its own.
  func cells(seed: UInt64, sessions: Int = 400) throws -> [AdaptiveLog] {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    return try [0.2, 0.8].enumerated().map { cell, rate in
      let table = ActionTable(
        cellCount: 2, armCount: 2,
        values: [0.5, 0.5] + (cell == 0 ? [0.9, 0.1] : [0.1, 0.9]))
      var (arms, rewards, batches): ([Int32], [Double], [Int32]) = ([], [], [])
      for session in 0..<sessions {
        let batch = session < sessions / 2 ? 0 : 1
        arms.append(rng.uniform() < table[batch, 0] ? 0 : 1)
        rewards.append(rng.uniform() < rate ? 1 : 0)
        batches.append(Int32(batch))
      }
      return try AdaptiveLog(arms: arms, rewards: rewards, batches: batches, propensities: table)
    }
  }

  @Test(arguments: AdaptiveCatalogue.entries)
  func oneCellIsTheLogItself(_ entry: AdaptiveCatalogue.Entry) throws {
    let log = try cells(seed: 1)[0]
    let estimator = entry.make(DecayingFloor(start: 0.1, decay: 0))
    let strata = StratifiedAdaptiveLog([log])
    func check(_ found: AdaptiveEstimate, _ expected: AdaptiveEstimate) {
      #expect(abs(found.value - expected.value) < 1e-15)
      #expect(abs(found.standardError / expected.standardError - 1) < 1e-14)
    }
    check(
      try strata.value(of: Arm(1), by: estimator), try estimator.value(of: Arm(1), in: log))
    check(
      try strata.contrast(of: Arm(1), minus: Arm(0), by: estimator),
      try estimator.contrast(of: Arm(1), minus: Arm(0), in: log))
  }

  /// Arms are worth 0.5 each. By 400 replications: within four standard errors of that for each estimator
  /// that knows the cells, and far from it for the plain mean of all sessions.
  @Test func cellsAreNotMixedUpWithArms() throws {
    var (stratified, naive, coverage) = (Moments(), Moments(), 0)
    for seed in 1...400 {
      let cells = try cells(seed: UInt64(seed))
      let strata = StratifiedAdaptiveLog(cells)
      let estimate = try strata.value(
        of: Arm(0), by: AdaptiveAIPW(weights: .constantAllocation))
      stratified.add(estimate.value)
      coverage += estimate.interval(level: 0.9).contains(0.5) ? 1 : 0
      var all = Moments()
      for cell in cells {
        for row in 0..<cell.count where cell.arms[row] == 0 { all.add(cell.rewards[row]) }
      }
      naive.add(all.mean)
    }
    #expect(abs(stratified.mean - 0.5) < 4 * stratified.standardError)
    #expect(abs(naive.mean - 0.5) > 0.1)
    #expect(abs(Double(coverage) / 400 - 0.9) < 0.06)
  }

  @Test func theValuesOfArmsAreTheirEstimates() throws {
    let strata = StratifiedAdaptiveLog(try cells(seed: 3))
    let estimator = AdaptiveAIPW(weights: .constantAllocation)
    let values = try strata.values(of: [Arm(0), Arm(1)], by: estimator)
    for arm in 0..<2 {
      let own = try strata.value(of: Arm(arm), by: estimator)
      #expect(abs(values.estimates[arm] - own.value) < 1e-15)
      #expect(abs(values.covariance(arm, arm).squareRoot() / own.standardError - 1) < 1e-12)
    }
  }
}
