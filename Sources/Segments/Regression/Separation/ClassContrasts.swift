internal import LinearAlgebra

/// The rows of a multinomial regression, each class against every other: a row for each session and each
/// class that it does not show.
///
///     z_{ik} β = x_i β_{y_i} − x_i β_k        β₀ = 0
///
/// The likelihood rises without end along a direction that puts no `z_{ik} β` below zero and some above it,
/// so that classes are separated where these rows are, all with the outcome 1. The rows are never written
/// out.
///
/// Reference: Albert and Anderson (1984), *Biometrika* 71, 1–10.
struct ClassContrasts<Design: DesignMatrix>: DesignMatrix {
  let x: Design
  let classes: [Int32]
  /// The number of classes but the first, which is also that of the rows of a session.
  let others: Int

  var rowCount: Int { x.rowCount * others }
  var columnCount: Int { x.columnCount * others }

  /// The sessions that some rows are of.
  private func sessions(of rows: Range<Int>) -> Range<Int> {
    rows.isEmpty ? 0..<0 : (rows.lowerBound / others)..<((rows.upperBound - 1) / others + 1)
  }

  /// The class that a row's session shows, and the one that the row sets against it.
  private func pair(_ row: Int) -> (own: Int, other: Int) {
    let (own, place) = (Int(classes[row / others]), row % others)
    return (own, place < own ? place : place + 1)
  }

  func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>
  ) {
    let (sessions, p) = (sessions(of: rows), x.columnCount)
    var eta = [Array(repeating: 0.0, count: sessions.count)]
    for k in 0..<others {
      var own = eta[0]
      var span = own.mutableSpan
      x.multiply(sessions, by: Array(coefficients[(k * p)..<((k + 1) * p)]), into: &span)
      eta.append(own)
    }
    for (index, row) in rows.enumerated() {
      let (own, other) = pair(row)
      let session = row / others - sessions.lowerBound
      predictor[index] = eta[own][session] - eta[other][session]
    }
  }

  func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    let (sessions, p) = (sessions(of: rows), x.columnCount)
    var parts = Array(
      repeating: Array(repeating: 0.0, count: sessions.count), count: others + 1)
    for (index, row) in rows.enumerated() {
      let (own, other) = pair(row)
      let session = row / others - sessions.lowerBound
      parts[own][session] += residuals[index]
      parts[other][session] -= residuals[index]
    }
    for k in 0..<others {
      var block = Array(repeating: 0.0, count: p)
      let own = parts[k + 1]
      x.addTransposeProduct(sessions, by: own.span, to: &block)
      for column in 0..<p { sum[k * p + column] += block[column] }
    }
  }

  func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    let (sessions, p) = (sessions(of: rows), x.columnCount)
    for k in 0..<others {
      for l in 0...k {
        var shared = Array(repeating: 0.0, count: sessions.count)
        for (index, row) in rows.enumerated() {
          let (own, other) = pair(row)
          let members = [own - 1, other - 1]
          guard members.contains(k), members.contains(l) else { continue }
          shared[row / others - sessions.lowerBound] += weights[index]
        }
        var block = Matrix(rows: p, columns: p)
        x.addWeightedGram(sessions, weights: shared.span, to: &block)
        block.mirrorLowerTriangle()
        for column in 0..<p {
          for row in 0..<p where k > l || row >= column {
            gram[k * p + row, l * p + column] += (k == l ? 1 : -1) * block[row, column]
          }
        }
      }
    }
  }
}

extension Separation {
  /// The coefficients that have no finite maximum in a multinomial regression, class after class; nil if
  /// all have one, or if that cannot be decided.
  static func columnsAmongClasses(_ x: some DesignMatrix, _ rows: ClassifiedRows) -> [Int]? {
    let others = rows.classCount - 1
    let weights = rows.weights.flatMap { Array(repeating: $0, count: others) }
    let contrasts = ClassContrasts(x: x, classes: rows.classes, others: others)
    let separation = try? Separation(
      of: LogisticLikelihood(weights.map { _ in 1 }, weights: weights), contrasts)
    return separation.flatMap { $0.kind == .none ? nil : $0.columns }
  }
}
