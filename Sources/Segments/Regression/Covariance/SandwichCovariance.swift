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
    let residuals = likelihood.residuals(of: x, at: coefficients)
    var squares = residuals.indices.map { row -> Double in
      let count = likelihood.weights?[row] ?? 1
      return count > 0 ? residuals[row] * residuals[row] / count : 0
    }
    switch correction {
    case .hc0: break
    case .hc1:
      let (n, p) = (likelihood.sessionCount, Double(x.columnCount))
      guard n > p else { throw .tooFewRows(rows: Int(n), columns: x.columnCount) }
      for row in squares.indices { squares[row] *= n / (n - p) }
    case .hc2, .hc3:
      let leverages = try leverages(of: x, likelihood)
      for row in squares.indices {
        let spare = 1 - leverages[row]
        guard spare > 1e-10 else {
          squares[row] = 0
          continue
        }
        squares[row] /= correction == .hc2 ? spare : spare * spare
      }
    }
    return try sandwich(x.weightedGram(squares))
  }

  /// The leverage of one session of each row, `μ (1 − μ) xᵀ I⁻¹ x`.
  private func leverages(
    of x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) throws(FitError) -> [Double] {
    guard let factor = Cholesky(information) else {
      throw .singularInformation(iteration: iterations)
    }
    let means = logistic(of: x, at: coefficients, offset: likelihood.offset)
    let forms = x.inverseForms(factor)
    return forms.indices.map { means[$0].variance * forms[$0] }
  }

  /// The product `I⁻¹ M I⁻¹`, exactly symmetric.
  private func sandwich(_ meat: Matrix) throws(FitError) -> Matrix {
    let bread = try modelCovariance()
    var product = bread.multiplied(by: meat).multiplied(by: bread)
    product.mirrorLowerTriangle()
    return product
  }
}
