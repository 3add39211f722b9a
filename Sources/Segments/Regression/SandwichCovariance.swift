public import LinearAlgebra

/// The small-sample factor of a robust covariance.
public enum SandwichCorrection: Hashable, Sendable, CaseIterable {
  /// None: White's original form.
  case hc0
  /// The factor `n / (n − p)`.
  case hc1
}

extension LogisticFit {
  /// The covariance that holds even if the model of the variance does not.
  ///
  ///     V = I⁻¹ M I⁻¹        M = Σᵢ wᵢ (yᵢ − μᵢ)² xᵢxᵢᵀ
  ///
  /// - Parameters:
  ///   - correction: The small-sample factor.
  ///   - x: The design that was fitted.
  ///   - likelihood: The outcomes that were fitted; a row of weight `w` counts as `w` sessions.
  /// - Returns: The covariance of the coefficients.
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  /// - Complexity: O(*n p*²).
  ///
  /// Reference: White (1980), *Econometrica* 48, 817–838; MacKinnon and White (1985),
  /// *Journal of Econometrics* 29, 305–325.
  public func robustCovariance(
    _ correction: SandwichCorrection = .hc1, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Matrix {
    let residuals = likelihood.residuals(of: x, at: coefficients)
    let squares = residuals.indices.map { row -> Double in
      let count = likelihood.weights?[row] ?? 1
      return count > 0 ? residuals[row] * residuals[row] / count : 0
    }
    let covariance = try sandwich(x.weightedGram(squares))
    let (n, p) = (likelihood.sessionCount, Double(x.columnCount))
    switch correction {
    case .hc0: return covariance
    case .hc1:
      guard n > p else { throw .tooFewRows(rows: Int(n), columns: x.columnCount) }
      return covariance.scaled(by: n / (n - p))
    }
  }

  /// The covariance that holds if sessions of one customer depend on each other (CR0).
  ///
  ///     V = I⁻¹ M I⁻¹        M = Σ_g s_g s_gᵀ        s_g = Σ_{i in g} wᵢ (yᵢ − μᵢ) xᵢ
  ///
  /// - Parameters:
  ///   - clusters: The customer of each row.
  ///   - x: The design that was fitted.
  ///   - likelihood: The outcomes that were fitted.
  /// - Returns: The covariance of the coefficients.
  /// - Throws: `notConverged`, or `tooFewClusters` if all rows are of one customer.
  /// - Complexity: O(*n* log *n* + *n p* + *G p*²) for *G* customers.
  ///
  /// Reference: Liang and Zeger (1986), *Biometrika* 73, 13–22.
  public func clusterCovariance(
    by clusters: [UInt64], of x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Matrix {
    guard clusters.count == x.rowCount else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: clusters.count)
    }
    let residuals = likelihood.residuals(of: x, at: coefficients)
    let order = clusters.indices.sorted { (clusters[$0], $0) < (clusters[$1], $1) }
    var meat = Matrix(rows: x.columnCount, columns: x.columnCount)
    var clusterCount = 0
    var start = 0
    while start < order.count {
      var score = Array(repeating: 0.0, count: x.columnCount)
      var end = start
      while end < order.count, clusters[order[end]] == clusters[order[start]] {
        let row = order[end]
        x.addTransposeProduct(
          row..<(row + 1), by: residuals.span.extracting(row..<(row + 1)), to: &score)
        end += 1
      }
      meat.addOuterProduct(score)
      clusterCount += 1
      start = end
    }
    guard clusterCount > 1 else { throw .tooFewClusters(clusterCount) }
    meat.mirrorLowerTriangle()
    return try sandwich(meat)
  }

  /// The product `I⁻¹ M I⁻¹`, exactly symmetric.
  private func sandwich(_ meat: Matrix) throws(FitError) -> Matrix {
    let bread = try modelCovariance()
    var product = bread.multiplied(by: meat).multiplied(by: bread)
    product.mirrorLowerTriangle()
    return product
  }
}

extension Matrix {
  fileprivate func scaled(by factor: Double) -> Matrix {
    var scaled = self
    for index in elements.indices { scaled.elements[index] *= factor }
    return scaled
  }
}
