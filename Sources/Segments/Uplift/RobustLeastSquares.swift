internal import Inference
internal import LinearAlgebra

/// Least squares with errors that hold whatever the variances (HC3), or for customers who come back.
///
///     b = (XᵀX)⁻¹Xᵀy        V = (XᵀX)⁻¹ (Σ_g s_g s_gᵀ) (XᵀX)⁻¹        s_g = Σ_{i in g} xᵢeᵢ/(1 − hᵢ)
///
/// With one session a customer this is HC3.
///
/// Reference: MacKinnon and White (1985), *Journal of Econometrics* 29, 305–325.
struct RobustLeastSquares {
  /// The coefficients, one a column.
  let coefficients: [Double]
  /// Their covariance.
  let covariance: Matrix

  /// Fits a response to columns of its length.
  ///
  /// - Throws: `regression(.singularInformation)` for collinear columns, `regression(.tooFewRows)`.
  /// - Complexity: O(*np*²).
  init(
    columns: [[Double]], _ response: [Double], _ customers: CustomerIndex
  ) throws(SegmentError) {
    let width = columns.count
    guard response.count > width else {
      throw .regression(.tooFewRows(rows: response.count, columns: width))
    }
    // Columns in units of their greatest element, lest large ones hide small ones.
    let units = columns.map { column in
      let greatest = column.reduce(0) { max($0, abs($1)) }
      return greatest > 0 ? greatest : 1
    }
    var (gram, product) = (Matrix(rows: width, columns: width), Array(repeating: 0.0, count: width))
    var row = product
    func load(_ index: Int) {
      for column in 0..<width { row[column] = columns[column][index] / units[column] }
    }
    for index in response.indices {
      load(index)
      gram.addOuterProduct(row)
      for column in 0..<width { product[column] += row[column] * response[index] }
    }
    guard let factor = Cholesky(gram) else {
      throw .regression(.singularInformation(iteration: 0))
    }
    let fitted = factor.solve(product)
    var scores = Array(repeating: 0.0, count: customers.count * width)
    for index in response.indices {
      load(index)
      let half = factor.solveLower(row)
      let leverage = half.reduce(0) { $0 + $1 * $1 }
      let prediction = row.indices.reduce(0) { $0 + row[$1] * fitted[$1] }
      // A row that alone decides a coefficient is fitted exactly and says nothing of its error.
      let residual = leverage < 1 - 1e-12 ? (response[index] - prediction) / (1 - leverage) : 0
      for column in 0..<width {
        scores[customers.places[index] * width + column] += row[column] * residual
      }
    }
    var meat = Matrix(rows: width, columns: width)
    for customer in 0..<customers.count {
      meat.addOuterProduct(Array(scores[(customer * width)..<((customer + 1) * width)]))
    }
    meat.mirrorLowerTriangle()
    let inverse = factor.inverse()
    var covariance = inverse.multiplied(by: meat).multiplied(by: inverse)
    for column in 0..<width {
      for row in 0..<width { covariance[row, column] /= units[row] * units[column] }
    }
    coefficients = fitted.indices.map { fitted[$0] / units[$0] }
    self.covariance = covariance
  }

  /// The test of a coefficient against zero; nil without an error.
  func test(_ column: Int) -> WaldTest? {
    WaldTest(
      estimate: coefficients[column],
      standardError: max(0, covariance[column, column]).squareRoot())
  }
}
