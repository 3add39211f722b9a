internal import ArgumentParser
internal import BenchmarkCases
internal import Foundation
internal import LinearAlgebra
internal import Segments

/// Times a lasso path of 100 penalties.
struct Penalized: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "enet")

  @Argument(help: "The folder of x.f64 and y.f64, with 500 columns.")
  var folder: String

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let y = try numbers("y")
    let x = DenseMatrix(rows: y.count, columns: 500, elements: try numbers("x"))
    var net = ElasticNet()
    (net.lambdaRatio, net.stopsEarly, net.tolerance) = (1e-3, false, 1e-6)
    var stopwatch = Stopwatch()
    var path = try await stopwatch.time { try net.fit(x, LogisticLikelihood(y)) }
    for _ in 1..<repeats {
      path = try await stopwatch.time { try net.fit(x, LogisticLikelihood(y)) }
    }
    try Measurement(
      name: "enet", units: 1, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: path.fits.map { $0.devianceRatio },
      note: String(
        format: "duality gap at most %.1e", path.fits.map(\.dualityGap).max() ?? .infinity)
    ).print()
  }

  /// The numbers of a file, as they lie in memory.
  private func numbers(_ name: String) throws -> [Double] {
    let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name).f64"), options: .alwaysMapped)
    return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }
}
