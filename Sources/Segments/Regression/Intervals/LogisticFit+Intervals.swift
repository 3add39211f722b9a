public import Inference
public import LinearAlgebra

extension LogisticFit {
  /// The profile-likelihood interval of a coefficient: the values that the likelihood-ratio test does
  /// not reject.
  ///
  /// Other than the Wald interval it follows the skewness of the likelihood, and does not depend on how
  /// the coefficient is written.
  ///
  /// - Parameters:
  ///   - coefficient: The column.
  ///   - level: The confidence level, between zero and one.
  ///   - x: The design that was fitted, without a ridge.
  ///   - likelihood: The outcomes that were fitted.
  /// - Returns: The interval.
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  /// - Complexity: Some 50 passes of Newton's method over the rows.
  ///
  /// Reference: Venzon and Moolgavkar (1988), *Applied Statistics* 37, 87–94.
  public func profileInterval(
    coefficient: Int, level: Double = 0.95, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Interval {
    try profile(.likelihoodRatio, of: x, likelihood).interval(coefficient, level: level)
  }

  /// The score interval of a coefficient: the values that Rao's score test does not reject.
  ///
  /// For an intercept alone it is Wilson's interval on the log-odds scale.
  ///
  /// - Parameters: As ``profileInterval(coefficient:level:of:_:)``.
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  /// - Complexity: Some 50 passes of Newton's method over the rows.
  ///
  /// Reference: Agresti (2011), *Statistics in Medicine* 30, 1127–1143.
  public func scoreInterval(
    coefficient: Int, level: Double = 0.95, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Interval {
    try profile(.score, of: x, likelihood).interval(coefficient, level: level)
  }

  private func profile(
    _ statistic: ProfileLikelihood.Statistic, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> ProfileLikelihood {
    guard status == .converged else { throw .notConverged(status) }
    let surface = LikelihoodSurface(sessions: likelihood.sessionCount) {
      likelihood.derivatives(of: x, at: $0)
    }
    let best = LikelihoodSurface.Climb(
      point: coefficients, derivatives: likelihood.derivatives(of: x, at: coefficients),
      iterations: iterations, status: status)
    return ProfileLikelihood(surface: surface, best: best, statistic: statistic)
  }
}
