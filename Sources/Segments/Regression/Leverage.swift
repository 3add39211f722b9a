internal import LinearAlgebra

extension DesignMatrix {
  /// The quadratic form `xᵢᵀ A⁻¹ xᵢ` of every row, as a sum of squares: with `A = LLᵀ` it is the
  /// squared length of row `i` of `X L⁻ᵀ`.
  ///
  /// Times the row's weight in `A = XᵀWX` this is its leverage, the element `hᵢᵢ` of the hat matrix.
  ///
  /// - Complexity: *p* products with the design, O(*n p*²) for dense columns, and O(*n*) memory.
  func inverseForms(_ factor: Cholesky) -> [Double] {
    let inverse = factor.lowerInverse(order: columnCount)
    let axes = (0..<columnCount).map { axis in (0..<columnCount).map { inverse[axis, $0] } }
    var forms = Array(repeating: 0.0, count: rowCount)
    forEachBlock(times: axes) { row, _, product in forms[row] += product * product }
    return forms
  }
}

extension DesignMatrix {
  /// Visits the elements of the product of the design with several vectors, a block of rows at a time
  /// while it is in cache, and within a block vector by vector.
  func forEachBlock(
    times vectors: [[Double]], _ body: (_ row: Int, _ vector: Int, _ product: Double) -> Void
  ) {
    let length = 512
    var product = Array(repeating: 0.0, count: length)
    for start in stride(from: 0, to: rowCount, by: length) {
      let rows = start..<Swift.min(start + length, rowCount)
      for (index, vector) in vectors.enumerated() {
        var span = product.mutableSpan
        multiply(rows, by: vector, into: &span)
        for row in rows { body(row, index, span[row - start]) }
      }
    }
  }
}

extension Cholesky {
  /// The inverse `L⁻¹` of the factor, lower triangular.
  ///
  /// - Complexity: O(*p*³).
  func lowerInverse(order: Int) -> Matrix {
    var inverse = Matrix(rows: order, columns: order)
    var unit = Array(repeating: 0.0, count: order)
    for column in 0..<order {
      unit[column] = 1
      let solution = solveLower(unit)
      for row in column..<order { inverse[row, column] = solution[row] }
      unit[column] = 0
    }
    return inverse
  }
}
