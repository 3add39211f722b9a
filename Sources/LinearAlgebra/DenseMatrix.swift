internal import CKernels

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
    for index in 0..<rows.count { predictor[index] = 0 }
    add(rows, times: coefficients.span, to: &predictor)
  }

  public func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    precondition(residuals.count >= rows.count && sum.count >= columnCount)
    withRows(rows) { x in
      residuals.withUnsafeBufferPointer { r in
        sum.withUnsafeMutableBufferPointer { s in
          guard let x, let r = r.baseAddress, let s = s.baseAddress else { return }
          holdfast_dense_score(DenseKernels.level, x, rows.count, columnCount, r, s)
        }
      }
    }
  }

  public func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    precondition(gram.rowCount == columnCount && gram.columnCount == columnCount)
    gram.elements.withUnsafeMutableBufferPointer { h in
      if let h = h.baseAddress { addWeightedGram(rows, weights: weights, to: h) }
    }
  }
}

// MARK: - The products as a part of a wider design

extension DenseMatrix {
  /// The columns beyond which BLAS forms the Gram matrix: there it reaches the speed of the machine, which
  /// below it misses by a factor of up to 3.
  private static let widestOwnGram = 512

  /// `η ← η + Xb` over some rows.
  func add(
    _ rows: Range<Int>, times coefficients: Span<Double>, to predictor: inout MutableSpan<Double>
  ) {
    precondition(coefficients.count == columnCount && predictor.count >= rows.count)
    withRows(rows) { x in
      coefficients.withUnsafeBufferPointer { b in
        predictor.withUnsafeMutableBufferPointer { eta in
          guard let x, let b = b.baseAddress, let eta = eta.baseAddress else { return }
          holdfast_dense_predictor(DenseKernels.level, x, rows.count, columnCount, b, eta)
        }
      }
    }
  }

  /// Adds `XᵀWX` over some rows to the lower triangle of a `p × p` column-major matrix.
  func addWeightedGram(
    _ rows: Range<Int>, weights: Span<Double>, to gram: UnsafeMutablePointer<Double>
  ) {
    precondition(weights.count >= rows.count, "one weight belongs to each row")
    withRows(rows) { x in
      weights.withUnsafeBufferPointer { w in
        guard let x, let w = w.baseAddress else { return }
        if columnCount > Self.widestOwnGram {
          addWideGram(x, rows.count, w, to: gram)
          return
        }
        let room = holdfast_gram_scratch(columnCount)
        withUnsafeTemporaryAllocation(
          byteCount: room * MemoryLayout<Double>.stride, alignment: 64
        ) { scratch in
          guard let scratch = scratch.baseAddress?.assumingMemoryBound(to: Double.self) else {
            return
          }
          holdfast_dense_gram(
            DenseKernels.level, x, rows.count, columnCount, w, gram, columnCount, scratch)
        }
      }
    }
  }

  /// Scales a copy of the rows by `√w` and adds its Gram matrix by a symmetric rank update.
  private func addWideGram(
    _ x: UnsafePointer<Double>, _ rows: Int, _ weights: UnsafePointer<Double>,
    to gram: UnsafeMutablePointer<Double>
  ) {
    let width = columnCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows * width) { scaled in
      guard let z = scaled.baseAddress else { return }
      for row in 0..<rows {
        let root = weights[row].squareRoot()
        let (from, to) = (x + row * width, z + row * width)
        for column in 0..<width { to[column] = root * from[column] }
      }
      BLAS.addGram(z, rows: rows, columns: width, to: gram, leadingDimension: width)
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
