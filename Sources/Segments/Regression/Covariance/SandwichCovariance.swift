public import LinearAlgebra

/// How the squared residuals of a robust covariance are corrected for having been fitted.
///
/// Reference: MacKinnon and White (1985), *Journal of Econometrics* 29, 305–325.
public enum SandwichCorrection: Hashable, Sendable, CaseIterable {
  /// Not at all: White's original form.
  case hc0
  /// By the factor `n / (n − p)` on the whole.
  case hc1
  /// Each by `1 / (1 − h)`: unbiased if the model of the variance is right.
  case hc2
  /// Each by `1 / (1 − h)²`: about what leaving each session out would give.
  case hc3
}

extension LogisticFit {
  /// The covariance that holds even if the model of the variance does not.
  ///
  ///     V = I⁻¹ M I⁻¹      M = Σᵢ wᵢ cᵢ (yᵢ − μᵢ)² xᵢxᵢᵀ      hᵢ = μᵢ (1 − μᵢ) xᵢᵀ I⁻¹ xᵢ
  ///
  /// The factor `c` is that of the ``SandwichCorrection``. A row of weight `w` counts as `w` sessions,
  /// each with the leverage `h`. A session that the fit follows wherever it goes, `h = 1`, adds nothing.
  ///
  /// - Parameters:
  ///   - correction: The small-sample correction.
  ///   - x: The design that was fitted.
  ///   - likelihood: The outcomes that were fitted.
  /// - Returns: The covariance of the coefficients.
  /// - Throws: `notConverged` if the coefficients are not the maximum, `tooFewRows`.
  /// - Complexity: O(*n p*²).
  ///
  /// References: White (1980), *Econometrica* 48, 817–838; MacKinnon and White (1985), *Journal of
  /// Econometrics* 29, 305–325.
  public func robustCovariance(
    _ correction: SandwichCorrection = .hc1, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Matrix {
    guard status == .converged else { throw .notConverged(status) }
    let means = logistic(of: x, at: coefficients, offset: likelihood.offset)
    let squares = try correction.squares(
      scores: means.indices.map { likelihood.outcomes[$0] - means[$0].mean },
      information: means.map(\.variance), counts: likelihood.weights,
      sessions: likelihood.sessionCount, of: x, information)
    return try sandwich(x.weightedGram(squares))
  }

  /// The product `I⁻¹ M I⁻¹`, exactly symmetric.
  private func sandwich(_ meat: Matrix) throws(FitError) -> Matrix {
    let bread = try modelCovariance()
    var product = bread.multiplied(by: meat).multiplied(by: bread)
    product.mirrorLowerTriangle()
    return product
  }
}

extension SandwichCorrection {
  /// The corrected squares of the rows' scores by their predictor, times the sessions of each row.
  ///
  /// - Parameters:
  ///   - scores: The derivative `∂ℓ/∂η` of one session of each row.
  ///   - information: Its expected information by `η`.
  ///   - counts: The number of sessions of each row; nil for one each.
  ///   - sessions: Their sum.
  ///   - x: The design.
  ///   - matrix: The information `XᵀWX` of the fit.
  /// - Returns: The weights of the meat, one a row.
  /// - Throws: `tooFewRows` or `singularInformation`.
  func squares(
    scores: [Double], information: [Double], counts: [Double]?, sessions: Double,
    of x: some DesignMatrix, _ matrix: Matrix
  ) throws(FitError) -> [Double] {
    var squares = scores.indices.map { (counts?[$0] ?? 1) * scores[$0] * scores[$0] }
    switch self {
    case .hc0: break
    case .hc1:
      let p = Double(x.columnCount)
      guard sessions > p else { throw .tooFewRows(rows: Int(sessions), columns: x.columnCount) }
      for row in squares.indices { squares[row] *= sessions / (sessions - p) }
    case .hc2, .hc3:
      guard let factor = Cholesky(matrix) else { throw .singularInformation(iteration: 0) }
      let forms = x.inverseForms(factor)
      for row in squares.indices {
        let spare = 1 - information[row] * forms[row]
        guard spare > 1e-10 else {
          squares[row] = 0
          continue
        }
        squares[row] /= self == .hc2 ? spare : spare * spare
      }
    }
    return squares
  }
}
