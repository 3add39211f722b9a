internal import ArgumentParser
internal import Bandits
internal import BenchmarkCases
internal import Foundation
internal import Inference

/// Times off-policy estimates with their standard errors, and the bootstrap of one.
struct OffPolicy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "offpolicy")

  @Argument(help: "The number of rows.")
  var rows: Int

  @Argument(help: "The number of resamples.")
  var resamples: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let data = try OffPolicyCase(rows: rows)
    let robust = DoublyRobust(model: data.model)
    var stopwatch = Stopwatch()
    var answers: [Double] = []
    for _ in 0..<repeats {
      let estimates = try await stopwatch.time {
        [
          try ImportanceSampling().estimate(data.target, on: data.log),
          try SelfNormalizedImportanceSampling().estimate(data.target, on: data.log),
          try robust.estimate(data.target, on: data.log),
        ]
      }
      answers = estimates.flatMap { [$0.value, $0.standardError] }
    }
    try Measurement(
      name: "offpolicy", units: 1, cpu: stopwatch.cpu, wall: stopwatch.wall, answers: answers,
      note: "peak \(Self.peakMegabytes) MB"
    ).print()

    stopwatch = Stopwatch()
    let bootstrap = try await stopwatch.time {
      try robust.sessionTerms(data.target, on: data.log)
        .bootstrap(seed: 1, resamples: resamples)
    }
    // The mean of so many replicates is good to 1/√B of their standard deviation.
    try Measurement(
      name: "offpolicy interval", units: resamples, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: [
        bootstrap.replicates.reduce(0, +) / Double(resamples),
        bootstrap.standardError / Double(resamples).squareRoot(),
      ], note: "peak \(Self.peakMegabytes) MB"
    ).print()
  }

  /// The most memory that this process has held.
  private static var peakMegabytes: Int {
    var usage = rusage()
    // RUSAGE_SELF, which systems declare as different types.
    getrusage(0, &usage)
    #if os(Linux)
      return usage.ru_maxrss / 1_024
    #else
      return usage.ru_maxrss / 1_048_576
    #endif
  }
}
