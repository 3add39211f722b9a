/// A matrix that regression reaches by its three products alone.
///
///     η = Xβ        s = Xᵀr        H = XᵀWX
///
/// Rows are sessions, columns are coefficients. What lies behind the products (dense numbers,
/// category codes, several kinds side by side) is the conformer's affair; a solver cannot tell.
///
/// A conformer offers each product over a range of rows, and the whole products follow. So a
/// solver can form all three over a block of rows while that block is in cache.
public protocol DesignMatrix: Sendable {
  /// The number of sessions `n`.
  var rowCount: Int { get }
  /// The number of coefficients `p`.
  var columnCount: Int { get }
  /// Writes the linear predictor `Xβ` of some rows, one element a row.
  func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>)
  /// Adds `Xᵀr` over some rows to a sum that has one element a column.
  func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double])
  /// Adds `XᵀWX` over some rows to the lower triangle of a `p × p` matrix; no weight is negative.
  func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix)
}

extension DesignMatrix {
  /// The linear predictor `Xβ`, one element a row.
  ///
  /// - Complexity: O(*n p*) for dense columns, O(*n*) for each categorical part.
  public func multiplied(by coefficients: [Double]) -> [Double] {
    precondition(coefficients.count == columnCount, "one coefficient belongs to each column")
    var product = Array(repeating: 0.0, count: rowCount)
    var predictor = product.mutableSpan
    multiply(0..<rowCount, by: coefficients, into: &predictor)
    return product
  }

  /// The product `Xᵀr`, one element a column.
  ///
  /// - Complexity: As ``multiplied(by:)``.
  public func transposeMultiplied(by residuals: [Double]) -> [Double] {
    precondition(residuals.count == rowCount, "one residual belongs to each row")
    var sum = Array(repeating: 0.0, count: columnCount)
    addTransposeProduct(0..<rowCount, by: residuals.span, to: &sum)
    return sum
  }

  /// The weighted Gram matrix `XᵀWX` for `W = diag(weights)`, symmetric, `p × p`.
  ///
  /// - Parameter weights: One weight a row, zero or more.
  /// - Returns: The whole matrix, both triangles.
  /// - Complexity: O(*n p*²) for dense columns; a pair of categorical parts costs O(*n*).
  public func weightedGram(_ weights: [Double]) -> Matrix {
    precondition(weights.count == rowCount, "one weight belongs to each row")
    var gram = Matrix(rows: columnCount, columns: columnCount)
    for rows in rowBlocks() {
      addWeightedGram(rows, weights: weights.span.extracting(rows), to: &gram)
    }
    gram.mirrorLowerTriangle()
    return gram
  }
}
