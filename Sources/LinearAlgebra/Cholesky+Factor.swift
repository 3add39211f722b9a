extension Cholesky {
  /// The factor `L` itself, with zeros above the diagonal.
  package var lowerTriangle: Matrix {
    var lower = Matrix(rows: factor.rowCount, columns: factor.rowCount)
    for column in 0..<factor.rowCount {
      for row in column..<factor.rowCount { lower[row, column] = factor[row, column] }
    }
    return lower
  }
}
