internal import LinearAlgebra

/// A design whose columns are read as if they had mean 0 and variance 1; no number of it is changed.
///
///     x̃ⱼ = (xⱼ − mⱼ) / sⱼ        η = b₀ + X̃b
///
/// A point is a vector of the coefficients of the columns, and last the intercept `b₀`.
struct StandardizedDesign<Design: DesignMatrix>: Sendable {
  /// The columns as they are.
  let design: Design
  /// The places of the columns in the whole design, ascending.
  let columns: [Int]
  /// The means `m`; zeros where no intercept is fitted.
  let means: [Double]
  /// The standard deviations `s`; one for a column that does not vary.
  let scales: [Double]
  /// Whether the intercept is fitted.
  let hasIntercept: Bool

  /// The number of columns.
  var count: Int { columns.count }

  /// The loss and its slopes at a point.
  struct Evaluation: Sendable {
    var loss: Double
    var slopes: [Double]
    /// The mean curvature of a row.
    var curvature: Double
  }

  /// The design of some of the columns; nil if it cannot be taken apart.
  func selecting(_ chosen: [Int]) -> StandardizedDesign? {
    guard let part = design.selecting(chosen) else { return nil }
    return StandardizedDesign(
      design: part, columns: chosen, means: chosen.map { means[$0] },
      scales: chosen.map { scales[$0] }, hasIntercept: hasIntercept)
  }

  /// The coefficients of the columns as they are, with their intercept.
  func original(_ point: [Double]) -> (intercept: Double, coefficients: [Double]) {
    var intercept = point[count]
    var coefficients = Array(point.prefix(count))
    for j in coefficients.indices where coefficients[j] != 0 {
      coefficients[j] /= scales[j]
      intercept -= means[j] * coefficients[j]
    }
    return (intercept, coefficients)
  }

  /// The loss and its slopes at several points, in one reading of the rows.
  func evaluate(_ response: PenalizedResponse, at points: [[Double]]) -> [Evaluation] {
    var matrix = Matrix(rows: count, columns: points.count)
    var intercepts: [Double] = []
    for (place, point) in points.enumerated() {
      let (intercept, coefficients) = original(point)
      matrix.elements.replaceSubrange(place * count..<(place + 1) * count, with: coefficients)
      intercepts.append(intercept)
    }
    var sums = Array(repeating: PenalizedResponse.Sums(), count: points.count)
    let scores = design.batchedScores(at: matrix) { rows, place, predictor in
      response.replaceBySlopes(
        rows, intercept: intercepts[place], &predictor, adding: &sums[place])
    }
    return points.indices.map { place in
      let total = sums[place].slope
      var slopes = (0..<count).map { (scores[$0, place] - means[$0] * total) / scales[$0] }
      slopes.append(hasIntercept ? total : 0)
      return Evaluation(
        loss: sums[place].loss, slopes: slopes, curvature: sums[place].curvature)
    }
  }

  /// The second derivatives of the loss at a point, of the order of a point.
  ///
  /// - Parameters:
  ///   - response: The outcomes.
  ///   - point: The point.
  ///   - stride: Reads only every `stride`-th block of rows, which then stands for those between.
  /// - Returns: The matrix, symmetric.
  /// - Complexity: O(*n p*²) for dense columns.
  func curvature(_ response: PenalizedResponse, at point: [Double], stride: Int = 1) -> Matrix {
    let (intercept, coefficients) = original(point)
    guard count > 0 else {
      let total = response.outcomes.indices.reduce(0.0) {
        $0 + response.curvature($1, at: intercept)
      }
      return assembled(Matrix(rows: 0, columns: 0), [], total, scale: 1)
    }
    var (total, share) = (0.0, 0.0)
    let sums = design.newtonSums(at: coefficients, stride: stride) {
      rows, predictor, weights, residuals in
      for (index, row) in rows.enumerated() {
        let weight = response.curvature(row, at: predictor[index] + intercept)
        weights[index] = weight
        residuals[index] = weight
        total += weight
        share += response.shares[row]
      }
    }
    return assembled(sums.information, sums.score, total, scale: share > 0 ? 1 / share : 0)
  }

  /// The curvature of a centred and scaled point from the sums over the columns as they are.
  private func assembled(
    _ gram: Matrix, _ sums: [Double], _ total: Double, scale: Double
  ) -> Matrix {
    var curvature = Matrix(rows: count + 1, columns: count + 1)
    for column in 0..<count {
      let (mean, centred) = (means[column], sums[column] - means[column] * total)
      for row in 0..<count {
        let product = gram[row, column] - mean * sums[row] - means[row] * centred
        curvature[row, column] = scale * product / (scales[row] * scales[column])
      }
      if hasIntercept {
        curvature[column, count] = scale * centred / scales[column]
        curvature[count, column] = curvature[column, count]
      }
    }
    curvature[count, count] = hasIntercept ? scale * total : 1
    return curvature
  }
}
