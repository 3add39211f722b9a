import Bandits
import Inference
import Probability
import TestSupport
import Testing

@Suite struct HierarchicalThompsonTests {
  /// A policy of one arm, fitted to cells of given tallies.
  func fitted(_ tallies: [(successes: Int, trials: Int)]) -> HierarchicalThompson {
    let total = tallies.reduce(0) { $0 + $1.trials }
    var policy = HierarchicalThompson(
      armCount: 1, cellCount: tallies.count, sessionsPerFit: total)
    for (cell, tally) in tallies.enumerated() {
      for step in 0..<tally.trials {
        policy.learn(
          Arm(0), reward: step < tally.successes ? 1 : 0, in: Context(cell: cell))
      }
    }
    return policy
  }

  @Test func cellsThatDifferShareAFittedPrior() throws {
    let tallies = [(5, 100), (30, 100), (55, 100), (12, 80), (70, 150), (0, 0)]
    let policy = fitted(tallies)
    let shrinkage = try BetaBinomialShrinkage(
      tallies.map { Tally(successes: $0.0, trials: $0.1) })
    for cell in tallies.indices {
      #expect(policy.posteriors(in: Context(cell: cell))[0] == shrinkage.cells[cell])
    }
    // A cell without a session starts from the others.
    #expect(policy.posteriors(in: Context(cell: 5))[0] == shrinkage.prior)
  }

  @Test func cellsThatAreAlikeCountOnce() {
    // No more spread than chance: the prior is of all sessions, and a cell's own are not among them.
    let policy = fitted([(20, 100), (21, 100), (19, 100)])
    let posterior = policy.posteriors(in: Context(cell: 1))[0]
    #expect(relativeError(posterior.alpha + posterior.beta, 300) < 1e-12)
    #expect(relativeError(posterior.alpha, 21 + 60.0 * 200 / 300) < 1e-12)
  }

  @Test func cellsThatEndedAlikeKeepThePrior() {
    #expect(
      fitted([(0, 10), (0, 10)]).posteriors(in: Context(cell: 0))[0]
        == BetaDistribution(alpha: 1, beta: 11))
  }

  /// Twenty cells of one truth but for noise: cells that learn from one another lose less.
  @Test func manyThinCellsLearnFromOneAnother() async throws {
    var rng = Philox(StreamKey(seed: 21, purpose: .generation))
    let rates = (0..<20).flatMap { _ in
      [0.3, 0.4, 0.5].map { mean in
        BetaDistribution(alpha: 60 * mean, beta: 60 * (1 - mean)).draw(using: &rng)
      }
    }
    let world = try BernoulliWorld(rates: ActionTable(cellCount: 20, armCount: 3, values: rates))
    let simulation = Simulation(replications: 40, horizon: 4_000, seed: 5)
    let together = await simulation.run(
      HierarchicalThompson(armCount: 3, cellCount: 20), in: world, threads: 2)
    let apart = await simulation.run(
      ThompsonSampling(armCount: 3, cellCount: 20), in: world, threads: 2)
    let (less, more) = (together.points[0].regret, apart.points[0].regret)
    #expect(less.mean + 3 * less.standardError < more.mean - 3 * more.standardError)
  }
}
