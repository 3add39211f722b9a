import Benchmark
import BenchmarkCases
import LinearAlgebra
import Segments

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], maxDuration: .seconds(3))

  Benchmark("Logistic fit, 100,000 × 50") { benchmark in
    let problem = LogisticCase(rows: 100_000)
    let x = DenseMatrix(rows: problem.rows, columns: problem.columns, elements: problem.features)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(try NewtonSolver().fit(x, problem.outcomes))
    }
  }
}
