internal import LinearAlgebra

/// The rows of a separation problem, each with the sides of zero on which its predictor may lie.
///
/// Only products with the design are formed, and only rows that a candidate direction puts on a wrong
/// side are ever written out: a million sessions cost a few passes, and a few hundred rows.
struct SeparationRows<Design: DesignMatrix> {
  let x: Design
  let likelihood: LogisticLikelihood
  /// The root mean square `σ` of each column, or one for a column of zeros.
  let scales: [Double]

  init(_ x: Design, _ likelihood: LogisticLikelihood) {
    (self.x, self.likelihood) = (x, likelihood)
    let gram = x.weightedGram(likelihood.weights ?? Array(repeating: 1, count: x.rowCount))
    scales = (0..<x.columnCount).map {
      let mean = gram[$0, $0] / likelihood.sessionCount
      return mean > 0 ? mean.squareRoot() : 1
    }
  }

  private func weight(_ row: Int) -> Double { likelihood.weights?[row] ?? 1 }

  /// The sum of the signed rows over their columns' scales: `Σ wᵢ (1[yᵢ > 0] − 1[yᵢ < 1]) xᵢ / σ`.
  func signedSum() -> [Double] {
    let signs = likelihood.outcomes.enumerated().map { row, y in
      weight(row) * ((y > 0 ? 1 : 0) - (y < 1 ? 1 : 0))
    }
    let sum = x.transposeMultiplied(by: signs)
    return sum.indices.map { sum[$0] / scales[$0] }
  }

  /// How far a direction, in units of the scales, moves each row to its own side: where both outcomes
  /// occur, the least of both. Rows of no weight are moved by infinity.
  func margins(along direction: [Double]) -> [Double] {
    let movement = x.multiplied(by: direction.indices.map { direction[$0] / scales[$0] })
    return movement.indices.map { row in
      let (y, step) = (likelihood.outcomes[row], movement[row])
      if weight(row) == 0 { return .infinity }
      return y == 1 ? step : y == 0 ? -step : -abs(step)
    }
  }

  /// The rows of the least margins below a floor, signed and scaled; equal margins are taken once,
  /// as rows of one pattern have the same.
  func worst(_ margins: [Double], below floor: Double, along direction: [Double]) -> [[Double]] {
    let limit = max(32, 2 * x.columnCount)
    let violated = margins.indices.filter { margins[$0] < floor }
      .sorted { (margins[$0], $0) < (margins[$1], $1) }
    var rows: [[Double]] = []
    var last = -Double.infinity
    for row in violated where margins[row] > last + 1e-12 * abs(last) || rows.isEmpty {
      guard rows.count < limit else { break }
      last = margins[row]
      rows.append(signed(row, along: direction))
    }
    return rows
  }

  /// A row over the scales, turned to the side of its outcome; one with both outcomes is turned against
  /// the direction.
  private func signed(_ row: Int, along direction: [Double]) -> [Double] {
    let one = [1.0]
    var elements = Array(repeating: 0.0, count: x.columnCount)
    x.addTransposeProduct(row..<(row + 1), by: one.span, to: &elements)
    for column in elements.indices { elements[column] /= scales[column] }
    let y = likelihood.outcomes[row]
    let isPositive: Bool =
      if y == 1 { true } else if y == 0 { false } else {
        elements.indices.reduce(0) { $0 + elements[$1] * direction[$1] } < 0
      }
    return isPositive ? elements : elements.map { -$0 }
  }
}
