internal import ArgumentParser
internal import Inference

/// Times the bootstrap of a proportion.
struct BootstrapCase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "bootstrap")

  @Argument(help: "The number of rows.")
  var rows: Int

  @Argument(help: "The number of resamples.")
  var resamples: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    // The rows themselves, a quarter of which are ones: putting them into cells is in the time.
    let values = (0..<rows).map { $0 % 4 == 0 ? 1.0 : 0.0 }
    var stopwatch = Stopwatch()
    var answers: [Double] = []
    for _ in 0..<repeats {
      let bootstrap = try await stopwatch.time {
        try Bootstrap(seed: 1, resamples: resamples).level(
          of: BootstrapSample(ValueCounts(values)))
      }
      // The standard deviation of so many replicates is good to 1/√(2B).
      let error = bootstrap.standardError
      answers = [error, error / (2 * Double(resamples)).squareRoot()]
    }
    try Measurement(
      name: "bootstrap", units: resamples, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: answers, note: "from \(rows) rows"
    ).print()
  }
}
