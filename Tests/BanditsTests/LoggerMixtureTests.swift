import Bandits
import Inference
import Testing

@Suite struct LoggerMixtureTests {
  let world: BernoulliWorld
  let first = ActionTable(cellCount: 1, armCount: 3, values: [0.8, 0.15, 0.05])
  let second = ActionTable(cellCount: 1, armCount: 3, values: [0.05, 0.15, 0.8])
  let target = ActionTable(cellCount: 1, armCount: 3, values: [0.4, 0.2, 0.4])

  init() throws { world = try BernoulliWorld(rates: [0.3, 0.5, 0.6]) }

  func mixture(_ index: UInt64) throws -> (log: DecisionLog, mixture: LoggerMixture) {
    let (a, b) = (
      try syntheticLog(of: world, by: first, sessions: 1_000, seed: 70, index: index),
      try syntheticLog(of: world, by: second, sessions: 500, seed: 71, index: index)
    )
    let log = try DecisionLog(
      arms: a.arms + b.arms, rewards: a.rewards + b.rewards,
      propensities: a.propensities + b.propensities, cells: a.cells + b.cells, armCount: 3,
      cellCount: 1)
    let loggers = (0..<1_500).map { UInt8($0 < 1_000 ? 0 : 1) }
    return (log, LoggerMixture(loggers: [first, second], loggerOfSession: loggers))
  }

  // Two in three sessions are the first logger's.
  @Test func balancedPropensitiesAreThoseOfTheMixture() throws {
    let (log, mixture) = try mixture(0)
    let balanced = try mixture.balanced(log)
    for row in 0..<log.count {
      let arm = Int(log.arms[row])
      let expected = (2 * first[0, arm] + second[0, arm]) / 3
      #expect(abs(balanced.propensities[row] - expected) < 1e-14)
    }
  }

  // 400 logs: coverage has a standard error of 1.1 points.
  @Test func allCoverAndTheBalancedVariesLeast() throws {
    let truth = world.value(of: target)
    var (naive, balanced, weighted) = (Moments(), Moments(), Moments())
    var (balancedCover, weightedCover) = (0, 0)
    for index in 0..<400 {
      let (log, mixture) = try mixture(UInt64(index))
      let ips = ImportanceSampling(floors: .none)
      naive.add(try ips.estimate(target, on: log).value)
      let one = try ips.estimate(target, on: try mixture.balanced(log))
      balanced.add(one.value)
      balancedCover += one.interval().contains(truth) ? 1 : 0
      let other = try mixture.weighted(ips, target, log)
      weighted.add(other.value)
      weightedCover += other.interval().contains(truth) ? 1 : 0
      #expect(other.sampleSize == 1_500)
    }
    #expect(balanced.variance < weighted.variance && weighted.variance < naive.variance)
    #expect(abs(balanced.mean - truth) < 4 * balanced.standardError)
    #expect(abs(Double(balancedCover) / 400 - 0.95) < 0.044)
    #expect(Double(weightedCover) / 400 > 0.9)
  }

  // Arms 0 and 1 are one discount in two wordings, which the reward does not see.
  @Test func groupsOfArmsNeedLessOfTheLog() throws {
    let world = try BernoulliWorld(rates: [0.3, 0.3, 0.6])
    let logging = ActionTable(cellCount: 1, armCount: 3, values: [0.55, 0.05, 0.4])
    let target = ActionTable(cellCount: 1, armCount: 3, values: [0, 0.6, 0.4])
    let groups = MarginalizedImportanceSampling(logging: logging, groups: [0, 0, 1])
    var (marginal, plain) = (Moments(), Moments())
    for index in 0..<200 {
      let log = try syntheticLog(
        of: world, by: logging, sessions: 1_000, seed: 72, index: UInt64(index))
      marginal.add(try groups.estimate(target, on: log).value)
      plain.add(try ImportanceSampling(floors: .none).estimate(target, on: log).value)
    }
    #expect(abs(marginal.mean - 0.42) < 4 * marginal.standardError)
    #expect(marginal.variance < plain.variance / 3)
    // Each arm a group of its own is importance sampling.
    let log = try syntheticLog(of: world, by: logging, sessions: 1_000, seed: 73)
    let alone = MarginalizedImportanceSampling(logging: logging, groups: [0, 1, 2], floors: .none)
    let value = try alone.estimate(target, on: log).value
    let ips = try ImportanceSampling(floors: .none).estimate(target, on: log).value
    #expect(abs(value / ips - 1) < 1e-12)
  }

  // By hand, without shrinkage: cell and arm with weights 0.5·0.75/0.25² = 6 and 0.5·0.5/0.5² = 1.
  @Test func theModelMindsWhatDoublyRobustMultiplies() throws {
    let log = try DecisionLog(
      arms: [0, 0], rewards: [1, 0], propensities: [0.25, 0.5], cells: [0, 0], armCount: 2,
      cellCount: 1)
    var model = CellRewardModel(seed: 1)
    model.priorSessions = 1e-12
    #expect(abs(model.fit(log).tables[0][0, 0] - 0.5) < 1e-9)
    model.target = ActionTable(cellCount: 1, armCount: 2, values: [0.5, 0.5])
    #expect(abs(model.fit(log).tables[0][0, 0] - 6.0 / 7) < 1e-9)
  }
}
