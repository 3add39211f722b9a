public import LinearAlgebra

/// The outcomes of a linear, Poisson or gamma regression, checked against their family.
public struct FamilyOutcomes: Hashable, Sendable {
  /// The family.
  public let family: OutcomeFamily
  /// The outcome `y` of each row.
  public let values: [Double]
  /// A known part of the linear predictor; for counts the logarithm of the exposure. Nil for none.
  public let offset: [Double]?
  /// The number of sessions that each row stands for; nil for one each.
  public let weights: [Double]?
  /// The number of sessions, `Σ wᵢ`.
  public let sessionCount: Double

  /// Creates the outcomes of a regression.
  ///
  /// - Throws: `outcomeOutOfRange` for an outcome that the family does not admit, and as
  ///   ``LogisticLikelihood`` does.
  public init(
    _ family: OutcomeFamily, _ values: [Double], offset: [Double]? = nil,
    weights: [Double]? = nil
  ) throws(FitError) {
    if let row = values.firstIndex(where: { !family.admits($0) }) {
      throw .outcomeOutOfRange(row: row)
    }
    // Offsets and weights are subject to the same rules whatever the outcome.
    let likelihood = try LogisticLikelihood(
      Array(repeating: 0, count: values.count), offset: offset, weights: weights)
    (self.family, self.values, self.offset, self.weights) = (family, values, offset, weights)
    sessionCount = likelihood.sessionCount
  }
}

/// Fisher scoring for linear, Poisson and gamma regressions over any design.
///
///     β ← β + t (XᵀWX)⁻¹ Xᵀ ∂ℓ/∂η      halved until ℓ gains
///
/// Iterations start from least squares on the linked outcomes. Counts that are all zero in a cell have no
/// maximum; they are found by ``Separation`` when the climb does not end.
///
/// Reference: McCullagh and Nelder (1989),
/// *Generalized Linear Models*, 2nd edition, section 2.5.
public struct GeneralizedLinearSolver: Hashable, Sendable {
  /// The score that counts as zero, relative to its size in the data.
  public var scoreTolerance = 1e-10
  /// The number of steps after which to stop.
  public var iterationLimit = 30

  /// Creates a solver with the default settings.
  public init() {}

  /// Fits the coefficients.
  ///
  /// - Throws: ``FitError`` if the outcomes do not fit `x`, or if columns are collinear.
  /// - Complexity: O(*n p*² + *p*³) per iteration; least squares takes one or two.
  public func fit(
    _ x: some DesignMatrix, _ outcomes: FamilyOutcomes
  ) throws(FitError) -> GeneralizedLinearFit {
    let (family, y, w) = (outcomes.family, outcomes.values, outcomes.weights)
    guard x.rowCount == y.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: y.count)
    }
    let p = x.columnCount
    guard outcomes.sessionCount > Double(p) else {
      throw .tooFewRows(rows: Int(outcomes.sessionCount), columns: p)
    }
    // Least squares has the units of the outcome: it is solved in units of their root mean square.
    let scale = family == .normal ? Self.rootMeanSquare(outcomes) : 1
    let offset = outcomes.offset
    let surface = LikelihoodSurface(sessions: outcomes.sessionCount) { beta in
      let sums = x.newtonSums(at: beta) { rows, predictor, weights, residuals in
        var value = 0.0
        for (index, row) in rows.enumerated() {
          let count = w?[row] ?? 1
          let eta = predictor[index] + (offset?[row] ?? 0) / scale
          let term = family.terms(y[row] / scale, eta)
          weights[index] = count * term.information
          residuals[index] = count * term.score
          value += count * term.value
        }
        return value
      }
      guard sums.value.isFinite, sums.score.allSatisfy(\.isFinite),
        let information = sums.information
      else { return nil }
      return .init(value: sums.value, score: sums.score, information: information)
    }
    let climb = try surface.climb(
      from: start(x, outcomes, scale: scale), scoreTolerance: scoreTolerance,
      iterationLimit: iterationLimit)
    var status = climb.status
    if family == .poisson, status != .converged {
      let separation = try Separation(ofCounts: y, weights: w, x)
      if separation.kind != .none { status = .separated(columns: separation.columns) }
    }
    let coefficients = climb.point.map { $0 * scale }
    let eta = x.multiplied(by: coefficients)
    var (deviance, pearson) = (0.0, 0.0)
    for row in eta.indices {
      let mu = family.mean(eta[row] + (offset?[row] ?? 0))
      let count = w?[row] ?? 1
      deviance += count * family.deviance(y[row], mu)
      pearson += count * (y[row] - mu) * (y[row] - mu) / family.variance(mu)
    }
    return GeneralizedLinearFit(
      family: family, coefficients: coefficients, deviance: deviance,
      dispersion: family.hasDispersion ? pearson / (outcomes.sessionCount - Double(p)) : 1,
      information: climb.derivatives.information, iterations: climb.iterations,
      status: status)
  }

  private static func rootMeanSquare(_ outcomes: FamilyOutcomes) -> Double {
    let greatest = outcomes.values.reduce(0) { max($0, abs($1)) }
    guard greatest > 0 else { return 1 }
    let sum = outcomes.values.indices.reduce(0) { sum, row in
      let part = outcomes.values[row] / greatest
      return sum + (outcomes.weights?[row] ?? 1) * part * part
    }
    return sum > 0 ? greatest * (sum / outcomes.sessionCount).squareRoot() : 1
  }

  /// Weighted least squares on the linked outcomes.
  private func start(
    _ x: some DesignMatrix, _ outcomes: FamilyOutcomes, scale: Double
  ) throws(FitError) -> [Double] {
    let guesses = outcomes.values.map { outcomes.family.guess($0 / scale) }
    let weights = guesses.indices.map { (outcomes.weights?[$0] ?? 1) * guesses[$0].weight }
    let gram = x.weightedGram(weights)
    guard let column = (0..<x.columnCount).first(where: { !gram[$0, $0].isFinite }) else {
      guard let factor = Cholesky(gram) else { throw .singularInformation(iteration: 0) }
      return factor.solve(
        x.transposeMultiplied(
          by: guesses.indices.map {
            weights[$0] * (guesses[$0].eta - (outcomes.offset?[$0] ?? 0) / scale)
          }))
    }
    throw .columnNotFinite(column: column)
  }
}
