internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Cox's recalibration of predictions: the line of the log-odds of outcomes on those promised.
///
///     logit P(y = 1) = a + b logit p
///
/// Calibrated predictions have intercept 0 and slope 1. A slope below one says that they are too extreme,
/// as those of an overfitted model on new rows; an intercept below zero at slope one that they are too
/// high throughout.
///
/// References: Cox (1958), *Biometrika* 45, 562–565; Van Calster and others (2019), *BMC Medicine* 17, 230.
public struct CalibrationLine: Hashable, Sendable {
  /// The intercept `a`, against zero.
  public let intercept: WaldTest
  /// The slope `b`, against one.
  public let slope: WaldTest
  /// Calibration in the large: the intercept at slope one, against zero.
  public let inTheLarge: WaldTest
  /// The test of intercept zero and slope one together.
  public let test: LikelihoodRatioTest

  /// Fits the line.
  ///
  /// - Throws: `predictionOutOfRange` at a prediction of 0 or 1, `outcomesAllAlike`, `notConverged` if the
  ///   predictions separate the outcomes, `singularInformation` if all predictions are equal.
  /// - Complexity: O(*n*) for each of some six steps.
  public init(_ predictions: Predictions) throws(FitError) {
    let p = predictions.probabilities
    if let row = p.firstIndex(where: { $0 <= 0 || $0 >= 1 }) {
      throw .predictionOutOfRange(row: row)
    }
    let logits = p.map { log($0) - log1p(-$0) }
    let outcomes = predictions.outcomes.map { $0 ? 1.0 : 0 }
    guard outcomes.contains(0), outcomes.contains(1) else { throw .outcomesAllAlike }
    let ones = Array(repeating: 1.0, count: p.count)

    let line = try NewtonSolver().fit(DenseMatrix(columns: [ones, logits]), outcomes)
    let covariance = try line.modelCovariance()
    let shift = try NewtonSolver().fit(
      DenseMatrix(columns: [ones]), LogisticLikelihood(outcomes, offset: logits))
    let shiftError = try shift.modelCovariance()[0, 0].squareRoot()
    guard
      let intercept = line.wald(coefficient: 0, covariance: covariance),
      let slope = WaldTest(
        estimate: line.coefficients[1], standardError: covariance[1, 1].squareRoot(), null: 1),
      let inTheLarge = WaldTest(estimate: shift.coefficients[0], standardError: shiftError)
    else { throw .singularInformation(iteration: line.iterations) }
    (self.intercept, self.slope, self.inTheLarge) = (intercept, slope, inTheLarge)
    let promised = p.indices.reduce(0) { $0 + (outcomes[$1] == 1 ? log(p[$1]) : log1p(-p[$1])) }
    test = LikelihoodRatioTest(
      statistic: 2 * (line.logLikelihood - promised), degreesOfFreedom: 2)
  }
}
