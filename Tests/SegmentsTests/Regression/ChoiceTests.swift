import LinearAlgebra
import Segments
import TestSupport
import Testing

/// Multinomial, ordinal and conditional regressions against nnet, MASS, survival and special cases.
@Suite struct ChoiceTests {
  /// nnet's optimiser stops at some 1e-6 of a coefficient.
  @Test func theMultinomialModelAgreesWithNnet() throws {
    let table = try CSVTable(reference: "birthwt.csv")
    let classes = try table.codes("race", ["white", "black", "other"])
    let x = DenseMatrix(
      columns: [Array(repeating: 1, count: classes.count)]
        + (try ["age", "lwt", "smoke"].map(table.numbers)))
    let fit = try MultinomialRegression(x, classes: classes, classCount: 3)
    let reference = try RegressionReference.value("multinomial")
    #expect(fit.status == .converged)
    #expect(try relativeError(fit.logLikelihood, reference.value("loglik").number()) < 1e-9)
    let errors = standardErrors(try fit.modelCovariance())
    for (k, coefficients) in fit.coefficients.enumerated() {
      let expected = try reference.value("coef").list()[k].numbers()
      let expectedErrors = try reference.value("se").list()[k].numbers()
      for column in 0..<4 {
        #expect(relativeError(coefficients[column], expected[column]) < 1e-4)
        #expect(relativeError(errors[4 * k + column], expectedErrors[column]) < 1e-5)
      }
    }
    let probabilities = fit.probabilities(of: x)
    for k in 0..<3 {
      let sum = probabilities.reduce(0) { $0 + $1[k] }
      #expect(abs(sum - Double(classes.count { $0 == Int32(k) })) < 1e-7)
    }
  }

  @Test func theOrdinalModelAgreesWithPolr() throws {
    let table = try CSVTable(reference: "fair.csv")
    let classes = try table.numbers("rate_marriage").map { Int32($0) - 1 }
    let x = DenseMatrix(columns: try ["age", "yrs_married", "religious"].map(table.numbers))
    let fit = try ProportionalOddsRegression(x, classes: classes, classCount: 5)
    let reference = try RegressionReference.value("ordinal")
    #expect(fit.status == .converged)
    #expect(try relativeError(fit.logLikelihood, reference.value("loglik").number()) < 1e-9)
    let found = fit.coefficients + fit.cutpoints
    let expected = try reference.value("coef").numbers() + reference.value("cuts").numbers()
    let errors = standardErrors(try fit.modelCovariance())
    for (index, error) in try reference.value("se").numbers().enumerated() {
      #expect(abs(found[index] - expected[index]) < 1e-7 * error)
      #expect(relativeError(errors[index], error) < 1e-7)
    }
  }

  @Test func theConditionalModelAgreesWithClogit() throws {
    let (x, likelihood, ages) = try RegressionReference.birthwt()
    let design = DenseMatrix(columns: (1...3).map(x.column))
    let fit = try ConditionalLogisticRegression(design, likelihood.outcomes, strata: ages)
    let reference = try RegressionReference.value("conditional")
    #expect(fit.status == .converged)
    let logs = try reference.value("loglik").numbers()
    #expect(relativeError(fit.nullLogLikelihood, logs[0]) < 1e-10)
    #expect(relativeError(fit.logLikelihood, logs[1]) < 1e-10)
    #expect(relativeError(fit.likelihoodRatioTest.statistic, 2 * (logs[1] - logs[0])) < 1e-9)
    let errors = standardErrors(try fit.modelCovariance())
    let (coefficients, expectedErrors) = (
      try reference.value("coef").numbers(), try reference.value("se").numbers()
    )
    for column in 0..<3 {
      #expect(relativeError(fit.coefficients[column], coefficients[column]) < 1e-8)
      #expect(relativeError(errors[column], expectedErrors[column]) < 1e-8)
    }
  }

