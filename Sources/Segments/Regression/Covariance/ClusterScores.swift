internal import Inference
internal import LinearAlgebra

/// The scores of a regression's rows, summed by customer and corrected for having been fitted.
struct ClusterScores {
  /// The scores `w ∂ℓ/∂η` of the rows.
  let residuals: [Double]
  /// The number of sessions `w` that each row stands for.
  let weights: [Double]
  /// The variance `θ` of one session's outcome at `φ = 1`.
  let variances: [Double]
  /// The derivative `d = ∂μ/∂η`.
  let slopes: [Double]
  /// The information `I = XᵀWX`, with `W = w d² / θ`.
  let information: Matrix

  /// The covariance `I⁻¹ (Σ_g s̃_g s̃_gᵀ) I⁻¹`.
  func covariance(
    _ correction: ClusterCorrection, by clusters: [UInt64], of x: some DesignMatrix
  ) throws(FitError) -> Matrix {
    guard clusters.count == x.rowCount else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: clusters.count)
    }
    guard let factor = Cholesky(information) else { throw .singularInformation(iteration: 0) }
    let (p, sessions) = (x.columnCount, weights.reduce(0, +))
    guard correction != .cr1 || sessions > Double(p) else {
      throw .tooFewRows(rows: Int(sessions), columns: p)
    }
    // I = KKᵀ; scores are summed in the space where the information is the identity.
    let inverse = factor.lowerInverse(order: p)
    let order = clusters.indices.sorted { (clusters[$0], $0) < (clusters[$1], $1) }
    var meat = Matrix(rows: p, columns: p)
    var clusterCount = 0
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { clusters[$0] != clusters[order[start]] } ?? order.count
      try meat.addOuterProduct(score(of: order[start..<end], correction, x, inverse))
      clusterCount += 1
      start = end
    }
    guard clusterCount > 1 else { throw .tooFewClusters(clusterCount) }
    meat.mirrorLowerTriangle()
    var covariance = inverse.transposed.multiplied(by: meat).multiplied(by: inverse)
    covariance.mirrorLowerTriangle()
    let scale = correction.scale(clusters: clusterCount, rows: Int(sessions), columns: p)
    return covariance.scaled(by: scale)
  }

  /// The corrected `K⁻¹s_g` of the rows of one cluster.
  private func score(
    of rows: ArraySlice<Int>, _ correction: ClusterCorrection, _ x: some DesignMatrix,
    _ inverse: Matrix
  ) throws(FitError) -> [Double] {
    switch correction {
    case .cr0, .cr1:
      var sum = Array(repeating: 0.0, count: x.columnCount)
      for row in rows { x.addRow(row, times: residuals, to: &sum) }
      return inverse.multiplied(by: sum)
    case .cr2: return try unbiasedScore(of: rows.filter { weights[$0] > 0 }, x, inverse)
    case .cr3: return try leaveOutScore(of: rows, x, inverse)
    }
  }

  /// With `K⁻¹ (X_gᵀWX_g) K⁻ᵀ = U diag(λ) Uᵀ` the matrix `(I − H)⁻¹` divides each direction by `1 − λ`.
  private func leaveOutScore(
    of rows: ArraySlice<Int>, _ x: some DesignMatrix, _ inverse: Matrix
  ) throws(FitError) -> [Double] {
    var sum = Array(repeating: 0.0, count: x.columnCount)
    var gram = Matrix(rows: x.columnCount, columns: x.columnCount)
    for row in rows {
      x.addRow(row, times: residuals, to: &sum)
      let working = [weights[row] * slopes[row] * slopes[row] / variances[row]]
      x.addWeightedGram(row..<(row + 1), weights: working.span, to: &gram)
    }
    gram.mirrorLowerTriangle()
    guard
      let eigen = SymmetricEigen(
        inverse.multiplied(by: gram).multiplied(by: inverse.transposed))
    else { throw .singularInformation(iteration: 0) }
    var along = eigen.vectors.transposed.multiplied(by: inverse.multiplied(by: sum))
    for axis in along.indices {
      along[axis] *= ClusterCorrection.cr3.factor(leverage: min(max(0, eigen.values[axis]), 1))
    }
    return eigen.vectors.multiplied(by: along)
  }

  /// A row of weight `w` is `w` equal sessions; on vectors that are equal on them `A_g` acts as a matrix
  /// of one row a pattern, with `√w` on either side of each element of `H`.
  private func unbiasedScore(
    of rows: [Int], _ x: some DesignMatrix, _ inverse: Matrix
  ) throws(FitError) -> [Double] {
    let z = rows.map { row -> [Double] in
      var element = Array(repeating: 0.0, count: x.columnCount)
      x.addRow(row, times: nil, to: &element)
      return inverse.multiplied(by: element)
    }
    let theta = rows.map { variances[$0] }
    let root = rows.map { weights[$0].squareRoot() }
    var g = Matrix(rows: rows.count, columns: rows.count)
    for i in rows.indices {
      for j in rows.indices {
        let product = z[i].indices.reduce(0) { $0 + z[i][$1] * z[j][$1] }
        let slope = slopes[rows[i]] * slopes[rows[j]]
        g[i, j] = -(theta[i] * theta[j]).squareRoot() * slope * root[i] * root[j] * product
      }
      g[i, i] += theta[i] * theta[i]
    }
    guard let eigen = SymmetricEigen(g) else { throw .singularInformation(iteration: 0) }
    let least = theta.reduce(.infinity, min)
    let errors = rows.indices.map { i in
      theta[i].squareRoot() * residuals[rows[i]] * theta[i] / (slopes[rows[i]] * root[i])
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
      let factor = root[i] * corrected[i] * slopes[rows[i]] / theta[i].squareRoot()
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
  func scaled(by factor: Double) -> Matrix {
    var scaled = self
    for index in elements.indices { scaled.elements[index] *= factor }
    return scaled
  }
}
