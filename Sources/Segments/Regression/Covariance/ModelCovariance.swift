internal import LinearAlgebra

extension LogisticFit.Status {
  /// The covariance `I⁻¹` of coefficients that were found with this status.
  ///
  /// - Throws: `notConverged` unless they are the maximum, `singularInformation`.
  /// - Complexity: O(*p*³).
  func covariance(_ information: Matrix, iterations: Int) throws(FitError) -> Matrix {
    guard self == .converged else { throw .notConverged(self) }
    guard let factor = Cholesky(information) else {
      throw .singularInformation(iteration: iterations)
    }
    return factor.inverse()
  }
}
