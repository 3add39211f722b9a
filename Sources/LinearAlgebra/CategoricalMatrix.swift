/// A design of indicator columns that is kept as one code a row.
///
///     Xᵢⱼ = 1 if row i holds level j, else 0
///
/// No indicator is ever stored: a product with a vector is a look-up, and the weighted Gram matrix
/// is a histogram of the weights. The reference level has no column. A row whose code is −1 holds
/// no level at all, so its indicators are all zero, like those of the reference; give missing
/// values a level of their own to tell them apart.
public struct CategoricalMatrix: DesignMatrix, Hashable {
  /// The column of each row; a row of zeros has the code `columnCount`.
  let codes: LevelCodes
  public let columnCount: Int

  public var rowCount: Int { codes.count }

  /// Creates indicators of the levels of a category.
  ///
  /// - Parameters:
  ///   - codes: The level of each row, counted from zero, or −1 for none.
  ///   - levelCount: The number of levels.
  ///   - reference: The level without a column; nil gives every level one.
  /// - Complexity: O(*n*).
  public init(codes: [Int32], levelCount: Int, reference: Int? = 0) {
    precondition(
      codes.allSatisfy { -1 <= $0 && $0 < levelCount }, "a code names a level, or is −1")
    guard let reference else {
      self.codes = LevelCodes(codes, levelCount: levelCount)
      columnCount = levelCount
      return
    }
    precondition((0..<levelCount).contains(reference), "the reference is one of the levels")
    let dropped = Int32(reference)
    columnCount = levelCount - 1
    self.codes = LevelCodes(
      codes.map { $0 == dropped ? -1 : $0 > dropped ? $0 - 1 : $0 }, levelCount: levelCount - 1)
  }

  /// The column of each row, or −1 for a row of zeros.
  var columns: [Int32] {
    (0..<rowCount).map { codes[$0] == columnCount ? -1 : Int32(codes[$0]) }
  }

  /// A single column of ones.
  public static func intercept(rows: Int) -> CategoricalMatrix {
    CategoricalMatrix(codes: Array(repeating: 0, count: rows), levelCount: 1, reference: nil)
  }

  /// The products of every column here with every column of another design.
  ///
  /// Column `j` here and column `k` there meet in column `j · q + k`, where the other has `q`
  /// columns: the treatment-contrast interaction of two categories.
  ///
  /// - Complexity: O(*n*).
  public func crossed(with other: CategoricalMatrix) -> CategoricalMatrix {
    precondition(rowCount == other.rowCount, "designs side by side have the same rows")
    let width = Int32(other.columnCount)
    let codes = zip(columns, other.columns).map { here, there in
      here < 0 || there < 0 ? -1 : here * width + there
    }
    return CategoricalMatrix(
      codes: codes, levelCount: columnCount * other.columnCount, reference: nil)
  }

  /// The same design without the columns that no row fills, and the old places of those kept.
  ///
  /// - Complexity: O(*n* + *p*).
  public func droppingEmptyColumns() -> (matrix: CategoricalMatrix, kept: [Int]) {
    let columns = columns
    var isUsed = Array(repeating: false, count: columnCount)
    for column in columns where column >= 0 { isUsed[Int(column)] = true }
    let kept = isUsed.indices.filter { isUsed[$0] }
    var place = Array(repeating: Int32(-1), count: columnCount)
    for (new, old) in kept.enumerated() { place[old] = Int32(new) }
    let codes = columns.map { $0 < 0 ? -1 : place[Int($0)] }
    return (CategoricalMatrix(codes: codes, levelCount: kept.count, reference: nil), kept)
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
    addWeightedGram(rows, weights: weights, to: &gram, at: 0)
  }
}

// MARK: - The products as a part of a wider design, whose columns begin at an offset

extension CategoricalMatrix {
  /// `η ← η + Xb` over some rows.
  func add(
    _ rows: Range<Int>, times coefficients: Span<Double>, to predictor: inout MutableSpan<Double>
  ) {
    precondition(coefficients.count == columnCount, "one coefficient belongs to each column")
    precondition(predictor.count >= rows.count, "one element belongs to each row")
    precondition(0 <= rows.lowerBound && rows.upperBound <= rowCount, "rows lie in the matrix")
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columnCount + 1) { b in
      for column in 0..<columnCount { b[column] = coefficients[column] }
      b[columnCount] = 0
      predictor.withUnsafeMutableBufferPointer { eta in
        guard let b = b.baseAddress, let eta = eta.baseAddress else { return }
        codes.add(b, rows, to: eta)
      }
    }
  }

  func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double], at offset: Int
  ) {
    precondition(residuals.count >= rows.count, "one residual belongs to each row")
    addSums(rows, of: residuals) { sum[offset + $0] += $1 }
  }

  /// Adds each weight to the diagonal element of its row's level: no two levels share a row.
  func addWeightedGram(
    _ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix, at offset: Int
  ) {
    precondition(weights.count >= rows.count, "one weight belongs to each row")
    addSums(rows, of: weights) { gram[offset + $0, offset + $0] += $1 }
  }

  /// Passes on the sum of some numbers over each level.
  private func addSums(
    _ rows: Range<Int>, of numbers: Span<Double>, to add: (_ column: Int, _ sum: Double) -> Void
  ) {
    precondition(0 <= rows.lowerBound && rows.upperBound <= rowCount, "rows lie in the matrix")
    guard rows.count > 1 else {
      for row in rows where codes[row] < columnCount { add(codes[row], numbers[0]) }
      return
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columnCount + 1) { sums in
      sums.initialize(repeating: 0)
      numbers.withUnsafeBufferPointer { numbers in
        guard let numbers = numbers.baseAddress, let sums = sums.baseAddress else { return }
        codes.collect(numbers, rows, to: sums)
      }
      for column in 0..<columnCount { add(column, sums[column]) }
    }
  }
}
