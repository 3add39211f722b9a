internal import ArgumentParser
internal import Bandits
internal import BenchmarkCases
internal import Foundation

/// Times decisions and updates of logistic Thompson sampling.
struct Contextual: AsyncParsableCommand {
  @Argument(help: "The number of decisions.")
  var decisions: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let benchmark = try ContextualCase(sessions: decisions)
    var (plain, refitted) = (Stopwatch(), Stopwatch())
    var answers: [Double] = []
    for _ in 0..<repeats {
      let policy = await plain.time { benchmark.run(refitGrowth: nil) }.policy
      answers = (0..<policy.armCount).flatMap { policy.coefficients(of: Arm($0)) }
      _ = await refitted.time { benchmark.run(refitGrowth: 0.1) }
    }
    try Measurement(
      name: "contextual", units: decisions, cpu: plain.cpu, wall: plain.wall, answers: answers,
      note: String(
        format: "with modes found anew: %.0f ns", refitted.cpu / Double(decisions) * 1e9)
    ).print()
  }
}
