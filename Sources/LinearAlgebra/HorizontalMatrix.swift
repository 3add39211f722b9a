/// Several designs side by side: `X = [X₁ X₂ …]`, each in its own kind of storage.
///
/// The Gram matrix is built block by block. A block between two categories is a table of weights
/// by both codes, one between a category and numbers is a table of weighted sums by code, so a
/// category of any number of levels costs one addition a row and never a column of indicators.
///
/// Reference: the split matrix of tabmat (Quantco), whose block formulas these are.
public struct HorizontalMatrix: DesignMatrix, Hashable {
  /// One design of those side by side.
  public enum Part: Hashable, Sendable {
    /// Plain numbers.
    case dense(DenseMatrix)
    /// Indicators of a category.
    case categorical(CategoricalMatrix)

    var rowCount: Int {
      switch self {
      case .dense(let matrix): matrix.rowCount
      case .categorical(let matrix): matrix.rowCount
      }
    }

    var columnCount: Int {
      switch self {
      case .dense(let matrix): matrix.columnCount
      case .categorical(let matrix): matrix.columnCount
      }
    }
  }

  /// The designs, left to right.
  public let parts: [Part]
  /// The first column of each part in the whole, left to right.
  public let offsets: [Int]
  public let rowCount: Int
  public let columnCount: Int

  /// Sets designs of equally many rows side by side.
  public init(_ parts: [Part]) {
    rowCount = parts.first?.rowCount ?? 0
    let rows = rowCount
    precondition(
      parts.allSatisfy { $0.rowCount == rows }, "designs side by side have the same rows")
    var (offsets, width) = ([Int](), 0)
    for part in parts {
      offsets.append(width)
      width += part.columnCount
    }
    (self.parts, self.offsets, columnCount) = (parts, offsets, width)
  }

  public func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>
  ) {
    precondition(coefficients.count == columnCount, "one coefficient belongs to each column")
    for index in 0..<rows.count { predictor[index] = 0 }
    for (part, offset) in zip(parts, offsets) {
      let own = coefficients.span.extracting(offset..<(offset + part.columnCount))
      switch part {
      case .dense(let matrix): matrix.add(rows, times: own, scaling: 1, to: &predictor)
      case .categorical(let matrix): matrix.add(rows, times: own, to: &predictor)
      }
    }
  }

  public func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    for (part, offset) in zip(parts, offsets) {
      switch part {
      case .dense(let matrix):
        matrix.addTransposeProduct(rows, by: residuals, to: &sum, at: offset)
      case .categorical(let matrix):
        matrix.addTransposeProduct(rows, by: residuals, to: &sum, at: offset)
      }
    }
  }

  public func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    for (index, part) in parts.enumerated() {
      switch part {
      case .dense(let matrix):
        matrix.addWeightedGram(rows, weights: weights, to: &gram, at: offsets[index])
      case .categorical(let matrix):
        matrix.addWeightedGram(rows, weights: weights, to: &gram, at: offsets[index])
      }
      for earlier in 0..<index {
        addCrossGram(
          part, parts[earlier], rows, weights: weights, to: &gram,
          at: (row: offsets[index], column: offsets[earlier]))
      }
    }
  }
}
