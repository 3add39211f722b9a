public import LinearAlgebra

/// Newton's method with step halving for ridge-penalised logistic regression.
///
/// Maximises `ℓ(β) − ½ λ βᵀβ`, where `ℓ` is a ``LogisticLikelihood``. Every column is penalised,
/// an intercept too. At `λ = 0` separated data have no maximum, and say so.
///
/// Each step reads the rows once. With many rows the first steps read one block in twenty, and
/// the full data start from where those end.
///
/// Reference: McCullagh and Nelder (1989), *Generalized Linear Models*, section 4.4.
public struct NewtonSolver: Hashable, Sendable {
  /// The penalty `λ`, zero or more.
  public var ridge = 0.0
  /// The score that counts as zero: `|sⱼ| ≤ scoreTolerance · √(n Iⱼⱼ)`, whatever the units.
  public var scoreTolerance = 1e-10
  /// The number of Newton steps after which to stop.
  public var iterationLimit = 50

  /// The rows from which on a subsample is fitted first, and one block in how many it takes.
  private static let subsample = (fromRows: 100_000, stride: 20)
  /// A sound fit has met its tolerance by now; one that has not is looked at for separation.
  private static let patience = 8

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
    precondition(ridge >= 0 && scoreTolerance > 0, "a solver's penalty and tolerance are positive")
    guard x.rowCount == likelihood.outcomes.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: likelihood.outcomes.count)
    }
    let rows = likelihood.weights?.count { $0 > 0 } ?? x.rowCount
    guard ridge > 0 || rows >= x.columnCount else {
      throw .tooFewRows(rows: rows, columns: x.columnCount)
    }
    var start = Array(repeating: 0.0, count: x.columnCount)
    if x.rowCount >= Self.subsample.fromRows {
      var rough = self
      rough.scoreTolerance = max(scoreTolerance, 1e-4)
      let guess = try? rough.climb(x, likelihood, from: start, stride: Self.subsample.stride)
      if let guess, guess.status == .converged { start = guess.coefficients }
    }
    return try climb(x, likelihood, from: start, stride: 1)
  }

  /// Newton steps over every `stride`-th block of rows, from a start to a stop.
  private func climb(
    _ x: some DesignMatrix, _ likelihood: LogisticLikelihood, from start: [Double], stride: Int
  ) throws(FitError) -> LogisticFit {
    var beta = start
    var here = penalised(likelihood.derivatives(of: x, at: beta, stride: stride), at: beta)
    var direction = start
    var (iteration, isOverlapKnown) = (0, false)

    func stop(_ status: LogisticFit.Status) -> LogisticFit {
      LogisticFit(
        coefficients: beta, logLikelihood: here.value + penalty(beta),
        information: here.information, iterations: iteration, status: status)
    }
    guard here.isFinite else { throw .columnNotFinite(column: Self.columnNotFinite(x)) }

    while iteration < iterationLimit {
      // 1. Stop where the score vanishes.
      if here.scoreVanishes(within: scoreTolerance, sessions: likelihood.sessionCount) {
        return stop(.converged)
      }
      // 2. Solve for the Newton direction.
      let factor = Cholesky(here.information)
      direction = factor?.solve(here.score) ?? direction
      // 3. A climb that does not end may follow a separating direction: it then moves η by about one
      // a step, while the steps of a sound climb shrink.
      if ridge == 0, stride == 1, !isOverlapKnown, iteration >= Self.patience || factor == nil,
        x.multiplied(by: direction).contains(where: { abs($0) > 0.1 })
      {
        if let separation = try? Separation(of: likelihood, x), separation.kind != .none {
          return stop(.separated(columns: separation.columns))
        }
        isOverlapKnown = true
      }
      guard factor != nil else { throw .singularInformation(iteration: iteration) }
      // 4. Halve the step until the objective does not fall (and is not NaN).
      var step = 1.0
      var next = beta.moved(step, along: direction)
      var there = penalised(likelihood.derivatives(of: x, at: next, stride: stride), at: next)
      while !(there.value >= here.value - here.roundingError) {
        step /= 2
        if step < 1e-10 { return stop(.stalled) }
        next = beta.moved(step, along: direction)
        there = penalised(likelihood.derivatives(of: x, at: next, stride: stride), at: next)
      }
      (beta, here) = (next, there)
      iteration += 1
    }
    return stop(.iterationLimit)
  }

  /// The first column whose sum of squares is not finite.
  private static func columnNotFinite(_ x: some DesignMatrix) -> Int {
    let gram = x.weightedGram(Array(repeating: 1, count: x.rowCount))
    return (0..<x.columnCount).first { !gram[$0, $0].isFinite } ?? 0
  }

  /// The penalty `½ λ βᵀβ`.
  private func penalty(_ beta: [Double]) -> Double {
    ridge == 0 ? 0 : ridge / 2 * beta.reduce(0) { $0 + $1 * $1 }
  }

  /// Takes the penalty from the objective and its derivatives.
  private func penalised(
    _ derivatives: LogisticLikelihood.Derivatives, at beta: [Double]
  ) -> LogisticLikelihood.Derivatives {
    guard ridge > 0 else { return derivatives }
    var penalised = derivatives
    penalised.value -= penalty(beta)
    for column in beta.indices {
      penalised.score[column] -= ridge * beta[column]
      penalised.information[column, column] += ridge
    }
    return penalised
  }
}

extension LogisticLikelihood.Derivatives {
  fileprivate var isFinite: Bool {
    value.isFinite && score.indices.allSatisfy { information[$0, $0].isFinite }
  }

  fileprivate func scoreVanishes(within tolerance: Double, sessions: Double) -> Bool {
    score.indices.allSatisfy {
      abs(score[$0]) <= tolerance * (sessions * information[$0, $0]).squareRoot()
    }
  }

  /// A bound on the rounding of the objective: a fall below it is no fall.
  fileprivate var roundingError: Double { 1e-13 * abs(value) }
}

extension [Double] {
  /// The point a step away along a direction.
  fileprivate func moved(_ step: Double, along direction: [Double]) -> [Double] {
    indices.map { self[$0] + step * direction[$0] }
  }
}
