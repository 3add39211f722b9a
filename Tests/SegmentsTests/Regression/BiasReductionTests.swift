import Foundation
import Inference
import LinearAlgebra
import Segments
import TestSupport
import Testing

/// Firth's and the median adjustment against brglm2, firthmodels and closed forms.
@Suite struct BiasReductionTests {
  static let endometrial = Result { () throws -> (NamedDesign, LogisticLikelihood) in
    let table = try CSVTable(reference: "endometrial.csv")
    var design = NamedDesign(rows: try table.texts("NV").count)
    for name in ["NV", "PI", "EH"] { design.add(name, try table.numbers(name)) }
    return (design, try LogisticLikelihood(table.numbers("HG")))
  }

  @Test(arguments: [
    ("endometrial-AS_mean", BiasReduction.mean), ("endometrial-AS_median", .median),
    ("endometrial-MPL_Jeffreys", .mean),
  ])
  func theEndometrialStudyAgreesWithBrglm2(_ id: String, _ reduction: BiasReduction) throws {
    let (design, likelihood) = try Self.endometrial.get()
    let example = try SegmentCases.named(id)
    let fit = try BiasReducedSolver(reduction).fit(design.matrix, likelihood)
    #expect(fit.status == .converged)
    let covariance = try fit.modelCovariance()
    for (column, name) in design.names.enumerated() {
      let wald = try #require(fit.wald(coefficient: column, covariance: covariance))
      for (field, found) in [
        ("coef", wald.estimate), ("se", wald.standardError), ("z", wald.z),
      ] {
        let expected = try example.expected.value(field).value(name).number()
        #expect(relativeError(found, expected) < 1e-6)
      }
    }
    let deviance = try example.expected.value("deviance").number()
    #expect(relativeError(likelihood.deviance(of: fit.logLikelihood), deviance) < 1e-6)
  }

  @Test func penalisedInferenceAgreesWithFirthmodels() throws {
    let (design, likelihood) = try Self.endometrial.get()
    let expected = try SegmentCases.named("endometrial-firth-profile-ci").expected
    let fit = try BiasReducedSolver().fit(design.matrix, likelihood)
    #expect(
      relativeError(
        try #require(fit.penalizedLogLikelihood), try expected.value("penalized_loglik").number())
        < 1e-8)
    for (index, name) in try expected.value("terms").texts().enumerated() {
      let column = try #require(design.names.firstIndex(of: name))
      let ends = try expected.value("profile_ci_95").list()[index].numbers()
      let interval = try fit.profileInterval(coefficient: column, of: design.matrix, likelihood)
      #expect(relativeError(interval.lower, ends[0]) < 1e-4)
      #expect(relativeError(interval.upper, ends[1]) < 1e-4)
      let test = try fit.likelihoodRatioTest(leavingOut: [column], of: design.matrix, likelihood)
      let p = try expected.value("lrt_p").list()[index].number()
      #expect(test.degreesOfFreedom == 1 && relativeError(test.pValue, p) < 1e-4)
    }
  }

  @Test func aSeparatedLineStaysFinite() throws {
    let example = try SegmentCases.named("complete-separation-toy")
    let design = SeparationTests.line(try example.inputs.value("x").numbers())
    let likelihood = try LogisticLikelihood(example.inputs.value("y").numbers())
    let fit = try BiasReducedSolver().fit(design, likelihood)
    let covariance = try fit.modelCovariance()
    for (column, name) in ["(Intercept)", "x"].enumerated() {
      let firth = try example.expected.value("firth").value(name).number()
      let error = try example.expected.value("firth_se").value(name).number()
      #expect(relativeError(fit.coefficients[column], firth) < 1e-6)
      #expect(relativeError(covariance[column, column].squareRoot(), error) < 1e-6)
    }
  }

  @Test(arguments: [(BiasReduction.mean, "mean"), (.median, "median")])
  func groupedDataAgreeWithBrglm2(_ reduction: BiasReduction, _ name: String) throws {
    let (design, likelihood) = try RegressionCase.budworm.model()
    let fit = try BiasReducedSolver(reduction).fit(design.matrix, likelihood)
    let reference = try RegressionReference.value("budworm")
    let errors = standardErrors(try fit.modelCovariance())
    let expected = try reference.value(name).numbers()
    let expectedErrors = try reference.value(name + "_se").numbers()
    for column in 0..<3 {
      #expect(relativeError(fit.coefficients[column], expected[column]) < 1e-8)
      #expect(relativeError(errors[column], expectedErrors[column]) < 1e-8)
    }
  }

  /// Two groups: Firth's odds are those with half a session added to each cell (Haldane, Anscombe).
  @Test(arguments: [[(3.0, 40.0), (9, 31)], [(0, 12), (250, 990)], [(5, 5), (0, 7)]])
  func twoGroupsAreHaldanesOdds(_ groups: [(saved: Double, all: Double)]) throws {
    let design = Self.saturated
    let likelihood = try LogisticLikelihood(
      groups.map { $0.saved / $0.all }, weights: groups.map(\.all))
    let fit = try BiasReducedSolver().fit(design, likelihood)
    let logits = groups.map { log(($0.saved + 0.5) / ($0.all - $0.saved + 0.5)) }
    #expect(abs(fit.coefficients[0] - logits[0]) < 1e-8)
    #expect(abs(fit.coefficients[1] - (logits[1] - logits[0])) < 1e-8)
  }

  static let saturated = HorizontalMatrix([
    .categorical(.intercept(rows: 2)),
    .categorical(CategoricalMatrix(codes: [0, 1], levelCount: 2)),
  ])

  /// Rows counted into cells give the fit of the rows themselves, under both adjustments.
  @Test(arguments: BiasReduction.allCases)
  func aWeightStandsForEqualSessions(_ reduction: BiasReduction) throws {
    let (saved, all) = ([1, 4, 9, 13, 18, 20.0], Array(repeating: 20.0, count: 6))
    let dose = (0..<6).map(Double.init)
    let grouped = try BiasReducedSolver(reduction).fit(
      SeparationTests.line(dose), LogisticLikelihood(zip(saved, all).map { $0 / $1 }, weights: all))
    let rows = (0..<6).flatMap { cell in (0..<20).map { (cell, Double($0) < saved[cell]) } }
    let single = try BiasReducedSolver(reduction).fit(
      SeparationTests.line(rows.map { dose[$0.0] }), LogisticLikelihood(rows.map { $0.1 ? 1 : 0 }))
    for column in 0..<2 {
      #expect(abs(grouped.coefficients[column] - single.coefficients[column]) < 1e-8)
    }
    #expect(relativeError(grouped.logLikelihood, single.logLikelihood) < 1e-9)
  }
}
