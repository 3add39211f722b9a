public import LinearAlgebra

extension CoxFit {
  /// The covariance of the coefficients that needs neither proportional hazards nor independent
  /// sessions: Lin and Wei's sandwich, summed over clusters where the data have them.
  ///
  ///     V = I⁻¹ (Σ_c G_c G_cᵀ) I⁻¹        G_c = Σ_{i ∈ c} Uᵢ
  ///     Uᵢ = δᵢ(xᵢ − x̄(tᵢ)) − exp(βᵀxᵢ) Σ_{t ≤ tᵢ} (xᵢ − x̄(t)) dΛ̂(t)
  ///
  /// where `x̄(t)` is the mean over the risk set and `dΛ̂` the jump of the baseline hazard, both by the
  /// rule for ties of the fit.
  ///
  /// - Parameter data: The data of the fit.
  /// - Returns: The covariance, symmetric.
  /// - Complexity: O(*n p* + *g p*²) for *g* clusters.
  ///
  /// Reference: Lin and Wei (1989), *JASA* 84, 1074–1078; Therneau and Grambsch (2000), section 7.2.
  public func robustCovariance(_ data: CoxData) -> Matrix {
    let width = coefficients.count
    let residuals = CoxScoreResiduals(likelihood: CoxLikelihood(data: data, ties: ties))
    var meat = Matrix(rows: width, columns: width)
    meat.elements.withUnsafeMutableBufferPointer { meat in
      func addSquare(_ u: UnsafePointer<Double>, times count: Double) {
        for row in 0..<width {
          let scaled = count * u[row]
          for column in 0..<width { meat[row * width + column] += scaled * u[column] }
        }
      }
      guard let clusters = data.clusters else {
        residuals.forEach(at: coefficients) { row, u in addSquare(u, times: data.weights[row]) }
        return
      }
      var sums = Array(repeating: 0.0, count: data.clusterCount * width)
      residuals.forEach(at: coefficients) { row, u in
        for column in 0..<width {
          sums[clusters[row] * width + column] += data.weights[row] * u[column]
        }
      }
      sums.withUnsafeBufferPointer { sums in
        guard let start = sums.baseAddress else { return }
        for cluster in 0..<data.clusterCount { addSquare(start + cluster * width, times: 1) }
      }
    }
    return covariance.times(meat).times(covariance)
  }
}

extension Matrix {
  /// The product of two small square matrices.
  fileprivate func times(_ other: Matrix) -> Matrix {
    var product = Matrix(rows: rowCount, columns: other.columnCount)
    for row in 0..<rowCount {
      for column in 0..<other.columnCount {
        for inner in 0..<columnCount {
          product[row, column] += self[row, inner] * other[inner, column]
        }
      }
    }
    return product
  }
}
