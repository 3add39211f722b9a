internal import ArgumentParser
internal import Foundation
internal import LinearAlgebra
internal import Segments

/// Times an unpenalised logistic fit.
struct Logistic: AsyncParsableCommand {
  @Argument(help: "The folder of x.f64 and y.f64.")
  var folder: String

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let y = try numbers("y")
    let x = DenseMatrix(rows: y.count, columns: 50, elements: try numbers("x"))
    // The rivals stop where the mean gradient is below 1e-9. A score is at most ½√(n Iⱼⱼ) there,
    // for features of variance 1.
    var solver = NewtonSolver()
    solver.scoreTolerance = 1e-9
    var stopwatch = Stopwatch()
    var fit = try await stopwatch.time { try solver.fit(x, y) }
    for _ in 1..<repeats { fit = try await stopwatch.time { try solver.fit(x, y) } }

    let residuals = try LogisticLikelihood(y).residuals(of: x, at: fit.coefficients)
    let score = x.transposeMultiplied(by: residuals)
    let gradient = score.reduce(0) { max($0, abs($1)) } / Double(y.count)
    try Measurement(
      name: "logistic", units: 1, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: fit.coefficients,
      note: String(format: "gradient %.1e, %d steps", gradient, fit.iterations)
    ).print()
  }

  /// The numbers of a file, as they lie in memory.
  private func numbers(_ name: String) throws -> [Double] {
    let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name).f64"), options: .alwaysMapped)
    return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }
}
