import Bandits
import Foundation
import Inference

/// The time of 10⁸ decisions of Thompson sampling: ten arms, 1,000 replications of 100,000 sessions.
enum Speed {
  static func run() async throws {
    let world = try BernoulliWorld(rates: (0..<10).map { 0.10 + 0.02 * Double($0) })
    for (batchSize, threads) in [(1, 1), (1, 2), (100, 2)] {
      let replications = threads == 1 ? 100 : 1_000
      var simulation = Simulation(replications: replications, horizon: 100_000, seed: 1)
      simulation.batchSize = batchSize
      let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
      let curve = await simulation.run(ThompsonSampling(armCount: 10), in: world, threads: threads)
      let decisions = Double(replications) * 100_000
      let time = (seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu)
      print(
        "batch \(batchSize), \(threads) thread(s): \(decisions) decisions, wall \(time.0) s,",
        "CPU \(time.1) s, \(time.1 / decisions * 1e9) ns a decision, regret",
        curve.points[0].regret.mean)
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
