import Bandits
import Inference
import Probability
import TestSupport
import Testing

/// Weights from the log's own frequencies.
@Suite struct BalancedImportanceSamplingTests {
  let world: BernoulliWorld
  let logging = ActionTable(
    cellCount: 3, armCount: 3, values: [0.2, 0.5, 0.3, 0.6, 0.2, 0.2, 0.3, 0.3, 0.4])
  let target = ActionTable(
    cellCount: 3, armCount: 3, values: [0.6, 0.1, 0.3, 0.1, 0.8, 0.1, 0, 0.5, 0.5])

  init() throws {
    world = try BernoulliWorld(
      rates: ActionTable(
        cellCount: 3, armCount: 3, values: [0.8, 0.85, 0.9, 0.7, 0.9, 0.8, 0.6, 0.75, 0.9]),
      weights: [5, 3, 2])
  }

  func log(
    index: UInt64 = 0, sessions: Int = 1_500, propensity: Double? = nil
  ) throws -> DecisionLog {
    let log = try syntheticLog(
      of: world, by: logging, sessions: sessions, seed: 51, index: index)
    guard let propensity else { return log }
    return try DecisionLog(
      arms: log.arms, rewards: log.rewards, propensities: log.arms.map { _ in propensity },
      cells: log.cells, armCount: 3, cellCount: 3)
  }

  @Test func wrongRecordedPropensitiesDoNotMatter() throws {
    let right = try BalancedImportanceSampling().estimate(target, on: log())
    let wrong = try BalancedImportanceSampling().estimate(target, on: log(propensity: 0.01))
    #expect(right == wrong)
    // They do to importance sampling.
    let plain = try ImportanceSampling().estimate(target, on: log(propensity: 0.01))
    #expect(plain.value > 10)
  }

  @Test func itIsTheDirectMethodWithPlainMeans() throws {
    let log = try log()
    var counts = Array(repeating: 0.0, count: 9)
    var sums = counts
    for row in 0..<log.count {
      let place = Int(log.cells[row]) * 3 + Int(log.arms[row])
      counts[place] += 1
      sums[place] += log.rewards[row]
    }
    let means = ActionTable(cellCount: 3, armCount: 3, values: zip(sums, counts).map { $0 / $1 })
    let direct = try DirectMethod(model: RewardModel(means)).estimate(target, on: log)
    let balanced = try BalancedImportanceSampling().estimate(target, on: log)
    #expect(relativeError(balanced.value, direct.value) < 1e-13)
    // Their errors differ by √(m/(m − 1)) in each cell and arm.
    #expect(relativeError(balanced.standardError, direct.standardError) < 0.02)
    #expect(balanced.standardError > direct.standardError)
    #expect(relativeError(balanced.effectiveSampleSize, direct.effectiveSampleSize) < 1e-13)
    #expect(abs(balanced.meanWeight - 1) < 1e-13)
  }

  /// `V̂ = (1/n) Σ wr` with the odds of a saturated classifier that tells the target's choices, each session's
  /// arms by their probabilities, from those logged.
  @Test func theWeightsAreOddsOfAClassifier() throws {
    let log = try log(sessions: 300)
    var (logged, wanted) = (Array(repeating: 0.0, count: 9), Array(repeating: 0.0, count: 9))
    for row in 0..<log.count {
      let cell = Int(log.cells[row])
      logged[cell * 3 + Int(log.arms[row])] += 1
      for arm in 0..<3 { wanted[cell * 3 + arm] += target[cell, arm] }
    }
    var value = 0.0
    for row in 0..<log.count {
      let place = Int(log.cells[row]) * 3 + Int(log.arms[row])
      let probability = wanted[place] / (wanted[place] + logged[place])
      value += probability / (1 - probability) * log.rewards[row] / Double(log.count)
    }
    let estimate = try BalancedImportanceSampling(floors: .none).estimate(target, on: log)
    #expect(relativeError(estimate.value, value) < 1e-12)
  }

  // 1,000 logs: a coverage of 95 % has a standard error of 0.69 points, a ratio of mean squared errors one
  // of √(2/1000) = 4.5 %.
  @Test(arguments: [400, 1_500]) func theErrorKnowsThatWeightsAreEstimated(_ sessions: Int) throws {
    let truth = world.value(of: target)
    var (covered, errors, variances, naive) = (0, 0.0, 0.0, 0.0)
    for index in 0..<1_000 {
      let log = try log(index: UInt64(index), sessions: sessions)
      let estimate = try BalancedImportanceSampling(floors: .none).estimate(target, on: log)
      covered += estimate.interval().contains(truth) ? 1 : 0
      errors += (estimate.value - truth) * (estimate.value - truth)
      variances += estimate.standardError * estimate.standardError
      let plain = try ImportanceSampling(floors: .none).estimate(target, on: log)
      naive += plain.standardError * plain.standardError
    }
    let coverage = Double(covered) / 1_000
    #expect(abs(coverage - 0.95) < 0.025)
    #expect(abs(errors / variances - 1) < 0.16)
    // Weights taken for known would say three times as much.
    #expect(naive > 2.5 * errors)
  }

  @Test func aCellCountsByWhatItWasShown() throws {
    // Cell 0 was never shown arm 1, of which the target wants a tenth there.
    let log = try DecisionLog(
      arms: [0, 0, 2, 0, 1, 2], rewards: [1, 0, 1, 1, 0.5, 0], propensities: [1, 1, 1, 1, 1, 1],
      cells: [0, 0, 0, 1, 1, 1], armCount: 3, cellCount: 3)
    let estimate = try BalancedImportanceSampling(floors: .none).estimate(target, on: log)
    // (½ (0.6 · ½ + 0.3 · 1) + ½ (0.1 · 1 + 0.8 · ½ + 0.1 · 0)) / (½ · 0.9 + ½)
    #expect(abs(estimate.value - 0.55 / 0.95) < 1e-15)
    #expect(abs(estimate.meanWeight - 0.95) < 1e-15)
    #expect(estimate.standardError > 0)
  }
}
