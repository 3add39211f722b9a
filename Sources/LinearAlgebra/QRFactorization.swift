/// The orthogonal factorisation `X = QR` by Householder reflections, for least squares.
///
/// Unlike the normal equations it does not square the condition number of `X`: prefer it where
/// columns are nearly collinear and rows are few.
///
/// Reference: Golub and Van Loan (2013), *Matrix Computations*, 4th edition, algorithm 5.2.1.
public struct QRFactorization: Hashable, Sendable {
  /// `R` above the diagonal; the reflection vectors on and below it.
  private let packed: Matrix
  /// The diagonal of `R`.
  private let diagonal: [Double]

  /// Factors a matrix with at least as many rows as columns.
  ///
  /// Fails if a column is, to working precision, a combination of earlier ones.
  ///
  /// - Complexity: O(*n p*²).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rowCount >= matrix.columnCount, "least squares needs rows for its columns")
    let rows = matrix.rowCount
    var packed = matrix
    var diagonal: [Double] = []
    for column in 0..<matrix.columnCount {
      let whole = Self.norm(of: matrix, column, from: 0)
      let remaining = Self.norm(of: packed, column, from: column)
      guard remaining > Double(rows) * Double.ulpOfOne * whole else { return nil }
      // The sign that adds to the leading element avoids cancellation.
      let alpha = packed[column, column] > 0 ? -remaining : remaining
      packed[column, column] -= alpha
      diagonal.append(alpha)
      let reflector = Self.norm(of: packed, column, from: column)
      for row in column..<rows { packed[row, column] /= reflector }
      for next in (column + 1)..<matrix.columnCount {
        var projection = 0.0
        for row in column..<rows { projection += packed[row, column] * packed[row, next] }
        for row in column..<rows { packed[row, next] -= 2 * projection * packed[row, column] }
      }
    }
    (self.packed, self.diagonal) = (packed, diagonal)
  }

  /// The coefficients `b` that minimise `‖y − Xb‖`.
  ///
  /// - Complexity: O(*n p*).
  public func leastSquares(_ response: [Double]) -> [Double] {
    precondition(response.count == packed.rowCount, "one response belongs to each row")
    var y = response
    for column in diagonal.indices {
      var projection = 0.0
      for row in column..<y.count { projection += packed[row, column] * y[row] }
      for row in column..<y.count { y[row] -= 2 * projection * packed[row, column] }
    }
    var b = Array(y.prefix(diagonal.count))
    for row in b.indices.reversed() {
      for later in (row + 1)..<b.count {
        b[row] -= packed[row, later] * b[later]
      }
      b[row] /= diagonal[row]
    }
    return b
  }

  private static func norm(of matrix: Matrix, _ column: Int, from first: Int) -> Double {
    (first..<matrix.rowCount).reduce(0) { $0 + matrix[$1, column] * matrix[$1, column] }
      .squareRoot()
  }
}
