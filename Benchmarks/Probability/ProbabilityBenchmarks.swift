import Benchmark
import Probability

let benchmarks: @Sendable () -> Void = {
  // One iteration is a thousand draws or values; times are shown for one. CPU time is left out
  // everywhere: the package reads it in ticks of 10 ms.
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], scalingFactor: .kilo, maxDuration: .seconds(1))
  let key = StreamKey(seed: 20_260_101, purpose: .generation)

  Benchmark("Philox: a word") { benchmark in
    var rng = Philox(key)
    for _ in benchmark.scaledIterations { blackHole(rng.next()) }
  }

  Benchmark("Standard normal: a draw") { benchmark in
    var rng = Philox(key)
    for _ in benchmark.scaledIterations { blackHole(StandardNormal.draw(using: &rng)) }
  }

  Benchmark("Beta(12, 40): a draw") { benchmark in
    var rng = Philox(key)
    let beta = BetaDistribution(alpha: 12, beta: 40)
    for _ in benchmark.scaledIterations { blackHole(beta.draw(using: &rng)) }
  }

  Benchmark("Regularised incomplete beta, a = 12, b = 40") { benchmark in
    let beta = RegularizedBeta(12, 40)
    for index in benchmark.scaledIterations {
      blackHole(beta.lower(Double(index % 997 + 1) / 998))
    }
  }

  Benchmark(
    "P(best) of 10 arms", configuration: Benchmark.Configuration(scalingFactor: .one)
  ) { benchmark in
    let posteriors = (0..<10).map { BetaDistribution(alpha: 10 + Double($0), beta: 100) }
    for _ in benchmark.scaledIterations {
      blackHole(BetaComparison.probabilitiesOfBest(posteriors))
    }
  }
}
