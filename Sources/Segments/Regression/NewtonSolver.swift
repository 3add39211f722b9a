public import LinearAlgebra

/// Newton's method with step halving for ridge-penalised logistic regression.
///
/// Maximises `ℓ(β) − ½ λ βᵀβ`, where `ℓ` is a ``LogisticLikelihood``. Every column is penalised,
/// an intercept too. At `λ = 0` separated data have no maximum, and say so.
///
/// Each step reads the rows once. With many rows the first steps read one block in up to eighty, then
/// one step reads one in four, and the full data start from where that ends. From there on the Gram
/// matrix, most of the work of a reading, is formed only where it pays, often at the solution alone;
/// between, steps use the one at hand, corrected by what the scores on the way tell (L-BFGS). The
/// information of the fit is always that of the solution: formed there, or a step of at most
/// 10⁻⁸ standard deviations of a row's predictor away, over which weights `μ(1 − μ)` change by less
/// than that part of themselves, and standard errors by less than half of it.
///
/// Reference: McCullagh and Nelder (1989), *Generalized Linear Models*, section 4.4; Shamanskii
/// (1967), *Ukrainian Mathematical Journal* 19, 118–122, for steps that keep a matrix;
/// Nocedal and Wright (2006), *Numerical Optimization*, algorithm 7.4, for their corrections.
public struct NewtonSolver: Hashable, Sendable {
  /// The penalty `λ`, zero or more.
  public var ridge = 0.0
  /// The score that counts as zero: `|sⱼ| ≤ scoreTolerance · √(n Iⱼⱼ)`, whatever the units.
  public var scoreTolerance = 1e-10
  /// The number of Newton steps after which to stop.
  public var iterationLimit = 50
  /// The number of threads that read the rows; any number gives the same bits.
  public var threads = 1

  /// The rows from which on a subsample is fitted first, and one block in how many takes the step after that.
  private static let subsample = (fromRows: 100_000, lastStride: 4)

  /// One block in how many is fitted first: of 5,000 rows at least, and of 50 a column.
  private static func stride(rows: Int, columns: Int) -> Int {
    min(80, max(subsample.lastStride, rows / max(5_000, 50 * columns)))
  }

  /// Creates a solver with the default settings.
  public init() {}

  /// Fits the coefficients to one row of features and one outcome, 0 or 1, a session.
  ///
  /// - Throws: ``FitError`` if `y` does not fit `x`, or if columns of `x` are collinear.
  /// - Complexity: O(*n p*² + *p*³) per iteration for *n* rows and *p* columns.
  public func fit(_ x: some DesignMatrix, _ y: [Double]) throws(FitError) -> LogisticFit {
    try fit(x, LogisticLikelihood(y))
  }

  /// Fits the coefficients under a likelihood that may carry offsets and case weights.
  ///
  /// - Throws: ``FitError`` if the likelihood does not fit `x`, or if columns are collinear.
  public func fit(
    _ x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) throws(FitError) -> LogisticFit {
    precondition(
      ridge >= 0 && scoreTolerance > 0 && threads > 0,
      "a solver's penalty and tolerance are positive")
    guard x.rowCount == likelihood.outcomes.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: likelihood.outcomes.count)
    }
    let rows = likelihood.weights?.count { $0 > 0 } ?? x.rowCount
    guard ridge > 0 || rows >= x.columnCount else {
      throw .tooFewRows(rows: rows, columns: x.columnCount)
    }
    var climb = NewtonClimb(self, likelihood, from: Array(repeating: 0, count: x.columnCount))
    if x.rowCount >= Self.subsample.fromRows {
      var rough = climb
      rough.solver.scoreTolerance = max(scoreTolerance, 1e-3)
      rough.stride = Self.stride(rows: x.rowCount, columns: x.columnCount)
      rough.solver.ridge = ridge / Double(rough.stride)
      let guess = try? rough.run(x)
      if let guess, guess.status == .converged {
        climb.beta = guess.coefficients
        climb.step(x, stride: Self.subsample.lastStride)
      }
      climb.isFrugal = true
    }
    return try climb.run(x)
  }
}
