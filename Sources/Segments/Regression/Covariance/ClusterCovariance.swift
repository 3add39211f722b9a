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
    let variances = logistic(of: x, at: coefficients, offset: likelihood.offset).map(\.variance)
    return try ClusterScores(
      residuals: likelihood.residuals(of: x, at: coefficients),
      weights: likelihood.weights ?? Array(repeating: 1, count: x.rowCount),
      variances: variances, slopes: variances, information: information
    ).covariance(correction, by: clusters, of: x)
  }
}
