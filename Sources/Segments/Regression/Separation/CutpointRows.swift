internal import LinearAlgebra

/// The rows of an ordinal regression at the cutpoints on either side of their class, two rows a session.
///
///     xᵢβ − ζ_{yᵢ} ≤ 0        xᵢβ − ζ_{yᵢ−1} ≥ 0
///
/// The likelihood rises without end along a direction that keeps all of these and moves some: classes in
/// order are separated where the first rows, with the outcome 0, and the second, with the outcome 1, are.
/// The lowest and the highest class have one row each that counts.
struct CutpointRows<Design: DesignMatrix>: DesignMatrix {
  let x: Design
  let classes: [Int32]
  /// The number of cutpoints.
  let cutCount: Int

  var rowCount: Int { 2 * x.rowCount }
  var columnCount: Int { x.columnCount + cutCount }

  /// The cutpoint of a row; of one that does not count, some cutpoint.
  private func cut(_ row: Int) -> Int {
    let own = Int(classes[row / 2])
    return row.isMultiple(of: 2) ? min(own, cutCount - 1) : max(own - 1, 0)
  }

  /// Whether a row has a cutpoint on its side.
  func counts(_ row: Int) -> Bool {
    let own = Int(classes[row / 2])
    return row.isMultiple(of: 2) ? own < cutCount : own > 0
  }

  /// The sessions that some rows are of.
  private func sessions(of rows: Range<Int>) -> Range<Int> {
    rows.isEmpty ? 0..<0 : (rows.lowerBound / 2)..<((rows.upperBound - 1) / 2 + 1)
  }

  func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>
  ) {
    let (sessions, p) = (sessions(of: rows), x.columnCount)
    var eta = Array(repeating: 0.0, count: sessions.count)
    var span = eta.mutableSpan
    x.multiply(sessions, by: Array(coefficients[..<p]), into: &span)
    for (index, row) in rows.enumerated() {
      predictor[index] = eta[row / 2 - sessions.lowerBound] - coefficients[p + cut(row)]
    }
  }

  func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    let (sessions, p) = (sessions(of: rows), x.columnCount)
    var whole = Array(repeating: 0.0, count: sessions.count)
    for (index, row) in rows.enumerated() {
      whole[row / 2 - sessions.lowerBound] += residuals[index]
      sum[p + cut(row)] -= residuals[index]
    }
    var block = Array(repeating: 0.0, count: p)
    x.addTransposeProduct(sessions, by: whole.span, to: &block)
    for column in 0..<p { sum[column] += block[column] }
  }

  func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    let (sessions, p) = (sessions(of: rows), x.columnCount)
    var whole = Array(repeating: 0.0, count: sessions.count)
    var byCut = Array(repeating: whole, count: cutCount)
    for (index, row) in rows.enumerated() {
      whole[row / 2 - sessions.lowerBound] += weights[index]
      byCut[cut(row)][row / 2 - sessions.lowerBound] += weights[index]
      gram[p + cut(row), p + cut(row)] += weights[index]
    }
    var block = Matrix(rows: p, columns: p)
    x.addWeightedGram(sessions, weights: whole.span, to: &block)
    for column in 0..<p {
      for row in column..<p { gram[row, column] += block[row, column] }
    }
    for (place, own) in byCut.enumerated() {
      var products = Array(repeating: 0.0, count: p)
      x.addTransposeProduct(sessions, by: own.span, to: &products)
      for column in 0..<p { gram[p + place, column] -= products[column] }
    }
  }
}

extension Separation {
  /// The coefficients, then cutpoints, that have no finite maximum in an ordinal regression; nil if all
  /// have one, or if that cannot be decided.
  static func columnsInOrder(_ x: some DesignMatrix, _ rows: ClassifiedRows) -> [Int]? {
    let cuts = CutpointRows(x: x, classes: rows.classes, cutCount: rows.classCount - 1)
    let weights = (0..<cuts.rowCount).map { cuts.counts($0) ? rows.weights[$0 / 2] : 0 }
    let outcomes = weights.indices.map { $0.isMultiple(of: 2) ? 0.0 : 1 }
    let separation = try? Separation(of: LogisticLikelihood(outcomes, weights: weights), cuts)
    return separation.flatMap { $0.kind == .none ? nil : $0.columns }
  }
}
