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
    var forms = Array(repeating: 0.0, count: rowCount)
    for axis in 0..<columnCount {
      let product = multiplied(by: (0..<columnCount).map { inverse[axis, $0] })
      for row in forms.indices { forms[row] += product[row] * product[row] }
    }
    return forms
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
