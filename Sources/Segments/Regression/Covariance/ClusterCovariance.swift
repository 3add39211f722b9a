public import Inference
public import LinearAlgebra

extension LogisticFit {
  /// The covariance that holds if sessions of one customer depend on each other.
  ///
  ///     V = I⁻¹ (Σ_g s̃_g s̃_gᵀ) I⁻¹      s_g = Σ_{i in g} wᵢ (yᵢ − μᵢ) xᵢ
  ///
  /// Under CR2 and CR3 the residuals of a customer are first multiplied by a matrix `A_g`, so that the
  /// estimate is without bias if the model holds (CR2), or about what leaving the customer out would give
  /// (CR3). With the variances `Θ = diag(μ (1 − μ))` of the outcomes, and their hat matrix `H`,
  ///
  ///     CR2   A = Θ^½ (Θ^½ (I − H) Θ Θ^½)^−½ Θ^½      CR3   A = (I − H)⁻¹
  ///
  /// are the forms of Pustejovsky and Tipton for the working covariance `Θ`.
  ///
  /// - Parameters:
  ///   - correction: How residuals are corrected; CR2 with few or unequal customers.
  ///   - clusters: The customer of each row.
  ///   - x: The design that was fitted.
  ///   - likelihood: The outcomes that were fitted.
  /// - Returns: The covariance of the coefficients.
  /// - Throws: `notConverged`, or `tooFewClusters` if all rows are of one customer.
  /// - Complexity: O(*n* log *n* + *n p*) and O(*G p*²) for *G* customers; O(*n p*² + *G p*³) under CR3;
  ///   under CR2 O(*m*³) for a customer of *m* rows, so that CR3 serves where they are thousands.
  ///
  /// References: Liang and Zeger (1986), *Biometrika* 73, 13–22; Bell and McCaffrey (2002), *Survey
  /// Methodology* 28, 169–181; Pustejovsky and Tipton (2018), *Journal of Business & Economic
  /// Statistics* 36, 672–683.
  public func clusterCovariance(
    _ correction: ClusterCorrection = .cr0, by clusters: [UInt64], of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Matrix {
    guard status == .converged else { throw .notConverged(status) }
    guard clusters.count == x.rowCount else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: clusters.count)
    }
    guard let factor = Cholesky(information) else {
      throw .singularInformation(iteration: iterations)
    }
    let (p, sessions) = (x.columnCount, likelihood.sessionCount)
    guard correction != .cr1 || sessions > Double(p) else {
      throw .tooFewRows(rows: Int(sessions), columns: p)
    }
    let weights = likelihood.weights ?? Array(repeating: 1, count: x.rowCount)
    let means = logistic(of: x, at: coefficients, offset: likelihood.offset)
    let parts = ClusterParts(
      inverse: factor.lowerInverse(order: p), correction: correction, weights: weights,
      working: means.indices.map { weights[$0] * means[$0].variance })
    let residuals = likelihood.residuals(of: x, at: coefficients)
    let order = clusters.indices.sorted { (clusters[$0], $0) < (clusters[$1], $1) }
    var meat = Matrix(rows: p, columns: p)
    var clusterCount = 0
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { clusters[$0] != clusters[order[start]] } ?? order.count
      try meat.addOuterProduct(parts.score(of: order[start..<end], x, residuals))
      clusterCount += 1
      start = end
    }
    guard clusterCount > 1 else { throw .tooFewClusters(clusterCount) }
    meat.mirrorLowerTriangle()
    // V = K⁻ᵀ M K⁻¹.
    var covariance = parts.inverse.transposed.multiplied(by: meat).multiplied(by: parts.inverse)
    covariance.mirrorLowerTriangle()
    let scale = correction.scale(clusters: clusterCount, rows: Int(sessions), columns: p)
    return covariance.scaled(by: scale)
  }
}

/// What the scores of clusters are made of, in the space where the information is the identity.
private struct ClusterParts {
  /// `K⁻¹`, with `I = KKᵀ`.
  let inverse: Matrix
  let correction: ClusterCorrection
  /// The number of sessions that each row stands for.
  let weights: [Double]
  /// The working weights `w μ (1 − μ)` of the rows.
  let working: [Double]

