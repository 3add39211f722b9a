internal import ArgumentParser
internal import Inference
internal import Probability

/// Times the filling of a buffer with random numbers, law by law.
struct Sample: AsyncParsableCommand {
  typealias Fill = @Sendable (inout MutableSpan<Double>, inout Philox) -> Void

  @Argument(help: "The number of draws.")
  var draws: Int

  @Argument(help: "The number of runs.")
  var repeats: Int

  private static let laws: [(name: String, fill: Fill)] = [
    ("normal", { StandardNormal.fill(&$0, using: &$1) }),
    ("exponential", { ExponentialDistribution().fill(&$0, using: &$1) }),
    ("gamma(2.5)", { GammaDistribution(shape: 2.5).fill(&$0, using: &$1) }),
    ("beta(0.5, 0.5)", { BetaDistribution(alpha: 0.5, beta: 0.5).fill(&$0, using: &$1) }),
    ("beta(2, 8)", { BetaDistribution(alpha: 2, beta: 8).fill(&$0, using: &$1) }),
    ("beta(120, 880)", { BetaDistribution(alpha: 120, beta: 880).fill(&$0, using: &$1) }),
    (
      "binomial(100, 0.3)",
      { BinomialDistribution(trials: 100, probability: 0.3).fill(&$0, using: &$1) }
    ),
    ("poisson(50)", { PoissonDistribution(mean: 50).fill(&$0, using: &$1) }),
  ]

  func run() async throws {
    for (name, fill) in Self.laws {
      var rng = Philox(StreamKey(seed: 20_260_101, purpose: .generation))
      var numbers = [Double](repeating: 0, count: draws)
      var stopwatch = Stopwatch()
      for _ in 0..<repeats {
        await stopwatch.time {
          var span = numbers.mutableSpan
          fill(&span, &rng)
        }
      }
      var squares = Moments()
      for number in numbers { squares.add(number * number) }
      try Measurement(
        name: name, units: draws, cpu: stopwatch.cpu, wall: stopwatch.wall,
        answers: [squares.mean, squares.standardError]
      ).print()
    }
  }
}
