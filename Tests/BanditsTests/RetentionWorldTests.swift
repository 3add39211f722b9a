import Bandits
import Inference
import Probability
import TestSupport
import Testing

/// A policy that shows an arm for every so many outcomes that it has learnt.
private struct CountingPolicy: Policy {
  let armCount: Int
  let outcomesPerArm: Int
  private var learnt = 0

  init(armCount: Int, outcomesPerArm: Int) {
    self.armCount = armCount
    self.outcomesPerArm = outcomesPerArm
  }

  func choose(in context: Context, using rng: inout Philox) -> Arm {
    Arm(min(learnt / outcomesPerArm, armCount - 1))
  }

  func propensities(in context: Context) -> [Double] {
    let chosen = min(learnt / outcomesPerArm, armCount - 1)
    return (0..<armCount).map { $0 == chosen ? 1 : 0 }
  }

  mutating func learn(_ arm: Arm, reward: Double, in context: Context) { learnt += 1 }
}

@Suite struct RetentionWorldTests {
  func table(_ rates: [Double]) -> ActionTable {
    ActionTable(cellCount: 1, armCount: rates.count, values: rates)
  }

  @Test func regretFollowsADrift() async throws {
    var world = RetentionWorld(try BernoulliWorld(rates: [0.2, 0.3]))
    world.drift = try RateDrift(to: table([0.4, 0.1]), .linear(over: 100))
    let simulation = Simulation(replications: 2, horizon: 150, seed: 60)
    let curve = await simulation.run(FixedPolicy(Arm(0), armCount: 2), in: world)
    // Arm 1 leads by 0.1 − 0.4 w: 0.1 − 0.004 t until t = 25.
    let expected = (1...25).reduce(0.0) { $0 + 0.1 - 0.004 * Double($1) }
    #expect(abs(curve.points[0].regret.mean - expected) < 1e-12)
  }

