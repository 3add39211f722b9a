import Foundation
import Inference
import LinearAlgebra
import Segments
import TestSupport
import Testing

/// The fits, tests and the ill-conditioned system of `segments.json`, from formulas.
@Suite struct LogisticCaseTests {
  static func model(_ id: String) throws -> FormulaCase {
    let formula = try SegmentCases.named(id).inputs["formula"]?.text() ?? ""
    switch id {
    case "spector-logit", "spector-statsmodels":
      return try FormulaCase("GRADE ~ GPA + TUCE + PSI", "spector.csv") { try $0.numbers("GRADE") }
    case "fair-logit":
      return try FormulaCase(formula, "fair.csv") {
        try $0.numbers("affairs").map { $0 > 0 ? 1 : 0 }
      }
    case "birthwt-logit":
      return try FormulaCase(formula, "birthwt.csv") { try $0.numbers("low") }
    default:
      // R's two columns of a count are a share and a weight.
      let trials = try CSVTable(reference: "budworm.csv").numbers("n")
      let terms = formula.split(separator: "~")[1]
      return try FormulaCase(
        String(terms), "budworm.csv",
        outcome: { zip(try $0.numbers("numdead"), trials).map { $0 / $1 } }, weights: trials)
    }
  }

  @Test(arguments: ["spector-logit", "fair-logit", "birthwt-logit", "budworm-grouped"])
  func summariesAgreeWithR(_ id: String) throws {
    let example = try SegmentCases.named(id)
    let summary = try Self.model(id).summary()
    try Self.expect(summary, example)
    let expected = example.expected
    let tolerance = try example.relativeTolerance()
    for (value, name) in [(summary.aic, "aic"), (summary.logLikelihood, "loglik")] {
      #expect(relativeError(value, try expected.value(name).number()) < tolerance, "\(name)")
    }
    let z = try expected.value("z").numbersByName()
    let p = try expected.value("p").numbersByName()
    for coefficient in summary.coefficients {
      let (name, wald) = (coefficient.name, coefficient.wald)
      #expect(relativeError(wald.z, try #require(z[name])) < tolerance, "\(name)")
      // A relative error of z is one of z² in the logarithm of p.
      #expect(
        relativeError(wald.pValue(), try #require(p[name])) < tolerance * 2
          * max(1, wald.z * wald.z))
      guard let ends = try expected["wald_ci_95"]?.value(name).numbers() else { continue }
      let interval = wald.interval()
      let width = interval.upper - interval.lower
      #expect(abs(interval.lower - ends[0]) < tolerance * width)
      #expect(abs(interval.upper - ends[1]) < tolerance * width)
    }
  }

  /// Coefficients, standard errors and deviances.
  static func expect(_ summary: LogisticSummary, _ example: SegmentCases.Case) throws {
    let tolerance = try example.relativeTolerance()
    let coef = try example.expected.value("coef").numbersByName()
    let se = try example.expected.value("se").numbersByName()
    #expect(Set(summary.coefficients.map(\.name)) == Set(coef.keys))
    for coefficient in summary.coefficients {
      let (name, wald) = (coefficient.name, coefficient.wald)
      #expect(relativeError(wald.estimate, try #require(coef[name])) < tolerance, "\(name)")
      #expect(relativeError(wald.standardError, try #require(se[name])) < tolerance, "\(name)")
    }
    for (value, name) in [(summary.deviance, "deviance"), (summary.nullDeviance, "null_deviance")] {
      #expect(relativeError(value, try example.expected.value(name).number()) < tolerance)
    }
  }

  @Test func spectorAgreesWithStatsmodels() throws {
    let example = try SegmentCases.named("spector-statsmodels")
    let (expected, tolerance) = (example.expected, try example.relativeTolerance())
    let summary = try Self.model(example.id).summary()
    let values = [
      "llf": summary.logLikelihood, "llnull": summary.nullLogLikelihood,
      "mcfadden": try #require(summary.pseudoRSquared),
      "llr_p": try #require(summary.likelihoodRatio).pValue, "aic": summary.aic, "bic": summary.bic,
    ]
    for (name, value) in values {
      #expect(relativeError(value, try expected.value(name).number()) < tolerance, "\(name)")
    }
    let params = try expected.value("params").numbersByName()
    let errors = try expected.value("bse").numbersByName()
    for coefficient in summary.coefficients {
      let name = coefficient.name == "(Intercept)" ? "const" : coefficient.name
      #expect(relativeError(coefficient.wald.estimate, try #require(params[name])) < tolerance)
      #expect(relativeError(coefficient.wald.standardError, try #require(errors[name])) < tolerance)
    }
  }

