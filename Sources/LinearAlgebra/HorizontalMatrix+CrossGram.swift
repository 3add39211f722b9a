extension HorizontalMatrix {
  /// Adds `LᵀWR` over some rows to a block of the lower triangle.
  func addCrossGram(
    _ lower: Part, _ left: Part, _ rows: Range<Int>, weights: Span<Double>,
    to gram: inout Matrix, at origin: (row: Int, column: Int)
  ) {
    let (strideOfRow, strideOfColumn) = (1, gram.rowCount)
    let first = origin.column * gram.rowCount + origin.row
    switch (lower, left) {
    case (.categorical(let lower), .categorical(let left)):
      addTable(lower, left, rows, weights, to: &gram.elements, first, strideOfColumn)
    case (.categorical(let category), .dense(let numbers)):
      addSums(
        of: numbers, by: category, rows, weights, to: &gram.elements, first,
        strideOfLevel: strideOfRow, strideOfNumber: strideOfColumn)
    case (.dense(let numbers), .categorical(let category)):
      addSums(
        of: numbers, by: category, rows, weights, to: &gram.elements, first,
        strideOfLevel: strideOfColumn, strideOfNumber: strideOfRow)
    case (.dense(let lower), .dense(let left)):
      addProduct(lower, left, rows, weights, to: &gram.elements, first, strideOfColumn)
    }
  }

  /// Category by category: each weight falls into the cell of its row's two levels.
  private func addTable(
    _ lower: CategoricalMatrix, _ left: CategoricalMatrix, _ rows: Range<Int>,
    _ weights: Span<Double>, to elements: inout [Double], _ first: Int, _ strideOfColumn: Int
  ) {
    elements.withUnsafeMutableBufferPointer { table in
      lower.columns.withUnsafeBufferPointer { levels in
        left.columns.withUnsafeBufferPointer { others in
          weights.withUnsafeBufferPointer { weights in
            for (index, row) in rows.enumerated() {
              let (level, other) = (Int(levels[row]), Int(others[row]))
              guard level >= 0, other >= 0 else { continue }
              table[first + other * strideOfColumn + level] += weights[index]
            }
          }
        }
      }
    }
  }

  /// Numbers by category: each weighted row of numbers is added to the sums of its level.
  private func addSums(
    of numbers: DenseMatrix, by category: CategoricalMatrix, _ rows: Range<Int>,
    _ weights: Span<Double>, to elements: inout [Double], _ first: Int,
    strideOfLevel: Int, strideOfNumber: Int
  ) {
    let width = numbers.columnCount
    elements.withUnsafeMutableBufferPointer { sums in
      category.columns.withUnsafeBufferPointer { levels in
        numbers.elements.withUnsafeBufferPointer { numbers in
          for (index, row) in rows.enumerated() where levels[row] >= 0 {
            let (weight, source) = (weights[index], row * width)
            let target = first + Int(levels[row]) * strideOfLevel
            for column in 0..<width {
              sums[target + column * strideOfNumber] += weight * numbers[source + column]
            }
          }
        }
      }
    }
  }

  /// Numbers by numbers: the product of a scaled copy with the other rows.
  private func addProduct(
    _ lower: DenseMatrix, _ left: DenseMatrix, _ rows: Range<Int>, _ weights: Span<Double>,
    to elements: inout [Double], _ first: Int, _ strideOfColumn: Int
  ) {
    let width = lower.columnCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { scaled in
      for (index, row) in rows.enumerated() {
        for column in 0..<width {
          scaled[index * width + column] = weights[index] * lower.elements[row * width + column]
        }
      }
      left.withRows(rows) { y in
        elements.withUnsafeMutableBufferPointer { c in
          guard let z = scaled.baseAddress, let y, let c = c.baseAddress else { return }
          BLAS.addProduct(
            z, columns: width, y, columns: left.columnCount, rows: rows.count, to: c + first,
            leadingDimension: strideOfColumn)
        }
      }
    }
  }
}
