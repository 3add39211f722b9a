public import Inference
public import LinearAlgebra

extension BiasReducedFit {
  /// The profile interval of a coefficient under the penalised likelihood `ℓ + ½ ln |I|`.
  ///
  /// Its ends are finite even where the outcomes are separated. The penalty is always that of the
  /// whole design.
  ///
  /// - Parameters:
  ///   - coefficient: The column.
  ///   - level: The confidence level, between zero and one.
  ///   - x: The design that was fitted.
  ///   - likelihood: The outcomes that were fitted.
  /// - Returns: The interval, finite at both ends.
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  /// - Complexity: Some 100 passes over the rows.
  ///
  /// Reference: Heinze and Schemper (2002), *Statistics in Medicine* 21, 2409–2419, section 2.
  public func profileInterval(
    coefficient: Int, level: Double = 0.95, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) -> Interval {
    let surface = surface(of: x, likelihood)
    let profile = ProfileLikelihood(
      surface: surface, best: try best(on: surface), statistic: .likelihoodRatio)
    return try profile.interval(coefficient, level: level)
  }

  /// The penalised likelihood-ratio test of the hypothesis that some coefficients are zero.
  ///
  ///     χ² = 2 (ℓ*(β̂) − max { ℓ*(β) : βⱼ = 0 for j left out })
  ///
  /// - Parameters:
  ///   - columns: The columns that the smaller model lacks; the penalty remains that of the whole
  ///     design.
  ///   - x: The design that was fitted.
  ///   - likelihood: The outcomes that were fitted.
  /// - Returns: The test, with one degree of freedom a column left out.
  /// - Throws: `notConverged` if either maximum was not found.
  ///
  /// Reference: Heinze and Schemper (2002), *Statistics in Medicine* 21, 2409–2419, section 2.
  public func likelihoodRatioTest(
    leavingOut columns: Set<Int>, of x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) throws(FitError) -> LikelihoodRatioTest {
    precondition(
      !columns.isEmpty && columns.isSubset(of: coefficients.indices),
      "a test leaves out columns of the design")
    let surface = surface(of: x, likelihood)
    let best = try best(on: surface)
    var start = best.point
    for column in columns { start[column] = 0 }
    let reduced = try surface.climb(
      from: start, holding: columns, scoreTolerance: 1e-9, iterationLimit: 500)
    guard reduced.status == .converged else { throw .notConverged(reduced.status) }
    return LikelihoodRatioTest(
      statistic: 2 * (best.derivatives.value - reduced.derivatives.value),
      degreesOfFreedom: columns.count)
  }

  private func surface(
    of x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) -> LikelihoodSurface {
    precondition(reduction == .mean, "only the mean adjustment is the score of a likelihood")
    return LikelihoodSurface(sessions: likelihood.sessionCount) {
      likelihood.adjusted(.mean, of: x, at: $0)
    }
  }

  private func best(on surface: LikelihoodSurface) throws(FitError) -> LikelihoodSurface.Climb {
    guard status == .converged else { throw .notConverged(status) }
    guard let derivatives = surface.derivatives(coefficients) else {
      throw .singularInformation(iteration: iterations)
    }
    return .init(
      point: coefficients, derivatives: derivatives, iterations: iterations, status: status)
  }
}
