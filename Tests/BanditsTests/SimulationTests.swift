import Bandits
import Inference
import Probability
import TestSupport
import Testing

@Suite struct SimulationTests {
  /// The world of Chapelle and Li's figure 1: ten arms, the best 0.1 ahead.
  let chapelleLi: BernoulliWorld

  init() throws {
    chapelleLi = try BernoulliWorld(rates: [0.5] + Array(repeating: 0.4, count: 9))
  }

  /// Whether two means agree within four of their joint standard errors.
  func agree(_ found: Moments, _ mean: Double, _ error: Double) -> Bool {
    let joint = (found.standardError * found.standardError + error * error).squareRoot()
    return abs(found.mean - mean) < 4 * joint
  }

  // Regret after 1,000 sessions of Thompson sampling that learns every 100: 68.8 ± 0.1 (20,000
  // replications) by an independent C++ program with xoshiro256** and Marsaglia–Tsang draws.
  @Test func thompsonSamplingInBatches() async {
    var simulation = Simulation(
      replications: 400, horizon: 1_000, checkpoints: [100, 1_000], seed: 42)
    simulation.batchSize = 100
    let curve = await simulation.run(ThompsonSampling(armCount: 10), in: chapelleLi, threads: 2)
    #expect(curve.points.map(\.time) == [100, 1_000])
    // Before the first batch every arm is equally likely: 0.09 a session.
    #expect(agree(curve.points[0].regret, 9, 0))
    #expect(agree(curve.points[1].regret, 68.8, 0.15))
  }

  // By NumPy 2.4.6, 20,000 replications each: learning at once, 50 sessions late, and every 10
  // sessions 25 late.
  @Test(arguments: [(1, 0, 66.238, 0.114), (1, 50, 68.317, 0.107), (10, 25, 67.508, 0.111)])
  func delaysAndBatches(_ batch: Int, _ delay: Int, _ mean: Double, _ error: Double) async {
    var simulation = Simulation(replications: 400, horizon: 1_000, seed: 43)
    simulation.batchSize = batch
    simulation.delay = delay
    let curve = await simulation.run(ThompsonSampling(armCount: 10), in: chapelleLi, threads: 2)
    #expect(agree(curve.points[0].regret, mean, error))
  }

  // 168.0 ± 1.0 after 10,000 sessions and 68.6 ± 0.3 after 1,000 (same C++ program, 2,000
  // replications): a slope of 43.2 per unit of ln t, where Lai and Robbins' bound is 44.7.
  @Test func regretGrowsWithTheLogarithm() async {
    var simulation = Simulation(
      replications: 60, horizon: 10_000, checkpoints: [1_000, 10_000], seed: 44)
    simulation.batchSize = 100
    let curve = await simulation.run(ThompsonSampling(armCount: 10), in: chapelleLi, threads: 2)
    let (early, late) = (curve.points[0].regret, curve.points[1].regret)
    #expect(agree(late, 168.0, 1.0))
    #expect(agree(early, 68.6, 0.3))
  }

  @Test func laiAndRobbinsSlope() throws {
    // 9 · 0.1 / KL(0.4, 0.5), by Python 3's math.
    #expect(relativeError(chapelleLi.laiRobbinsSlope, 44.697146548279115) < 1e-13)
  }

  @Test(arguments: [1, 2, 3, 7])
  func theCurveDoesNotDependOnTheNumberOfThreads(_ threads: Int) async {
    let simulation = Simulation(
      replications: 23, horizon: 300, checkpoints: [10, 100, 300], seed: 45)
    let policy = ThompsonSampling(armCount: 10, floor: 0.01)
    let one = await simulation.run(policy, in: chapelleLi, threads: 1)
    let other = await simulation.run(policy, in: chapelleLi, threads: threads)
    #expect(one == other)
  }

  @Test func aCertainArmNeedsNoLogarithm() throws {
    #expect(try BernoulliWorld(rates: [1, 0.5]).laiRobbinsSlope == 0)
    #expect(try BernoulliWorld(rates: [0.3, 0.3]).laiRobbinsSlope == 0)
  }

  @Test func cellsArriveByTheirShares() throws {
    let world = try BernoulliWorld(
      rates: ActionTable(cellCount: 4, armCount: 1, values: [0.1, 0.2, 0.3, 0.4]),
      weights: [3, 0, 6, 1])
    var rng = Philox(StreamKey(seed: 3, purpose: .world))
    var counts = [0, 0, 0, 0]
    for _ in 0..<40_000 { counts[world.arrival(using: &rng).cell] += 1 }
    for (count, share) in zip(counts, [0.3, 0, 0.6, 0.1]) {
      #expect(
        abs(Double(count) / 40_000 - share) <= 4 * (share * (1 - share) / 40_000).squareRoot())
    }
  }

  @Test func twoPoliciesMeetTheSameCustomers() async {
    // In a world where every arm is the same, the rewards are too, whatever is chosen.
    guard let world = try? BernoulliWorld(rates: [0.3, 0.3, 0.3]) else { return }
    let simulation = Simulation(replications: 8, horizon: 500, seed: 46)
    let uniform = await simulation.run(UniformPolicy(armCount: 3), in: world)
    let fixed = await simulation.run(FixedPolicy(Arm(1), armCount: 3), in: world)
    #expect(uniform.points[0].reward == fixed.points[0].reward)
    #expect(uniform.points[0].regret.mean == 0 && uniform.points[0].optimalShare.mean == 1)
  }

  @Test func cellsThatLearnApartFindTheirOwnBestArm() async throws {
    let world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 2, values: [0.7, 0.3, 0.3, 0.7]), weights: [3, 1])
    #expect(world.bestArms == [Arm(0), Arm(1)])
    #expect(relativeError(world.value(of: world.rates.greedy), 0.7) < 1e-15)
    let simulation = Simulation(replications: 40, horizon: 1_000, seed: 47)
    let apart = await simulation.run(
      ThompsonSampling(armCount: 2, cellCount: 2), in: world, threads: 2)
    let together = await simulation.run(ThompsonSampling(armCount: 2), in: world, threads: 2)
    #expect(apart.points[0].optimalShare.mean > 0.95)
    // Taken together, arm 0 wins with 0.6 against 0.4 and is right in three sessions of four.
    #expect(abs(together.points[0].optimalShare.mean - 0.75) < 0.03)
  }

  @Test func aWorldHasRatesAndWeights() {
    #expect(throws: WorldError.rateOutOfRange(cell: 0, arm: 1, rate: 1.5)) {
      try BernoulliWorld(rates: [0.5, 1.5])
    }
    #expect(throws: WorldError.invalidWeights) {
      try BernoulliWorld(
        rates: ActionTable(cellCount: 2, armCount: 1, values: [0.5, 0.5]), weights: [1, -1])
    }
  }
}
