public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension ElasticNet {
  /// The same regression with factors that penalise little what an earlier fit found large.
  ///
  ///     fⱼ = fⱼ⁰ / |b̃ⱼ|^γ
  ///
  /// `b̃` are the coefficients of the earlier fit per standard deviation of the columns, a ridge fit for
  /// instance. One that is below 10⁻⁶ of the greatest counts as that: its column is all but left out.
  ///
  /// Reference: Zou (2006), *Journal of the American Statistical Association* 101, 1418–1429.
  ///
  /// - Parameters:
  ///   - fit: The earlier fit, not all of whose coefficients are zero.
  ///   - gamma: The power `γ`, above zero.
  ///   - x: The design of the earlier fit.
  ///   - response: The outcomes of the earlier fit.
  /// - Returns: The regression with these factors.
  public func adapted(
    to fit: ElasticNetPath.Fit, gamma: Double = 1, _ x: some DesignMatrix,
    _ response: PenalizedResponse
  ) -> ElasticNet {
    precondition(gamma > 0, "a power is positive")
    let deviations = x.columnMoments(weights: response.shares).deviations
    let sizes = fit.coefficients.indices.map { abs(fit.coefficients[$0]) * deviations[$0] }
    let greatest = sizes.reduce(0, max)
    precondition(greatest > 0, "an earlier fit has coefficients")
    var adapted = self
    adapted.penaltyFactors = sizes.indices.map {
      (penaltyFactors?[$0] ?? 1) / pow(max(sizes[$0] / greatest, 1e-6), gamma)
    }
    return adapted
  }
}