  /// Of two classes both are the ordinary regression.
  @Test func twoClassesAreAnOrdinaryRegression() throws {
    let (x, likelihood, _) = try RegressionReference.birthwt()
    let classes = likelihood.outcomes.map { Int32($0) }
    let weights = classes.indices.map { Double(1 + $0 % 3) }
    let weighted = try LogisticLikelihood(likelihood.outcomes, weights: weights)
    let expected = try NewtonSolver().fit(x, weighted)
    let errors = standardErrors(try expected.modelCovariance())

    let multinomial = try MultinomialRegression(
      x, classes: classes, classCount: 2, weights: weights)
    let ordinal = try ProportionalOddsRegression(
      DenseMatrix(columns: (1...3).map(x.column)), classes: classes, classCount: 2,
      weights: weights)
    let ordinalErrors = standardErrors(try ordinal.modelCovariance())
    for column in 0..<4 {
      #expect(abs(multinomial.coefficients[0][column] - expected.coefficients[column]) < 1e-9)
      #expect(
        relativeError(standardErrors(try multinomial.modelCovariance())[column], errors[column])
          < 1e-8)
      let (found, error) =
        column == 0
        ? (-ordinal.cutpoints[0], ordinalErrors[3])
        : (ordinal.coefficients[column - 1], ordinalErrors[column - 1])
      #expect(abs(found - expected.coefficients[column]) < 1e-9)
      #expect(relativeError(error, errors[column]) < 1e-8)
    }
    for log in [multinomial.logLikelihood, ordinal.logLikelihood] {
      #expect(relativeError(log, expected.logLikelihood) < 1e-10)
    }
  }

  /// Of two classes the tests of a column are those of the ordinary regression; that of all columns of a
  /// conditional one is its own.
  @Test func likelihoodRatiosAreThoseOfAnOrdinaryRegression() throws {
    let (x, likelihood, ages) = try RegressionReference.birthwt()
    let classes = likelihood.outcomes.map { Int32($0) }
    let fewer = DenseMatrix(columns: (0...2).map(x.column))
    let expected = try LikelihoodRatioTest(
      full: NewtonSolver().fit(x, likelihood), reduced: NewtonSolver().fit(fewer, likelihood))
    let slopes = DenseMatrix(columns: (1...3).map(x.column))
    let fewerSlopes = DenseMatrix(columns: (1...2).map(x.column))
    let tests = [
      try LikelihoodRatioTest(
        full: MultinomialRegression(x, classes: classes, classCount: 2),
        reduced: MultinomialRegression(fewer, classes: classes, classCount: 2)),
      try LikelihoodRatioTest(
        full: ProportionalOddsRegression(slopes, classes: classes, classCount: 2),
        reduced: ProportionalOddsRegression(fewerSlopes, classes: classes, classCount: 2)),
    ]
    for test in tests {
      #expect(relativeError(test.statistic, expected.statistic) < 1e-9)
      #expect(test.degreesOfFreedom == 1)
      #expect(relativeError(test.pValue, expected.pValue) < 1e-8)
    }
    let full = try ConditionalLogisticRegression(slopes, likelihood.outcomes, strata: ages)
    let reduced = try ConditionalLogisticRegression(
      fewerSlopes, likelihood.outcomes, strata: ages)
    let step = try LikelihoodRatioTest(full: full, reduced: reduced)
    let sum = step.statistic + reduced.likelihoodRatioTest.statistic
    #expect(relativeError(sum, full.likelihoodRatioTest.statistic) < 1e-10)
    #expect(step.degreesOfFreedom == 1 && step.statistic > 0.01)
  }

  /// Pairs of one saved and one lost session are a regression on their differences without an intercept.
  @Test func pairsAreARegressionOnDifferences() throws {
    let saved: [[Double]] = [[1, 2, 4, 2, 7, 1], [0, 1, 1, 0, 1, 0]]
    let lost: [[Double]] = [[2, 1, 1, 3, 2, 5], [1, 0, 1, 1, 0, 0]]
    let differences = DenseMatrix(columns: zip(saved, lost).map { zip($0, $1).map { $0 - $1 } })
    let expected = try NewtonSolver().fit(differences, Array(repeating: 1, count: 6))
    let fit = try ConditionalLogisticRegression(
      DenseMatrix(columns: zip(saved, lost).map { $0 + $1 }),
      Array(repeating: 1, count: 6) + Array(repeating: 0, count: 6),
      strata: (0..<12).map { UInt64($0 % 6) })
    #expect(expected.status == .converged && fit.informativeStrata == 6)
    for column in 0..<2 {
      #expect(abs(fit.coefficients[column] - expected.coefficients[column]) < 1e-9)
    }
    #expect(relativeError(fit.logLikelihood, expected.logLikelihood) < 1e-10)
  }

  /// One large stratum: conditioning hardly matters, and the polynomial's size is kept in range.
  @Test func aLargeStratumStaysInRange() throws {
    let x = (0..<3_000).map { Double($0 % 10) }
    let outcomes = (0..<3_000).map { row -> Double in row % 7 < 2 || row % 10 > 7 ? 1 : 0 }
    let conditional = try ConditionalLogisticRegression(
      DenseMatrix(columns: [x]), outcomes, strata: Array(repeating: 1, count: 3_000))
    let whole = try NewtonSolver().fit(SeparationTests.line(x), outcomes)
    #expect(conditional.status == .converged)
    #expect(abs(conditional.coefficients[0] / whole.coefficients[1] - 1) < 1e-3)
  }

  @Test func choicesThatCannotBeFittedAreRefused() throws {
    let x = DenseMatrix(columns: [[1, 2, 3, 4]])
    #expect(throws: FitError.emptyClass(1)) {
      try MultinomialRegression(x, classes: [0, 2, 0, 2], classCount: 3)
    }
    #expect(throws: FitError.outcomeOutOfRange(row: 3)) {
      try ProportionalOddsRegression(x, classes: [0, 1, 0, 2], classCount: 2)
    }
    #expect(throws: FitError.lengthMismatch(rows: 4, outcomes: 1)) {
      try ProportionalOddsRegression(x, classes: [0], classCount: 2)
    }
    #expect(throws: FitError.nothingToTest) {
      try ConditionalLogisticRegression(x, [1, 1, 0, 0], strata: [1, 1, 2, 2])
    }
    let line = DenseMatrix(columns: [[1, 1, 1, 1], [1, 2, 3, 4]])
    let separated = try MultinomialRegression(line, classes: [0, 0, 1, 1], classCount: 2)
    #expect(separated.status != .converged)
    #expect(throws: FitError.notConverged(separated.status)) { try separated.modelCovariance() }
  }
}
