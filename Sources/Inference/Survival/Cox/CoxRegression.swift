internal import LinearAlgebra

/// Cox's proportional hazards regression, by Newton's method.
///
///     λ(t | x) = λ₀(t) exp(βᵀx)
///
/// The baseline hazard `λ₀`, one for each stratum, is left free; `β` maximises the partial likelihood.
/// Each step reads the rows once, from the longest watch to the shortest.
///
/// References: Cox (1972), *JRSS B* 34, 187–220; Therneau and Grambsch (2000), *Modeling Survival
/// Data*, section 3.1.
public struct CoxRegression: Hashable, Sendable {
  /// How events at one time share a risk set.
  public var ties = CoxTies.efron
  /// The Newton decrement `UᵀI⁻¹U` below which the next step is the last.
  public var decrementTolerance = 1e-11
  /// The number of Newton steps after which to stop.
  public var iterationLimit = 50

  /// Creates a regression with the default settings.
  public init() {}

  /// Fits the coefficients, from zero.
  ///
  /// - Throws: `collinear` if more than one set of coefficients fits alike: a covariate is constant in
  ///   every risk set, say.
  /// - Complexity: O(*n p*² + *p*³) a step for *n* rows and *p* covariates; five or six steps, as a rule.
  public func fit(_ data: CoxData) throws(InferenceError) -> CoxFit {
    let likelihood = CoxLikelihood(data: data, ties: ties)
    var beta = Array(repeating: 0.0, count: data.columnCount)
    var (value, score, information) = likelihood.derivatives(at: beta)
    guard var factor = Cholesky(information) else { throw .collinear }
    let start = (value, information, dot(score, factor.solve(score)))
    var status = CoxFit.Status.iterationLimit
    var iteration = 0
    while iteration < iterationLimit {
      let step = factor.solve(score)
      let isLast = dot(step, score) < decrementTolerance
      // Halve the step until the likelihood does not fall; it is concave, so that this ends.
      var length = 1.0
      var next = moved(beta, by: step, times: length)
      var trial = likelihood.derivatives(at: next)
      while !(trial.logLikelihood >= value - 1e-12 * abs(value)), length > 1e-10 {
        length /= 2
        next = moved(beta, by: step, times: length)
        trial = likelihood.derivatives(at: next)
      }
      guard let nextFactor = Cholesky(trial.information) else {
        status = .monotone
        break
      }
      (beta, factor) = (next, nextFactor)
      (value, score, information) = trial
      iteration += 1
      if isLast {
        status = .converged
        break
      }
    }
    // Where the likelihood rises for ever, so does a coefficient, and its information runs out.
    for column in beta.indices
    where information[column, column] < 1e-8 * start.1[column, column] {
      status = .monotone
    }
    return CoxFit(
      coefficients: beta, covariance: factor.inverse(), information: information, ties: ties,
      logLikelihood: value, nullLogLikelihood: start.0, scoreStatistic: start.2,
      iterations: iteration, status: status)
  }
}

/// The sum of the products of two vectors' elements.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

private func moved(_ point: [Double], by step: [Double], times length: Double) -> [Double] {
  point.indices.map { point[$0] + length * step[$0] }
}
