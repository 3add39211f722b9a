public import LinearAlgebra

/// Fisher scoring on an adjusted score: logistic regression after Firth, or with median bias reduction.
///
///     β ← β + t I(β)⁻¹ s*(β)
///
/// The information stands in for the derivative of the adjusted score, so that convergence is linear:
/// some ten steps to a tolerance of 1e-10, more if cells are small.
///
/// Reference: Kosmidis, Kenne Pagui and Sartori (2020), *Statistics and Computing* 30, 43–59, section 5.
public struct BiasReducedSolver: Hashable, Sendable {
  /// The adjustment of the score.
  public var reduction: BiasReduction
  /// The score that counts as zero: `|s*ⱼ| ≤ scoreTolerance · √(n Iⱼⱼ)`, whatever the units.
  public var scoreTolerance = 1e-10
  /// The number of steps after which to stop.
  public var iterationLimit = 500

  /// Creates a solver.
  public init(_ reduction: BiasReduction = .mean) { self.reduction = reduction }

  /// Fits the coefficients.
  ///
  /// - Throws: ``FitError`` if the likelihood does not fit `x`, or if columns are collinear.
  /// - Complexity: O(*n p*² + *p*³) per iteration for *n* rows and *p* columns.
  public func fit(
    _ x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) throws(FitError) -> BiasReducedFit {
    precondition(scoreTolerance > 0, "a tolerance is positive")
    guard x.rowCount == likelihood.outcomes.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: likelihood.outcomes.count)
    }
    let surface = LikelihoodSurface(sessions: likelihood.sessionCount) {
      likelihood.adjusted(reduction, of: x, at: $0)
    }
    let climb = try surface.climb(
      from: Array(repeating: 0, count: x.columnCount), scoreTolerance: scoreTolerance,
      iterationLimit: iterationLimit, isMaximum: reduction == .mean)
    let information = climb.derivatives.information
    let penalty = reduction == .mean ? (Cholesky(information)?.logDeterminant ?? 0) / 2 : 0
    return BiasReducedFit(
      coefficients: climb.point, logLikelihood: climb.derivatives.value - penalty,
      information: information, iterations: climb.iterations, status: climb.status,
      reduction: reduction)
  }
}
