import Bandits
import Inference
import TestSupport
import Testing

@Suite struct SimulatedLogTests {
  @Test func scoresOfSimulatedLogsAreUnbiased() async throws {
    let world = RetentionWorld(try BernoulliWorld(rates: [0.3, 0.4]))
    var simulation = Simulation(replications: 1, horizon: 600, seed: 90)
    simulation.batchSize = 100
    let policy = ThompsonSampling(armCount: 2, floor: 0.05)
    var (weighted, naive, held) = (Moments(), Moments(), 0)
    let estimator = AdaptiveAIPW(weights: .constantAllocation)
    for index in 0..<600 {
      let log = try simulation.log(of: policy, in: world, replication: index)
      weighted.add(try AdaptiveAIPW(weights: .uniform).value(of: Arm(0), in: log).value)
      naive.add(try SampleMeans().value(of: Arm(0), in: log).value)
      let contrast = try estimator.contrast(of: Arm(1), minus: Arm(0), in: log)
      held += contrast.interval(level: 0.9).contains(0.1) ? 1 : 0
    }
    #expect(abs(weighted.mean - 0.3) < 4 * weighted.standardError)
    // The arm of bad luck is shown less, and its mean stays too low.
    #expect(naive.mean < 0.3 - 4 * naive.standardError)
    let (share, error) = (Double(held) / 600, (0.9 * 0.1 / 600).squareRoot())
    #expect(abs(share - 0.9) < 4 * error)
  }

  @Test func aLogIsTheReplicationOfTheCurve() async throws {
    let world = RetentionWorld(try BernoulliWorld(rates: [0.3, 0.4, 0.5]))
    let simulation = Simulation(replications: 3, horizon: 50, seed: 91)
    let policy = ThompsonSampling(armCount: 3)
    let curve = await simulation.run(policy, in: world)
    for index in 0..<3 {
      let log = try simulation.log(of: policy, in: world, replication: index)
      #expect(log.rewards.reduce(0, +) == curve.points[0].rewards[index])
      #expect(log.propensities.cellCount == 50)
    }
  }

  @Test func aWorldIsFittedToALog() throws {
    let log = try DecisionLog(
      arms: [0, 1, 0, 1, 0, 1], rewards: [1, 0, 1, 1, 0, 0],
      propensities: Array(repeating: 0.5, count: 6), cells: [0, 0, 0, 0, 1, 1], armCount: 2,
      cellCount: 2)
    let model = CellRewardModel(seed: 1)
    let world = try BernoulliWorld(fittedTo: log, by: model)
    #expect(relativeError(world.shares[0], 2.0 / 3) < 1e-15)
    #expect(world.rates == model.fit(log).tables[0])
  }
}

@Suite struct MaturingSimulationTests {
  /// Twenty cancels a day; a customer who will leave goes within 30 days, most of them late.
  @Test func openWindowsTeachSooner() async throws {
    var world = RetentionWorld(try BernoulliWorld(rates: [0.3, 0.5]))
    world.timing = OutcomeTiming(
      hazards: Array(repeating: 0.1, count: 30), sessionsPerDay: 20)
    var waiting = world
    waiting.timing = OutcomeTiming(days: 30, sessionsPerDay: 20)
    let simulation = Simulation(replications: 100, horizon: 1_600, seed: 92)
    let policy = MaturingThompson(armCount: 2, window: 30)
    let maturing = await simulation.run(policy, in: world, threads: 2)
    let late = await simulation.run(ThompsonSampling(armCount: 2), in: waiting, threads: 2)
    let again = await simulation.run(policy, in: world, threads: 1)
    #expect(maturing == again)
    // Waiting learns nothing in the first 30 days: 600 sessions that lose 0.1 each.
    let (early, waited) = (maturing.points[0].regret, late.points[0].regret)
    #expect(waited.mean > 60)
    let error =
      (early.standardError * early.standardError + waited.standardError * waited.standardError)
      .squareRoot()
    #expect(early.mean < waited.mean - 4 * error)
  }
}
