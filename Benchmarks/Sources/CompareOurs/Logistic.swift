internal import ArgumentParser
internal import BenchmarkCases
internal import Foundation
internal import LinearAlgebra
internal import Segments

/// Times an unpenalised logistic fit with its standard errors.
struct Logistic: AsyncParsableCommand {
  @Argument(help: "The folder of x.f64 and y.f64.")
  var folder: String

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let y = try numbers("y", of: Double.self, in: folder)
    let x = DenseMatrix(
      rows: y.count, columns: 50, elements: try numbers("x", of: Double.self, in: folder))
    try await timeFit(of: x, y, name: "logistic", repeats: repeats)
  }
}

/// Times the same on categories and numbers.
struct Categorical: AsyncParsableCommand {
  @Argument(help: "The folder of codes.i32, numbers.f64 and outcomes.f64.")
  var folder: String

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let y = try numbers("outcomes", of: Double.self, in: folder)
    let rows = y.count
    try await timeFit(of: try design(rows), y, name: "categorical", repeats: repeats)
  }

  private func design(_ rows: Int) throws -> HorizontalMatrix {
    let codes = try numbers("codes", of: Int32.self, in: folder)
    let categories = (0..<CategoricalCase.width).map { category in
      HorizontalMatrix.Part.categorical(
        CategoricalMatrix(
          codes: Array(codes[(category * rows)..<((category + 1) * rows)]),
          levelCount: CategoricalCase.levels))
    }
    let dense = DenseMatrix(
      rows: rows, columns: CategoricalCase.width,
      elements: try numbers("numbers", of: Double.self, in: folder))
    return HorizontalMatrix([.categorical(.intercept(rows: rows))] + categories + [.dense(dense)])
  }
}

/// Times a fit and its standard errors on one thread and, as another peer, on two.
private func timeFit(
  of x: some DesignMatrix, _ y: [Double], name: String, repeats: Int
) async throws {
  for threads in 1...2 {
    // The rivals stop where the mean gradient is below 1e-8. A score is at most ½√(n Iⱼⱼ) there,
    // for features of variance 1.
    var solver = NewtonSolver()
    solver.scoreTolerance = 1e-8
    solver.threads = threads
    let before = peakMemory()
    let work = { (solver: NewtonSolver) throws(FitError) in
      let fit = try solver.fit(x, y)
      return (fit, try fit.modelCovariance())
    }
    var stopwatch = Stopwatch()
    var (fit, covariance) = try await stopwatch.time { try work(solver) }
    for _ in 1..<repeats { (fit, covariance) = try await stopwatch.time { try work(solver) } }

    let residuals = try LogisticLikelihood(y).residuals(of: x, at: fit.coefficients)
    let score = x.transposeMultiplied(by: residuals)
    let gradient = score.reduce(0) { max($0, abs($1)) } / Double(y.count)
    let errors = (0..<x.columnCount).map { covariance[$0, $0].squareRoot() }
    try Measurement(
      name: name, peer: threads == 1 ? "holdfast" : "holdfast, two threads", units: 1,
      cpu: stopwatch.cpu, wall: stopwatch.wall, answers: fit.coefficients + errors,
      note: String(
        format: "gradient %.1e, %d steps, %.0f MB more than the data", gradient, fit.iterations,
        Double(peakMemory() - before) / 1_024)
    ).print()
  }
}

/// The greatest memory that the process has held so far, in kilobytes.
private func peakMemory() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
  return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
}

/// The numbers of a file, as they lie in memory.
private func numbers<Number>(
  _ name: String, of type: Number.Type, in folder: String
) throws -> [Number] {
  let suffix = type == Int32.self ? "i32" : "f64"
  let data = try Data(
    contentsOf: URL(filePath: "\(folder)/\(name).\(suffix)"), options: .alwaysMapped)
  return data.withUnsafeBytes { Array($0.bindMemory(to: type)) }
}
