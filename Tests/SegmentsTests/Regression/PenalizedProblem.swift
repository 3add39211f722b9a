import Foundation
import LinearAlgebra
import Segments
import Testing

/// Data made of multiples of irrational numbers, the same in `penalized.R`, and what glmnet found on them.
struct PenalizedProblem {
  let design: DenseMatrix
  let response: PenalizedResponse

  /// What glmnet found at some penalties, or along a path.
  struct Reference: Decodable {
    let lambda: [Double]
    let intercept: [Double]?
    let beta: [[Double]]?
    let devRatio: [Double]?
    let df: [Int]?
    let nullDeviance: [Double]?
  }

  static func reference(_ id: String) throws -> Reference {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "penalized.json"))
    return try #require(try JSONDecoder().decode([String: Reference].self, from: data)[id])
  }

  /// 60 rows, 120 columns of which three matter.
  static func wide() throws -> PenalizedProblem {
    let x = features(60, 120)
    let y = (0..<60).map { row -> Double in
      let eta = 4 * (x[0][row] - 0.5) - 5 * (x[6][row] - 0.5) + 3 * (x[29][row] - 0.5)
      return fraction(Double(row + 1) * 3.0.squareRoot()) < 1 / (1 + exp(-eta)) ? 1 : 0
    }
    return PenalizedProblem(design: DenseMatrix(columns: x), response: try .init(.logistic, y))
  }

  /// 80 rows of unequal weights, 8 columns.
  static func weighted(offset: Bool) throws -> PenalizedProblem {
    let x = features(80, 8)
    let y = (0..<80).map { row -> Double in
      let eta = 3 * x[1][row] - 2 * x[3][row] - 0.5
      return fraction(Double(row + 1) * 3.0.squareRoot()) < 1 / (1 + exp(-eta)) ? 1 : 0
    }
    return PenalizedProblem(
      design: DenseMatrix(columns: x),
      response: try .init(
        .logistic, y, offset: offset ? (1...80).map { 0.5 * sin(Double($0)) } : nil,
        weights: (1...80).map { Double(1 + $0 % 3) }))
  }

  /// 80 rows, 8 columns, and an outcome of mean 0 and variance 1, as glmnet's own units are.
  static func linear() throws -> PenalizedProblem {
    let x = features(80, 8)
    var y = (0..<80).map {
      2 * x[0][$0] - x[2][$0] + fraction(Double($0 + 1) * 5.0.squareRoot())
    }
    let mean = y.reduce(0, +) / 80
    y = y.map { $0 - mean }
    let deviation = (y.reduce(0) { $0 + $1 * $1 } / 80).squareRoot()
    return PenalizedProblem(
      design: DenseMatrix(columns: x), response: try .init(.leastSquares, y.map { $0 / deviation }))
  }

  static func features(_ rows: Int, _ columns: Int) -> [[Double]] {
    (1...columns).map { column in
      (1...rows).map { row in
        let i = Double(row)
        return fraction(
          i * Double(column + 1).squareRoot() + i * i * Double(column + 2).squareRoot() * 0.37)
      }
    }
  }

  static func fraction(_ x: Double) -> Double { x - x.rounded(.down) }
}
