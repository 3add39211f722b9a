import Bandits
import Foundation
import Inference
import StudyTables

/// The time of 10⁸ decisions of Thompson sampling: ten arms, 1,000 replications of 100,000 sessions on two threads.
///
/// Fifteen seconds of two free cores are 300 ns of CPU a decision, which a busy machine does not change as it does
/// the time on the wall.
enum Speed {
  static func run() async throws -> Int {
    var table = StudyTable("Time of 10⁸ decisions on two threads")
    let world = try BernoulliWorld(rates: (0..<10).map { 0.10 + 0.02 * Double($0) })
    for batchSize in [1, 100] {
      var simulation = Simulation(replications: 1_000, horizon: 100_000, seed: 1)
      simulation.batchSize = batchSize
      let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
      _ = await simulation.run(ThompsonSampling(armCount: 10), in: world, threads: 2)
      let time = (seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu)
      table.add(
        StudyRow(
          what: "learning every \(batchSize), wall, s", source: "goal", reference: 15,
          found: time.0, error: 0, criterion: .shown))
      table.add(
        StudyRow(
          what: "learning every \(batchSize), CPU, ns a decision", source: "goal", reference: 300,
          found: time.1 * 10, error: 0, criterion: .range(0...300)))
    }
    return table.failures
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
