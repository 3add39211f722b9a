extension Matrix {
  /// The identity matrix of an order.
  public static func identity(_ order: Int) -> Matrix {
    var matrix = Matrix(rows: order, columns: order)
    for index in 0..<order { matrix[index, index] = 1 }
    return matrix
  }

  /// The product `Av` with a vector, summed in column order.
  ///
  /// - Complexity: O(*mn*).
  public func multiplied(by vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "one element belongs to each column")
    var product = Array(repeating: 0.0, count: rowCount)
    for column in 0..<columnCount {
      for row in 0..<rowCount { product[row] += self[row, column] * vector[column] }
    }
    return product
  }

  /// The product `AB` of two small matrices.
  ///
  /// - Complexity: O(*mnk*); large products belong to a ``DesignMatrix``.
  public func multiplied(by other: Matrix) -> Matrix {
    precondition(columnCount == other.rowCount, "the inner sides of a product are equal")
    var product = Matrix(rows: rowCount, columns: other.columnCount)
    for column in 0..<other.columnCount {
      for inner in 0..<columnCount {
        let factor = other[inner, column]
        for row in 0..<rowCount { product[row, column] += self[row, inner] * factor }
      }
    }
    return product
  }

  /// The quadratic form `vᵀAv`.
  ///
  /// - Complexity: O(*n*²).
  public func quadraticForm(_ vector: [Double]) -> Double {
    let image = multiplied(by: vector)
    return vector.indices.reduce(0) { $0 + vector[$1] * image[$1] }
  }

  /// The transpose `Aᵀ`.
  package var transposed: Matrix {
    var result = Matrix(rows: columnCount, columns: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Adds `scale · vvᵀ` to the lower triangle.
  package mutating func addOuterProduct(_ vector: [Double], scale: Double = 1) {
    for column in 0..<columnCount {
      let factor = scale * vector[column]
      for row in column..<rowCount { self[row, column] += vector[row] * factor }
    }
  }

  /// Copies the lower triangle onto the upper one.
  package mutating func mirrorLowerTriangle() {
    for column in 0..<columnCount {
      for row in (column + 1)..<rowCount {
        self[column, row] = self[row, column]
      }
    }
  }
}