  /// The corrected `K⁻¹s_g` of the rows of one cluster.
  func score(
    of rows: ArraySlice<Int>, _ x: some DesignMatrix, _ residuals: [Double]
  ) throws(FitError) -> [Double] {
    switch correction {
    case .cr0, .cr1:
      var sum = Array(repeating: 0.0, count: x.columnCount)
      for row in rows { x.addRow(row, times: residuals, to: &sum) }
      return inverse.multiplied(by: sum)
    case .cr2: return try unbiasedScore(of: rows.filter { weights[$0] > 0 }, x, residuals)
    case .cr3: return try leaveOutScore(of: rows, x, residuals)
    }
  }

  /// With `K⁻¹ (X_gᵀWX_g) K⁻ᵀ = U diag(λ) Uᵀ` the matrix `(I − H)⁻¹` divides each direction by `1 − λ`.
  private func leaveOutScore(
    of rows: ArraySlice<Int>, _ x: some DesignMatrix, _ residuals: [Double]
  ) throws(FitError) -> [Double] {
    var sum = Array(repeating: 0.0, count: x.columnCount)
    var gram = Matrix(rows: x.columnCount, columns: x.columnCount)
    for row in rows {
      x.addRow(row, times: residuals, to: &sum)
      x.addWeightedGram(
        row..<(row + 1), weights: working.span.extracting(row..<(row + 1)), to: &gram)
    }
    gram.mirrorLowerTriangle()
    guard
      let eigen = SymmetricEigen(
        inverse.multiplied(by: gram).multiplied(by: inverse.transposed))
    else { throw .singularInformation(iteration: 0) }
    var along = eigen.vectors.transposed.multiplied(by: inverse.multiplied(by: sum))
    for axis in along.indices {
      along[axis] *= correction.factor(leverage: min(max(0, eigen.values[axis]), 1))
    }
    return eigen.vectors.multiplied(by: along)
  }

  /// A row of weight `w` is `w` equal sessions; on vectors that are equal on them `A_g` acts as a matrix
  /// of one row a pattern, with `√w` on either side of each element of `H`.
  private func unbiasedScore(
    of rows: [Int], _ x: some DesignMatrix, _ residuals: [Double]
  ) throws(FitError) -> [Double] {
    let z = rows.map { row -> [Double] in
      var element = Array(repeating: 0.0, count: x.columnCount)
      x.addRow(row, times: nil, to: &element)
      return inverse.multiplied(by: element)
    }
    let theta = rows.map { working[$0] / weights[$0] }
    let root = rows.map { weights[$0].squareRoot() }
    var g = Matrix(rows: rows.count, columns: rows.count)
    for i in rows.indices {
      for j in rows.indices {
        let product = z[i].indices.reduce(0) { $0 + z[i][$1] * z[j][$1] }
        let variance = theta[i] * theta[j]
        g[i, j] = -variance * variance.squareRoot() * root[i] * root[j] * product
      }
      g[i, i] += theta[i] * theta[i]
    }
    guard let eigen = SymmetricEigen(g) else { throw .singularInformation(iteration: 0) }
    let least = theta.reduce(.infinity, min)
    let errors = rows.indices.map { i in
      theta[i].squareRoot() * residuals[rows[i]] / root[i]
    }
    var along = eigen.vectors.transposed.multiplied(by: errors)
    for axis in along.indices {
      // A direction that the fit follows wherever it goes has nothing to say.
      let value = eigen.values[axis]
      along[axis] = value > 1e-10 * least * least ? along[axis] / value.squareRoot() : 0
    }
    let corrected = eigen.vectors.multiplied(by: along)
    var score = Array(repeating: 0.0, count: x.columnCount)
    for i in rows.indices {
      let factor = root[i] * corrected[i] * theta[i].squareRoot()
      for column in score.indices { score[column] += factor * z[i][column] }
    }
    return score
  }
}

extension DesignMatrix {
  /// Adds a row, times its residual or once, to a sum.
  fileprivate func addRow(_ row: Int, times residuals: [Double]?, to sum: inout [Double]) {
    if let residuals {
      addTransposeProduct(
        row..<(row + 1), by: residuals.span.extracting(row..<(row + 1)), to: &sum)
    } else {
      let one = [1.0]
      addTransposeProduct(row..<(row + 1), by: one.span, to: &sum)
    }
  }
}

extension Matrix {
  fileprivate var transposed: Matrix {
    var result = Matrix(rows: columnCount, columns: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { result[column, row] = self[row, column] }
    }
    return result
  }

  fileprivate func scaled(by factor: Double) -> Matrix {
    var scaled = self
    for index in elements.indices { scaled.elements[index] *= factor }
    return scaled
  }
}
