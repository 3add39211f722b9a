import Bandits
import Inference
import Testing

@Suite struct PolicyQuantileTests {
  // By hand: weights 1, 2, 1 of the rewards 10, 20, 30; 0.25, 0.75 and 1 of the mass.
  @Test(arguments: [(0.25, 10.0), (0.26, 20), (0.75, 20), (0.76, 30)])
  func theWeightedQuantile(_ probability: Double, _ expected: Double) throws {
    let log = try DecisionLog(
      arms: [0, 1, 0], rewards: [30, 20, 10], propensities: [0.5, 0.25, 0.5], cells: [0, 0, 0],
      armCount: 2, cellCount: 1)
    let quantile = try PolicyQuantile(
      probability, of: uniformTable(cells: 1, arms: 2), on: log, floors: .none)
    #expect(quantile.value == expected)
    #expect(quantile.interval.contains(expected))
  }

  // Rewards uniform on [0, 1] for arm 0 and on [1, 2] for arm 1: the target plays arm 1 with 0.8, so
  // its quantile of 0.3 is 1.125.
  @Test func theIntervalCovers() throws {
    let target = ActionTable(cellCount: 1, armCount: 2, values: [0.2, 0.8])
    let world = try BernoulliWorld(rates: [0.5, 0.5])
    let logging = ActionTable(cellCount: 1, armCount: 2, values: [0.6, 0.4])
    var covered = 0
    for index in 0..<400 {
      let log = try syntheticLog(
        of: world, by: logging, sessions: 600, seed: 60, index: UInt64(index))
      // A number of each row's own, from a lattice that no two seeds share.
      let rewards = try log.withRewards { row in
        let lattice = (Double(row * 400 + index) * 0.6180339887498949)
          .truncatingRemainder(dividingBy: 1)
        return Double(log.arms[row]) + lattice
      }
      covered += try PolicyQuantile(0.3, of: target, on: rewards).interval.contains(1.125) ? 1 : 0
    }
    // The lattice is more even than chance, so the interval may cover more often than it says.
    #expect(Double(covered) / 400 > 0.95 - 0.038)
  }

  @Test func aQuantileBeyondTheLogHasNoUpperEnd() throws {
    let world = try BernoulliWorld(rates: [0.5, 0.5])
    let log = try syntheticLog(
      of: world, by: uniformTable(cells: 1, arms: 2), sessions: 300, seed: 6)
    let quantile = try PolicyQuantile(0.999, of: uniformTable(cells: 1, arms: 2), on: log)
    #expect(quantile.value == 1 && quantile.interval.upper == .infinity)
    #expect(throws: OffPolicyError.self) {
      try PolicyQuantile(
        0.5, of: ActionTable(of: FixedPolicy(Arm(0), armCount: 2), cellCount: 1), on: log,
        floors: EvidenceFloors(effectiveSampleSize: 200))
    }
  }

  @Test func netMarginsAreTheMarginLessTheOffer() throws {
    let log = try DecisionLog(
      arms: [0, 1, 1], rewards: [1, 1, 0], propensities: [0.5, 0.5, 0.5], cells: [0, 1, 1],
      armCount: 2, cellCount: 2)
    let net = try log.netMargins(
      margin: [100, 40],
      costIfSaved: ActionTable(cellCount: 2, armCount: 2, values: [0, 20, 0, 8]),
      costIfShown: ActionTable(cellCount: 2, armCount: 2, values: [0, 1, 0, 1]))
    #expect(net.rewards == [100, 31, -1])
    #expect(net.propensities == log.propensities)
  }
}

extension EvidenceFloors {
  fileprivate init(effectiveSampleSize: Double) {
    self.init()
    self.effectiveSampleSize = effectiveSampleSize
  }
}
