import Bandits
import Inference
import Probability
import Testing

/// What every estimator of the catalogue promises, on logs of a world with known truth.
@Suite struct EstimatorLawTests {
  let world: BernoulliWorld
  let uniform = uniformTable(cells: 3, arms: 4)
  let target = ActionTable(
    cellCount: 3, armCount: 4, values: [0.1, 0.6, 0.2, 0.1, 0, 0, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25])

  init() throws {
    world = try BernoulliWorld(
      rates: ActionTable(
        cellCount: 3, armCount: 4,
        values: [0.2, 0.3, 0.25, 0.1, 0.5, 0.4, 0.45, 0.6, 0.05, 0.1, 0.15, 0.2]),
      weights: [5, 3, 2])
  }

  func estimator(
    _ entry: EstimatorCatalogue.Entry, _ log: DecisionLog, _ floors: EvidenceFloors = .init()
  ) -> any OffPolicyEstimator {
    entry.make(CellRewardModel(seed: 3).crossFit(log), 11, floors)
  }

  // 300 logs of 2,000 sessions. The coverage of a 95 % interval then has a standard error of 1.26
  // points; 3.5 of them are 4.4 points.
  @Test(arguments: EstimatorCatalogue.entries)
  func intervalsCoverTheTruth(_ entry: EstimatorCatalogue.Entry) throws {
    let truth = world.value(of: target)
    var covered = 0
    var squaredErrors = 0.0
    var variances = 0.0
    for index in 0..<300 {
      let log = try syntheticLog(
        of: world, by: uniform, sessions: 2_000, seed: 20, index: UInt64(index))
      let estimate = try estimator(entry, log).estimate(target, on: log)
      covered += estimate.interval(level: 0.95).contains(truth) ? 1 : 0
      squaredErrors += (estimate.value - truth) * (estimate.value - truth)
      variances += estimate.standardError * estimate.standardError
    }
    #expect(abs(Double(covered) / 300 - 0.95) < 0.044)
    // The ratio of a mean of 300 squared errors to its expectation has a spread of √(2/300) = 8 %.
    #expect(abs(squaredErrors / variances - 1) < 0.3)
  }

