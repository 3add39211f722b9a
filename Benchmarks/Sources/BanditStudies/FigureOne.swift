import Bandits
import Inference

/// Regret of Thompson sampling that learns every 100 sessions; one arm of 0.5, the others ε below.
enum FigureOne {
  static func run(replications: Int, horizon: Int) async throws {
    print("K,epsilon,sessions,replications,regret,standard_error,lai_robbins_slope")
    for (armCount, gap) in [(10, 0.1), (10, 0.02), (100, 0.1), (100, 0.02)] {
      let world = try BernoulliWorld(
        rates: [0.5] + Array(repeating: 0.5 - gap, count: armCount - 1))
      var simulation = Simulation(
        replications: replications, horizon: horizon,
        checkpoints: [1_000, 10_000, 100_000, 1_000_000].filter { $0 <= horizon }, seed: 2011)
      simulation.batchSize = 100
      let curve = await simulation.run(ThompsonSampling(armCount: armCount), in: world, threads: 2)
      for point in curve.points {
        print(
          "\(armCount),\(gap),\(point.time),\(replications),\(point.regret.mean),"
            + "\(point.regret.standardError),\(world.laiRobbinsSlope)")
      }
    }
  }
}