  @Test func theInteractionOfSmokingAndRaceAgreesWithR() throws {
    let example = try SegmentCases.named("birthwt-heterogeneity-lrt")
    let fits = try ["full", "reduced"].map { name in
      try FormulaCase(try example.inputs.value(name).text(), "birthwt.csv") {
        try $0.numbers("low")
      }
      .fit()
    }
    let test = try LikelihoodRatioTest(full: fits[0], reduced: fits[1])
    let tolerance = try example.relativeTolerance()
    #expect(
      relativeError(test.statistic, try example.expected.value("lr_chisq").number()) < tolerance)
    #expect(relativeError(test.pValue, try example.expected.value("p").number()) < tolerance)
    #expect(Double(test.degreesOfFreedom) == (try example.expected.value("df").number()))
  }

  @Test func longleyIsFittedThroughItsConditionNumber() throws {
    let example = try SegmentCases.named("nist-longley")
    let table = try CSVTable(reference: "longley.csv")
    let formula = try Formula(
      "Employed ~ GNP.deflator + GNP + Unemployed + Armed.Forces + Population + Year")
    let covariates = try FormulaCase.covariates(table)
    let design = try FormulaDesign(formula, over: covariates)
    let outcomes = try formula.outcomes(in: covariates)
    var x = Matrix(rows: outcomes.count, columns: design.names.count)
    for (column, values) in FormulaDesignTests.columns(design).enumerated() {
      for (row, value) in values.enumerated() { x[row, column] = value }
    }
    let fit = try #require(QRFactorization(x)).leastSquares(outcomes)
    let tolerance = try example.relativeTolerance()
    let expected = try example.expected.value("coef").numbersByName()
    for (name, value) in zip(design.names, fit) {
      #expect(relativeError(value, try #require(expected[name])) < tolerance, "\(name)")
    }
    let residuals = zip(outcomes, x.multiplied(by: fit)).map { $0 - $1 }
    let deviation = (residuals.reduce(0) { $0 + $1 * $1 } / Double(outcomes.count - fit.count))
      .squareRoot()
    #expect(
      relativeError(deviation, try example.expected.value("residual_sd").number()) < tolerance)
    #expect(
      relativeError(x.conditionNumber, try example.expected.value("kappa").number()) < tolerance)
  }
}

@Suite(.enabled(if: Hillstrom.isPresent, "HOLDFAST_DATASETS has no hillstrom/hillstrom.csv.gz"))
struct HillstromRegressionTests {
  static let full =
    "segment * (mens + womens + newbie) + recency + log(history) + zip_code + channel"
  static let reduced =
    "segment + mens + womens + newbie + recency + log(history) + zip_code + channel"

  @Test func theInteractionModelAgreesWithR() throws {
    let table = try Hillstrom.covariates()
    let example = try SegmentCases.named("hillstrom-interaction-logit")
    let model = try FormulaCase(Self.full, over: table, Hillstrom.visits())
    let fit = try model.fit()
    try LogisticCaseTests.expect(
      LogisticSummary(fit, names: model.design.names, model.likelihood), example)

    let without = try FormulaCase(Self.reduced, over: table, Hillstrom.visits()).fit()
    let ratio = try SegmentCases.named("hillstrom-heterogeneity-lrt")
    let test = try LikelihoodRatioTest(full: fit, reduced: without)
    let tolerance = try ratio.relativeTolerance()
    #expect(relativeError(test.statistic, try ratio.expected.value("lr").number()) < tolerance)
    #expect(Double(test.degreesOfFreedom) == (try ratio.expected.value("df").number()))
    #expect(relativeError(test.pValue, try ratio.expected.value("p").number()) < tolerance)
  }

  /// Over discrete columns the cells give the fit of the rows, and standard errors and deviance with it.
  @Test func cellsGiveTheFitOfTheRows() throws {
    let formula = "segment * (mens + womens + newbie) + recency + zip_code * channel"
    let (table, visits) = (try Hillstrom.covariates(), try Hillstrom.visits())
    let names = ["segment", "mens", "womens", "newbie", "recency", "zip_code", "channel"]
    let used = table.filter { names.contains($0.name) }
    let cells = DistinctCells(visits, by: used)
    #expect(cells.counts.reduce(0, +) == 64_000)
    let design = try FormulaDesign(Formula(formula), over: cells.rows(of: used))
    let likelihood = try LogisticLikelihood(cells.rows(of: visits), weights: cells.counts)
    let summary = try LogisticSummary(
      NewtonSolver().fit(design.matrix, likelihood), names: design.names, likelihood)
    let expected = try FormulaCase(formula, over: table, visits).summary()
    #expect(summary.coefficients.map(\.name) == expected.coefficients.map(\.name))
    for (cell, row) in zip(summary.coefficients, expected.coefficients) {
      #expect(abs(cell.wald.estimate - row.wald.estimate) < 1e-9 * row.wald.standardError)
      #expect(relativeError(cell.wald.standardError, row.wald.standardError) < 1e-10)
    }
    #expect(relativeError(summary.deviance, expected.deviance) < 1e-12)
    #expect(relativeError(summary.aic, expected.aic) < 1e-12)
  }

  // The women's mail against none: a product with each variable in turn.
  @Test func eachVariablesProductAgreesWithR() throws {
    let example = try SegmentCases.named("hillstrom-womens-per-variable")
    let (table, visits) = (try Hillstrom.covariates(), try Hillstrom.visits())
    guard case .category(let arms, _) = table[0].column else { return }
    let rows = arms.indices.filter { arms[$0] != 1 }
    let pair = table.map { Hillstrom.rows(rows, of: $0) }
    let outcomes = rows.map { visits[$0] }
    let tests = try ["mens", "womens", "newbie", "zip_code", "channel"].map { name in
      try LikelihoodRatioTest(
        full: FormulaCase("segment * \(name)", over: pair, outcomes).fit(),
        reduced: FormulaCase("segment + \(name)", over: pair, outcomes).fit())
    }
    let tolerance = try example.relativeTolerance()
    let p = tests.map { Optional($0.pValue) }
    let adjusted = [
      "bh": Multiplicity.benjaminiHochberg(p), "by": Multiplicity.benjaminiYekutieli(p),
    ]
    for (index, expected) in try example.expected.list().enumerated() {
      #expect(relativeError(tests[index].statistic, try expected.value("lr").number()) < tolerance)
      #expect(Double(tests[index].degreesOfFreedom) == (try expected.value("df").number()))
      #expect(relativeError(tests[index].pValue, try expected.value("p").number()) < tolerance)
      for (name, values) in adjusted {
        let value = try #require(values[index])
        #expect(relativeError(value, try expected.value(name).number()) < tolerance)
      }
    }
  }
}