  @Test(arguments: EstimatorCatalogue.entries)
  func aTargetThatTheLogNeverPlaysIsRefusedWithItsMass(_ entry: EstimatorCatalogue.Entry) throws {
    let never = ActionTable(
      cellCount: 3, armCount: 4,
      values: [0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0])
    let log = try syntheticLog(of: world, by: never, sessions: 2_000, seed: 4)
    let wanting = ActionTable(of: FixedPolicy(Arm(2), armCount: 4), cellCount: 3)
    #expect(throws: OffPolicyError.noSupport(mass: 1, allowed: 0.01)) {
      try estimator(entry, log).estimate(wanting, on: log)
    }
  }

  @Test(arguments: EstimatorCatalogue.entries)
  func anArmMissingFromOneCellIsSeen(_ entry: EstimatorCatalogue.Entry) throws {
    // Cell 1 is never shown arm 3 although the other cells are.
    var values = uniform.values
    values.replaceSubrange(4..<8, with: [1.0 / 3, 1.0 / 3, 1.0 / 3, 0])
    let logging = ActionTable(cellCount: 3, armCount: 4, values: values)
    let log = try syntheticLog(of: world, by: logging, sessions: 2_000, seed: 4)
    #expect {
      try estimator(entry, log).estimate(target, on: log)
    } throws: { error in
      guard case OffPolicyError.noSupport(mass: let mass, allowed: _) = error else { return false }
      return abs(mass - 0.15) < 0.02
    }
  }

  @Test(arguments: EstimatorCatalogue.entries)
  func thinLogsAreRefusedByName(_ entry: EstimatorCatalogue.Entry) throws {
    let log = try syntheticLog(of: world, by: uniform, sessions: 60, seed: 4)
    #expect {
      try estimator(entry, log).estimate(target, on: log)
    } throws: { error in
      guard case OffPolicyError.effectiveSampleSizeTooSmall(let size, floor: 100) = error else {
        return false
      }
      return size < 60
    }
  }

  @Test(arguments: EstimatorCatalogue.entries)
  func rewardsThatNeverVaryGiveNoInterval(_ entry: EstimatorCatalogue.Entry) throws {
    let log = try syntheticLog(of: world, by: uniform, sessions: 2_000, seed: 4)
    let zeros = try DecisionLog(
      arms: log.arms, rewards: log.rewards.map { _ in 0 }, propensities: log.propensities,
      cells: log.cells, armCount: 4, cellCount: 3)
    #expect(throws: OffPolicyError.noVariation) {
      try estimator(entry, zeros).estimate(target, on: zeros)
    }
  }

  @Test(arguments: EstimatorCatalogue.entries)
  func theUnitOfTheRewardCarriesThrough(_ entry: EstimatorCatalogue.Entry) throws {
    let log = try syntheticLog(of: world, by: uniform, sessions: 2_000, seed: 4)
    let cents = try DecisionLog(
      arms: log.arms, rewards: log.rewards.map { $0 * 4_096 }, propensities: log.propensities,
      cells: log.cells, armCount: 4, cellCount: 3)
    let one = try estimator(entry, log).estimate(target, on: log)
    let other = try estimator(entry, cents).estimate(target, on: cents)
    #expect(abs(other.value / one.value / 4_096 - 1) < 1e-12)
    #expect(abs(other.standardError / one.standardError / 4_096 - 1) < 1e-12)
    #expect(other.effectiveSampleSize == one.effectiveSampleSize)
  }

  @Test(arguments: EstimatorCatalogue.entries)
  func probabilitiesThatAreNoneAreRefused(_ entry: EstimatorCatalogue.Entry) throws {
    let log = try syntheticLog(of: world, by: uniform, sessions: 200, seed: 4)
    let half = ActionTable(cellCount: 3, armCount: 4, values: target.values.map { $0 / 2 })
    #expect {
      try estimator(entry, log).estimate(half, on: log)
    } throws: { error in
      guard case OffPolicyError.notProbabilities(cell: 0, let sum) = error else { return false }
      return abs(sum - 0.5) < 1e-15
    }
  }

  @Test func chunksMergeToTheWhole() throws {
    // Two chunks of 65,536 rows and a part, against the formula summed plainly.
    let log = try syntheticLog(of: world, by: uniform, sessions: 150_000, seed: 6)
    let terms = (0..<log.count).map {
      target[Int(log.cells[$0]), Int(log.arms[$0])] / log.propensities[$0] * log.rewards[$0]
    }
    let mean = terms.reduce(0, +) / 150_000
    let squares = terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let estimate = try ImportanceSampling().estimate(target, on: log)
    #expect(abs(estimate.value / mean - 1) < 1e-12)
    #expect(
      abs(estimate.standardError / (squares / 149_999 / 150_000).squareRoot() - 1) < 1e-12)
  }

  @Test func rewardsFarFromZeroKeepTheSelfNormalizedError() throws {
    // Adding 2³⁰ to every reward moves the ratio by it and leaves its error alone.
    let log = try syntheticLog(of: world, by: uniform, sessions: 2_000, seed: 4)
    let shifted = try DecisionLog(
      arms: log.arms, rewards: log.rewards.map { $0 + 0x1p30 }, propensities: log.propensities,
      cells: log.cells, armCount: 4, cellCount: 3)
    let one = try SelfNormalizedImportanceSampling().estimate(target, on: log)
    let other = try SelfNormalizedImportanceSampling().estimate(target, on: shifted)
    #expect(abs(other.value - 0x1p30 - one.value) < 1e-5)
    #expect(abs(other.standardError / one.standardError - 1) < 1e-6)
  }

  // Width and coverage of the delta-method interval where most sessions are saved: NumPy gives a
  // mean width of 0.0372 where the interval with a frozen denominator, that of IPS, has 0.1065.
  @Test func theSelfNormalizedIntervalIsNotThatOfImportanceSampling() throws {
    let world = try BernoulliWorld(rates: [0.8, 0.825, 0.85, 0.875, 0.9])
    let greedy = world.rates.greedy
    var (covered, width, frozen) = (0, 0.0, 0.0)
    for index in 0..<200 {
      let log = try syntheticLog(
        of: world, by: uniformTable(cells: 1, arms: 5), sessions: 5_000, seed: 9,
        index: UInt64(index))
      let interval = try SelfNormalizedImportanceSampling().estimate(greedy, on: log).interval()
      covered += interval.contains(0.9) ? 1 : 0
      width += interval.width / 200
      frozen += try ImportanceSampling().estimate(greedy, on: log).interval().width / 200
    }
    #expect(abs(width - 0.0372) < 0.0005)
    #expect(abs(frozen - 0.1065) < 0.001)
    #expect(abs(Double(covered) / 200 - 0.95) < 0.054)
  }
}
