import Inference
import LinearAlgebra
import Segments
import TestSupport
import Testing

@Suite struct LogisticFitTests {
  /// R's `glm`, to the eight digits that its own iterations settle.
  @Test(arguments: RegressionCase.allCases)
  func agreesWithR(_ example: RegressionCase) throws {
    let (design, likelihood) = try example.model()
    let reference = try example.reference()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let covariance = try fit.modelCovariance()
    #expect(fit.status == .converged)
    #expect(reference.coef.count == design.names.count)
    for (column, name) in design.names.enumerated() {
      let wald = try #require(fit.wald(coefficient: column, covariance: covariance))
      #expect(relativeError(wald.estimate, try #require(reference.coef[name])) < 1e-8)
      #expect(relativeError(wald.standardError, try #require(reference.se[name])) < 1e-8)
      if let p = reference.p?[name] { #expect(relativeError(wald.pValue(), p) < 1e-7) }
      if let ends = reference.waldInterval?[name] {
        let interval = wald.interval()
        #expect(relativeError(interval.lower, ends[0]) < 1e-7)
        #expect(relativeError(interval.upper, ends[1]) < 1e-7)
      }
    }
    #expect(relativeError(likelihood.deviance(of: fit.logLikelihood), reference.deviance) < 1e-9)
    if let expected = reference.logLikelihood {
      #expect(relativeError(fit.logLikelihood, expected) < 1e-9)
    }
    let null = try NewtonSolver().fit(
      CategoricalMatrix.intercept(rows: likelihood.outcomes.count), likelihood)
    #expect(
      relativeError(likelihood.deviance(of: null.logLikelihood), reference.nullDeviance) < 1e-9)
  }

  // R 4.2.2, sandwich::vcovHC on glm(GRADE ~ GPA + TUCE + PSI), types HC0 and HC1.
  static let sandwiches: [(SandwichCorrection, [Double])] = [
    (.hc0, [5.19758541009393, 1.2675459819973, 0.117922267743554, 0.964419209607853]),
    (.hc1, [5.5564525265905, 1.35506365331884, 0.126064206905086, 1.03100750273598]),
  ]

  @Test(arguments: sandwiches)
  func robustErrorsAgreeWithR(_ correction: SandwichCorrection, _ expected: [Double]) throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let covariance = try fit.robustCovariance(correction, of: design.matrix, likelihood)
    for column in 0..<4 {
      #expect(
        relativeError(covariance[column, column].squareRoot(), expected[column]) < 1e-7)
    }
  }

  @Test func clustersOfOneSessionGiveTheHC0Covariance() throws {
    let (design, likelihood) = try RegressionCase.birthwt.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let rows = likelihood.outcomes.count
    let alone = try fit.clusterCovariance(
      by: (0..<rows).map { UInt64($0 * 7_919 % rows) }, of: design.matrix, likelihood)
    let robust = try fit.robustCovariance(.hc0, of: design.matrix, likelihood)
    for index in alone.elements.indices {
      #expect(abs(alone.elements[index] - robust.elements[index]) < 1e-10)
    }
  }

  /// Each session written twice: the clustered covariance is that of single sessions.
  @Test func clustersSeeThroughRepeatedSessions() throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let once = try NewtonSolver().fit(design.matrix, likelihood)
    let expected = try once.robustCovariance(.hc0, of: design.matrix, likelihood)

    let table = try CSVTable(reference: "spector.csv")
    var twice = NamedDesign(rows: 64)
    for name in ["GPA", "TUCE", "PSI"] {
      let column = try table.numbers(name)
      twice.add(name, column + column)
    }
    let outcomes = try LogisticLikelihood(likelihood.outcomes + likelihood.outcomes)
    let fit = try NewtonSolver().fit(twice.matrix, outcomes)
    let customers = (0..<64).map { UInt64($0 % 32) }
    let covariance = try fit.clusterCovariance(by: customers, of: twice.matrix, outcomes)
    for index in covariance.elements.indices {
      #expect(relativeError(covariance.elements[index], expected.elements[index]) < 1e-8)
    }
  }

  @Test func aWeightStandsForEqualSessions() throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let weights = likelihood.outcomes.indices.map { Double($0 % 3) }
    let weighted = try LogisticLikelihood(likelihood.outcomes, weights: weights)
    let fit = try NewtonSolver().fit(design.matrix, weighted)

    let table = try CSVTable(reference: "spector.csv")
    let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    var written = NamedDesign(rows: rows.count)
    for name in ["GPA", "TUCE", "PSI"] {
      let column = try table.numbers(name)
      written.add(name, rows.map { column[$0] })
    }
    let outcomes = try LogisticLikelihood(rows.map { likelihood.outcomes[$0] })
    let expected = try NewtonSolver().fit(written.matrix, outcomes)
    let (model, expectedModel) = (try fit.modelCovariance(), try expected.modelCovariance())
    let robust = try fit.robustCovariance(.hc1, of: design.matrix, weighted)
    let expectedRobust = try expected.robustCovariance(.hc1, of: written.matrix, outcomes)
    for column in 0..<4 {
      #expect(relativeError(fit.coefficients[column], expected.coefficients[column]) < 1e-9)
      #expect(relativeError(model[column, column], expectedModel[column, column]) < 1e-9)
      #expect(relativeError(robust[column, column], expectedRobust[column, column]) < 1e-9)
    }
  }

  /// A contrast of two coefficients is the coefficient of the design written the other way.
  @Test func aContrastIsACoefficientOfAnotherCoding() throws {
    let table = try CSVTable(reference: "birthwt.csv")
    let codes = try table.codes("race", ["white", "black", "other"])
    let likelihood = try LogisticLikelihood(table.numbers("low"))
    let fits = try [0, 1].map { reference in
      try NewtonSolver().fit(
        HorizontalMatrix([
          .categorical(.intercept(rows: codes.count)),
          .categorical(CategoricalMatrix(codes: codes, levelCount: 3, reference: reference)),
        ]), likelihood)
    }
    let contrast = try #require(
      fits[0].wald(contrast: [0, -1, 1], covariance: fits[0].modelCovariance()))
    let coefficient = try #require(
      fits[1].wald(coefficient: 2, covariance: fits[1].modelCovariance()))
    #expect(relativeError(contrast.estimate, coefficient.estimate) < 1e-9)
    #expect(relativeError(contrast.standardError, coefficient.standardError) < 1e-9)
  }
}
