import Bandits
import Inference
import TestSupport
import Testing

@Suite struct PolicyComparisonTests {
  @Test func thompsonSamplingBeatsUniformSamplingAfterSomeDays() async throws {
    let world = try BernoulliWorld(rates: [0.3, 0.4])
    let simulation = Simulation(
      replications: 400, horizon: 2_000,
      checkpoints: Array(stride(from: 100, through: 2_000, by: 100)),
      seed: 70)
    let thompson = await simulation.run(ThompsonSampling(armCount: 2), in: world, threads: 2)
    let uniform = await simulation.run(UniformPolicy(armCount: 2), in: world, threads: 2)
    let comparison = PolicyComparison(of: thompson, against: uniform)
    let last = comparison.points[19]
    // The mean difference is the difference of means; uniform sampling loses 0.05 a session.
    #expect(
      abs(
        last.regretDifference.mean
          - (thompson.points[19].regret.mean - uniform.points[19].regret.mean)) < 1e-10)
    #expect(try last.regretInterval().upper < 0)
    // On common customers rewards differ by less than independent ones would.
    let independent =
      (thompson.points[19].reward.variance + uniform.points[19].reward.variance)
    #expect(last.rewardDifference.variance < independent)
    // 80 % is reached at one checkpoint and kept.
    let horizon = try #require(comparison.horizon(toWinWith: 0.8, sessionsPerDay: 150))
    let place = try #require(comparison.points.firstIndex { $0.time == horizon.sessions })
    #expect(comparison.points[place...].allSatisfy { $0.wins.proportion >= 0.8 })
    #expect(place > 0 && comparison.points[place - 1].wins.proportion < 0.8)
    #expect(horizon.days == (horizon.sessions + 149) / 150)
    #expect(horizon.interval.contains(horizon.wins.proportion))
    // The other way round there is no such day.
    #expect(
      PolicyComparison(of: uniform, against: thompson).horizon(sessionsPerDay: 150) == nil)
  }

  @Test func aPolicyDoesNotBeatItself() async throws {
    let simulation = Simulation(replications: 20, horizon: 200, seed: 71)
    let curve = await simulation.run(
      ThompsonSampling(armCount: 2), in: try BernoulliWorld(rates: [0.3, 0.4]))
    let point = PolicyComparison(of: curve, against: curve).points[0]
    #expect(point.wins.successes == 0 && point.regretDifference.sumOfSquaredDeviations == 0)
  }

  @Test func quantilesAndIntervalsOfRegret() async throws {
    let simulation = Simulation(replications: 101, horizon: 300, seed: 72)
    let curve = await simulation.run(
      ThompsonSampling(armCount: 2), in: try BernoulliWorld(rates: [0.3, 0.4]))
    let point = curve.points[0]
    let sorted = point.regrets.sorted()
    let median = try point.regretQuantile(0.5)
    #expect(median.value == sorted[50])
    // Order statistics 41 and 61 of 101 hold the median with 95 % (binomial tails by SciPy 1.17.1).
    #expect(median.interval.lower == sorted[40] && median.interval.upper == sorted[60])
    let interval = try point.regretInterval()
    // t(0.975, 100 degrees) by SciPy 1.17.1.
    #expect(
      relativeError(interval.width, 2 * 1.9839715185235518 * point.regret.standardError) < 1e-12)
  }
}