  @Test func coursesOfADrift() throws {
    let step = try RateDrift(to: table([0.4]), .step(at: 10))
    #expect(step.weight(at: 9) == 0 && step.weight(at: 10) == 1)
    let wave = try RateDrift(to: table([0.4]), .wave(period: 8))
    #expect(wave.weight(at: 8) == 0 && abs(wave.weight(at: 4) - 1) < 1e-15)
    #expect(abs(wave.weight(at: 2) - 0.5) < 1e-15)
    #expect(throws: WorldError.rateOutOfRange(cell: 0, arm: 1, rate: -0.1)) {
      try RateDrift(to: table([0.4, -0.1]), .step(at: 1))
    }
  }

  // Ten sessions a day; the outcomes of day 0 are learnt at the end of the first session of day `known`,
  // and the policy moves from arm 0 to arm 1, which costs 1, with the session after it.
  @Test(arguments: [
    (0.0, OutcomeTiming(days: 3, sessionsPerDay: 10), 3),
    (1.0, OutcomeTiming(days: 3, sessionsPerDay: 10), 3),
    (0.0, OutcomeTiming(hazards: [1, 0, 0], sessionsPerDay: 10), 1),
    (1.0, OutcomeTiming(hazards: [1, 0, 0], sessionsPerDay: 10), 3),
    (0.0, OutcomeTiming(hazards: [0, 0.5, 0], sessionsPerDay: 10), 2),
  ])
  func outcomesAreLearntOnTheirDay(
    _ rate: Double, _ timing: OutcomeTiming, _ known: Int
  ) async throws {
    var world = RetentionWorld(try BernoulliWorld(rates: [rate, rate]))
    world.timing = timing
    world.costs = OfferCosts(perShow: [0, 1], perSave: [0, 0])
    let simulation = Simulation(replications: 1, horizon: 50, seed: 61)
    let curve = await simulation.run(
      CountingPolicy(armCount: 2, outcomesPerArm: 1), in: world)
    #expect(curve.points[0].spend.mean == Double(50 - (10 * known + 1)))
  }

  @Test func lossesComeByTheirHazards() async throws {
    // Of hazards ½ and ½, two losses in three come on the first day: of 30,000, 20,000 ± 82.
    var world = RetentionWorld(try BernoulliWorld(rates: Array(repeating: 0, count: 301)))
    world.timing = OutcomeTiming(hazards: [0.5, 0.5], sessionsPerDay: 30_000)
    world.costs = OfferCosts(
      perShow: (0..<301).map { Double($0) }, perSave: Array(repeating: 0, count: 301))
    let simulation = Simulation(replications: 1, horizon: 30_002, seed: 62)
    let curve = await simulation.run(
      CountingPolicy(armCount: 301, outcomesPerArm: 100), in: world)
    #expect(abs(curve.points[0].spend.mean - 200) <= 4)
  }

  @Test func aBudgetIsAHardCap() async throws {
    var world = RetentionWorld(try BernoulliWorld(rates: [0.2, 0.6]))
    world.costs = OfferCosts(perShow: [0, 1], perSave: [0, 2.5])
    world.budget = 40
    let simulation = Simulation(
      replications: 20, horizon: 500, checkpoints: [5, 500], seed: 63)
    let curve = await simulation.run(FixedPolicy(Arm(1), armCount: 2), in: world)
    #expect(curve.points[1].spends.allSatisfy { $0 <= 40 && $0 > 40 - 3.5 })
    // After the budget has gone the control is shown.
    #expect(curve.points[1].optimalShare.mean < 0.1)
    #expect(curve.points[0].optimalShare.mean == 1)
  }

  @Test func recommendations() async throws {
    let simulation = Simulation(replications: 5, horizon: 200, seed: 64)
    let wrong = await simulation.run(
      FixedPolicy(Arm(1), armCount: 2), in: try BernoulliWorld(rates: [1, 0.9]))
    #expect(abs(wrong.points[0].simpleRegret.mean - 0.1) < 1e-15)
    #expect(wrong.points[0].correctSelection.mean == 0)
    let right = await simulation.run(
      FixedPolicy(Arm(1), armCount: 2), in: try BernoulliWorld(rates: [1, 0]))
    #expect(right.points[0].simpleRegret.mean == 0)
    #expect(right.points[0].correctSelection.mean == 1)
  }

  // P(correct selection) of uniform sampling by turns is not closed; of two arms of 0.7 and 0.3 after
  // 40 sessions it is 0.99585 ± 0.00006 by NumPy 2.4.6 (10⁶ replications, posterior means, ties to arm 0).
  @Test func correctSelectionOfUniformSampling() async throws {
    let simulation = Simulation(replications: 4_000, horizon: 40, seed: 65)
    let curve = await simulation.run(
      UniformPolicy(armCount: 2), in: try BernoulliWorld(rates: [0.7, 0.3]), threads: 2)
    let found = curve.points[0].correctSelection
    #expect(abs(found.mean - 0.995846) < 4 * found.standardError)
    #expect(relativeError(curve.points[0].simpleRegret.mean, 0.4 * (1 - found.mean)) < 1e-9)
  }

  @Test func segmentsCrossReasons() throws {
    let world = try RetentionWorld.crossing(
      segments: [1, 3], reasons: [2, 1, 1], armCount: 2
    ) { segment, reason, arm in 0.1 * Double(segment) + 0.2 * Double(reason) + 0.05 * Double(arm) }
    #expect(world.cellCount == 6 && world.armCount == 2)
    #expect(relativeError(world.start.shares[3], 0.375) < 1e-15)
    #expect(abs(world.start.rates[5, 1] - 0.55) < 1e-15)
  }

  @Test(arguments: [2, 3, 5])
  func nothingDependsOnTheNumberOfThreads(_ threads: Int) async throws {
    var world = try RetentionWorld.crossing(
      segments: [1, 2], reasons: [1, 1], armCount: 3
    ) { segment, reason, arm in 0.2 + 0.1 * Double(segment) + 0.05 * Double((arm + reason) % 3) }
    world.drift = try RateDrift(
      to: ActionTable(cellCount: 4, armCount: 3, values: Array(repeating: 0.4, count: 12)),
      .wave(period: 300))
    world.timing = OutcomeTiming(hazards: Array(repeating: 0.05, count: 30), sessionsPerDay: 20)
    world.costs = OfferCosts(perShow: [0, 0.1, 0.2], perSave: [0, 1, 3])
    world.budget = 150
    var simulation = Simulation(
      replications: 11, horizon: 1_500, checkpoints: [400, 1_500], seed: 66)
    simulation.batchSize = 20
    let policy = ThompsonSampling(armCount: 3, cellCount: 4, floor: 0.02)
    let one = await simulation.run(policy, in: world)
    let several = await simulation.run(policy, in: world, threads: threads)
    #expect(one == several)
  }
}
