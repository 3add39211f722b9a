internal import CKernels

/// Several designs side by side: `X = [X₁ X₂ …]`, each in its own kind of storage.
///
/// All numbers lie together in one matrix, row after row. The Gram matrix is built block by block: one
/// between two categories is a table of weights by both codes, one between a category and numbers
/// is a table of weighted sums by code, so a category of any number of levels costs one addition a
/// row and never a column of indicators.
///
/// Reference: the split matrix of tabmat (Quantco), whose block formulas these are.
public struct HorizontalMatrix: DesignMatrix, Hashable {
  /// One design of those side by side.
  public enum Part: Hashable, Sendable {
    /// Plain numbers.
    case dense(DenseMatrix)
    /// Indicators of a category.
    case categorical(CategoricalMatrix)
    /// Numbers that have coefficients of their own at each level of a category.
    case interaction(InteractionMatrix)

    var design: any DesignMatrix {
      switch self {
      case .dense(let matrix): matrix
      case .categorical(let matrix): matrix
      case .interaction(let matrix): matrix
      }
    }
  }

  /// A design, and its first column in the whole.
  struct Placed<Design: Hashable & Sendable>: Hashable, Sendable {
    let design: Design
    let offset: Int
  }

  public let rowCount: Int
  public let columnCount: Int
  /// The numbers of all dense parts.
  let numbers: DenseMatrix
  /// The place of each column of numbers in the whole.
  let numberColumns: [Int]
  /// The columns of ones.
  let constantColumns: [Int]
  let categories: [Placed<CategoricalMatrix>]
  let interactions: [Placed<InteractionMatrix>]

  /// Sets designs of equally many rows side by side.
  ///
  /// The numbers of a single dense part are not copied.
  ///
  /// - Complexity: O(*n p*) for *p* columns of numbers.
  public init(_ parts: [Part]) {
    let rows = parts.first?.design.rowCount ?? 0
    precondition(
      parts.allSatisfy { $0.design.rowCount == rows }, "designs side by side have the same rows")
    var width = 0
    var (dense, numberColumns, constantColumns) = ([DenseMatrix](), [Int](), [Int]())
    var categories: [Placed<CategoricalMatrix>] = []
    var interactions: [Placed<InteractionMatrix>] = []
    for part in parts {
      switch part {
      case .dense(let matrix):
        dense.append(matrix)
        numberColumns += width..<(width + matrix.columnCount)
      case .categorical(let matrix) where matrix.isConstant: constantColumns.append(width)
      case .categorical(let matrix): categories.append(Placed(design: matrix, offset: width))
      case .interaction(let matrix): interactions.append(Placed(design: matrix, offset: width))
      }
      width += part.design.columnCount
    }
    (rowCount, columnCount) = (rows, width)
    numbers = dense.count == 1 ? dense[0] : DenseMatrix(joining: dense, rows: rows)
    self.numberColumns = numberColumns
    self.constantColumns = constantColumns
    self.categories = categories
    self.interactions = interactions
  }

  public func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>
  ) {
    precondition(coefficients.count == columnCount, "one coefficient belongs to each column")
    let constant = constantColumns.reduce(0.0) { $0 + coefficients[$1] }
    for index in 0..<rows.count { predictor[index] = constant }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: numberColumns.count) { b in
      for (index, column) in numberColumns.enumerated() { b[index] = coefficients[column] }
      numbers.add(rows, times: b.span, to: &predictor)
    }
    addCategories(rows, times: coefficients, to: &predictor)
    for interaction in interactions {
      let own = interaction.offset..<(interaction.offset + interaction.design.columnCount)
      interaction.design.add(rows, times: coefficients.span.extracting(own), to: &predictor)
    }
  }

  public func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    precondition(residuals.count >= rows.count && sum.count == columnCount)
    if !constantColumns.isEmpty {
      var total = 0.0
      for index in 0..<rows.count { total += residuals[index] }
      for column in constantColumns { sum[column] += total }
    }
    addNumbers(rows, times: residuals) { sum[numberColumns[$0]] += $1 }
    addCategoryScores(rows, by: residuals, to: &sum)
    for interaction in interactions {
      interaction.design.addTransposeProduct(rows, by: residuals, to: &sum, at: interaction.offset)
    }
  }

  /// Passes on the sum over some rows of each column of numbers, times a factor a row.
  func addNumbers(
    _ rows: Range<Int>, times factors: Span<Double>, to add: (_ index: Int, _ sum: Double) -> Void
  ) {
    let width = numbers.columnCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { sums in
      sums.initialize(repeating: 0)
      numbers.withRows(rows) { x in
        factors.withUnsafeBufferPointer { factors in
          guard let x, let r = factors.baseAddress, let s = sums.baseAddress else { return }
          holdfast_dense_score(DenseKernels.level, x, rows.count, width, r, s)
        }
      }
      for index in 0..<width { add(index, sums[index]) }
    }
  }
}

extension CategoricalMatrix {
  /// Whether this is a single column of ones.
  var isConstant: Bool {
    guard columnCount == 1 else { return false }
    return (0..<rowCount).allSatisfy { codes[$0] == 0 }
  }
}

extension DenseMatrix {
  /// Copies the columns of several matrices into one.
  fileprivate init(joining parts: [DenseMatrix], rows: Int) {
    let width = parts.reduce(0) { $0 + $1.columnCount }
    let elements = Array<Double>(unsafeUninitializedCapacity: rows * width) { buffer, count in
      for row in 0..<rows {
        var place = row * width
        for part in parts {
          for column in 0..<part.columnCount {
            buffer.initializeElement(at: place, to: part.elements[row * part.columnCount + column])
            place += 1
          }
        }
      }
      count = rows * width
    }
    self.init(rows: rows, columns: width, elements: elements)
  }
}
