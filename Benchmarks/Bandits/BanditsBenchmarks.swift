import Benchmark
import BenchmarkCases

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], maxDuration: .seconds(3))

  Benchmark("Thompson sampling of 10 arms: 100,000 decisions") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try await SimulationCase.run(replications: 100, horizon: 1_000))
    }
  }
}
