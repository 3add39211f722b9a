/// A design of plain numbers, stored row after row.
///
/// Rows lie side by side because a Newton step works on a few hundred rows at a time, and because
/// a category code adds a whole row to its table at once.
public struct DenseMatrix: DesignMatrix, Hashable {
  public let rowCount: Int
  public let columnCount: Int
  /// The elements, row after row.
  let elements: [Double]

  /// Creates a design from its elements, row after row.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "a matrix has rows × columns elements")
    rowCount = rows
    columnCount = columns
    self.elements = elements
  }

  /// Creates a design from its columns, all of one length.
  ///
  /// - Complexity: O(*n p*).
  public init(columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "columns have one length")
    rowCount = rows
    columnCount = columns.count
    let width = columns.count
    elements = Array(unsafeUninitializedCapacity: rows * width) { buffer, count in
      // A few rows at a time, so that the lines being written stay in cache.
      for start in stride(from: 0, to: rows, by: 64) {
        let end = Swift.min(start + 64, rows)
        for (index, column) in columns.enumerated() {
          for row in start..<end {
            buffer.initializeElement(at: row * width + index, to: column[row])
          }
        }
      }
      count = rows * width
    }
  }

  /// One column of the design.
  public func column(_ index: Int) -> [Double] {
    (0..<rowCount).map { elements[$0 * columnCount + index] }
  }

  public func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>
  ) {
    add(rows, times: coefficients.span, scaling: 0, to: &predictor)
  }

  public func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    addTransposeProduct(rows, by: residuals, to: &sum, at: 0)
  }

  public func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    addWeightedGram(rows, weights: weights, to: &gram, at: 0)
  }
}

// MARK: - The products as a part of a wider design, whose columns begin at an offset

extension DenseMatrix {
  /// `η ← Xb + scale · η` over some rows.
  func add(
    _ rows: Range<Int>, times coefficients: Span<Double>, scaling scale: Double,
    to predictor: inout MutableSpan<Double>
  ) {
    precondition(coefficients.count == columnCount && predictor.count >= rows.count)
    withRows(rows) { x in
      coefficients.withUnsafeBufferPointer { b in
        predictor.withUnsafeMutableBufferPointer { eta in
          guard let x, let b = b.baseAddress, let eta = eta.baseAddress else { return }
          BLAS.multiply(
            x, rows: rows.count, columns: columnCount, by: b, scaling: scale, into: eta)
        }
      }
    }
  }

  func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double], at offset: Int
  ) {
    precondition(residuals.count >= rows.count && sum.count >= offset + columnCount)
    withRows(rows) { x in
      residuals.withUnsafeBufferPointer { r in
        sum.withUnsafeMutableBufferPointer { s in
          guard let x, let r = r.baseAddress, let s = s.baseAddress else { return }
          BLAS.addTransposeProduct(
            x, rows: rows.count, columns: columnCount, by: r, to: s + offset)
        }
      }
    }
  }

  /// Scales a copy of the rows by `√w` and adds its Gram matrix by a symmetric rank update.
  func addWeightedGram(
    _ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix, at offset: Int
  ) {
    precondition(weights.count >= rows.count && gram.rowCount >= offset + columnCount)
    let (width, order) = (columnCount, gram.rowCount)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { scaled in
      withRows(rows) { x in
        guard let x, let z = scaled.baseAddress else { return }
        for row in 0..<rows.count {
          let root = weights[row].squareRoot()
          let (from, to) = (x + row * width, z + row * width)
          for column in 0..<width { to[column] = root * from[column] }
        }
        gram.elements.withUnsafeMutableBufferPointer { h in
          guard let h = h.baseAddress else { return }
          BLAS.addGram(
            z, rows: rows.count, columns: width, to: h + offset * order + offset,
            leadingDimension: order)
        }
      }
    }
  }

  /// Calls a body with the address of the first of some rows, or with nil for an empty matrix.
  func withRows(_ rows: Range<Int>, _ body: (UnsafePointer<Double>?) -> Void) {
    precondition(0 <= rows.lowerBound && rows.upperBound <= rowCount, "rows lie in the matrix")
    elements.withUnsafeBufferPointer { buffer in
      body(buffer.baseAddress.map { $0 + rows.lowerBound * columnCount })
    }
  }
}
