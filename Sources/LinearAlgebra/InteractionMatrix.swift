/// The products of the columns of a category with columns of numbers.
///
///     Xᵢ,(j,c) = zᵢc if row i holds level j, else 0
///
/// Column `c` of the numbers within level `j` is column `j · d + c`, where there are `d` of them. A row has
/// at most `d` elements that are not zero, and no others are stored or touched: with one column of
/// numbers a product costs one operation a row, whatever the number of levels.
public struct InteractionMatrix: DesignMatrix, Hashable {
  /// The levels, one column each.
  let levels: CategoricalMatrix
  /// The numbers that each level has coefficients of its own for.
  let numbers: DenseMatrix

  public var rowCount: Int { levels.rowCount }
  public var columnCount: Int { levels.columnCount * numbers.columnCount }

  /// Multiplies each column of a category by each column of numbers.
  public init(_ levels: CategoricalMatrix, _ numbers: DenseMatrix) {
    precondition(levels.rowCount == numbers.rowCount, "designs side by side have the same rows")
    (self.levels, self.numbers) = (levels, numbers)
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
    addTransposeProduct(rows, by: residuals, to: &sum, at: 0)
  }

  public func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    let width = numbers.columnCount
    forEachRow(rows) { index, first, numbers in
      for column in 0..<width {
        let factor = weights[index] * numbers[column]
        for row in column..<width { gram[first + row, first + column] += factor * numbers[row] }
      }
    }
  }
}

// MARK: - The products as a part of a wider design, whose columns begin at an offset

extension InteractionMatrix {
  /// `η ← η + Xb` over some rows.
  func add(
    _ rows: Range<Int>, times coefficients: Span<Double>, to predictor: inout MutableSpan<Double>
  ) {
    precondition(coefficients.count == columnCount, "one coefficient belongs to each column")
    let width = numbers.columnCount
    forEachRow(rows) { index, first, numbers in
      for column in 0..<width { predictor[index] += coefficients[first + column] * numbers[column] }
    }
  }

  func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double], at offset: Int
  ) {
    let width = numbers.columnCount
    forEachRow(rows) { index, first, numbers in
      for column in 0..<width { sum[offset + first + column] += numbers[column] * residuals[index] }
    }
  }

  /// Passes on each row that holds a level: its place among the rows, its first column and its numbers.
  @inline(__always)
  private func forEachRow(
    _ rows: Range<Int>,
    _ body: (_ index: Int, _ first: Int, _ numbers: UnsafePointer<Double>) -> Void
  ) {
    let width = numbers.columnCount
    numbers.withRows(rows) { numbers in
      guard let numbers else { return }
      for (index, row) in rows.enumerated() {
        let level = levels.codes[row]
        guard level < levels.columnCount else { continue }
        body(index, level * width, numbers + index * width)
      }
    }
  }
}
