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

  Benchmark("Cells of 1,000,000 sessions × 10 categories") { benchmark in
    let sessions = FewLevelsCase(rows: 1_000_000)
    let covariates = sessions.covariates
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(DistinctCells(sessions.outcomes, by: covariates))
    }
  }

  Benchmark("Logistic refit from the cells of 1,000,000 sessions × 10 categories") { benchmark in
    let sessions = FewLevelsCase(rows: 1_000_000)
    let cells = DistinctCells(sessions.outcomes, by: sessions.covariates)
    let parts = sessions.rows(cells.representatives).map { codes, levels in
      HorizontalMatrix.Part.categorical(CategoricalMatrix(codes: codes, levelCount: levels))
    }
    let intercept = CategoricalMatrix.intercept(rows: cells.counts.count)
    let x = HorizontalMatrix([.categorical(intercept)] + parts)
    let outcomes = cells.rows(of: sessions.outcomes)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(
        try NewtonSolver().fit(x, LogisticLikelihood(outcomes, weights: cells.counts)))
    }
  }

  Benchmark("Policy tree of depth 2, 64,000 sessions × 9, 3 arms, exact") { benchmark in
    let problem = try PolicyTreeCase(rows: 64_000)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(try PolicyTreeSearch().run(problem.data, problem.scores))
    }
  }
}
