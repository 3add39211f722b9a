internal import ArgumentParser
internal import Bandits
internal import BenchmarkCases
internal import Inference

/// Times a simulation of Thompson sampling.
struct Thompson: AsyncParsableCommand {
  @Argument(help: "The number of replications.")
  var replications: Int

  @Argument(help: "The number of sessions of each.")
  var horizon: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    var stopwatch = Stopwatch()
    var regret = Moments()
    for _ in 0..<repeats {
      let curve = try await stopwatch.time {
        try await SimulationCase.run(replications: replications, horizon: horizon)
      }
      regret = curve.points[0].regret
    }
    try Measurement(
      name: "thompson", units: replications * horizon, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: [regret.mean, regret.standardError]
    ).print()
  }
}
