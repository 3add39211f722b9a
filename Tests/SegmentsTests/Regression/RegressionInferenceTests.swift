import Foundation
import Inference
import LinearAlgebra
import Segments
import TestSupport
import Testing

/// Intervals, robust covariances, joint tests and average effects.
@Suite struct RegressionInferenceTests {
  @Test func profileIntervalsAgreeWithRootsOfTheDeviance() throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    for (column, ends) in try RegressionReference.value("profile_interval").list().enumerated() {
      let interval = try fit.profileInterval(coefficient: column, of: design.matrix, likelihood)
      let expected = try ends.numbers()
      #expect(relativeError(interval.lower, expected[0]) < 1e-7)
      #expect(relativeError(interval.upper, expected[1]) < 1e-7)
    }
  }

  /// MASS::confint.glm interpolates a profile of some ten points. Its ends are off from the roots that R
  /// itself finds by as much as `profile_interpolation`, the distance at which these may be.
  @Test(arguments: [RegressionCase.spector, .birthwt, .budworm])
  func profileIntervalsAgreeWithMASS(_ example: RegressionCase) throws {
    let (design, likelihood) = try example.model()
    let interpolation = try RegressionReference.value("profile_interpolation").number()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let ends = try SegmentCases.named(example.rawValue).expected.value("profile_ci_95")
    for (column, name) in design.names.enumerated() {
      let interval = try fit.profileInterval(coefficient: column, of: design.matrix, likelihood)
      let pair = try ends.value(name).numbers()
      #expect(abs(interval.lower - pair[0]) < interpolation, "\(name)")
      #expect(abs(interval.upper - pair[1]) < interpolation, "\(name)")
    }
  }

  /// At each end of a profile interval the likelihood-ratio test has exactly the level of the interval.
  @Test func theEndsOfAProfileAreWhereItsTestRejects() throws {
    let (design, likelihood, _) = try RegressionReference.birthwt()
    let fit = try NewtonSolver().fit(design, likelihood)
    for level in [0.5, 0.95, 0.999] {
      let interval = try fit.profileInterval(coefficient: 2, level: level, of: design, likelihood)
      for end in [interval.lower, interval.upper] {
        let held = try NewtonSolver().fit(
          DenseMatrix(columns: [0, 1, 3].map(design.column)),
          LogisticLikelihood(likelihood.outcomes, offset: design.column(2).map { $0 * end }))
        let test = try LikelihoodRatioTest(full: fit, reduced: held)
        #expect(relativeError(test.pValue, 1 - level) < 1e-6)
      }
    }
  }

  @Test func scoreIntervalsAgreeWithRootsOfRaosTest() throws {
    let (design, likelihood, _) = try RegressionReference.birthwt()
    let fit = try NewtonSolver().fit(design, likelihood)
    for (column, ends) in try RegressionReference.value("score_interval").list().enumerated() {
      let interval = try fit.scoreInterval(coefficient: column, of: design, likelihood)
      let expected = try ends.numbers()
      #expect(relativeError(interval.lower, expected[0]) < 1e-7)
      #expect(relativeError(interval.upper, expected[1]) < 1e-7)
    }
  }

  /// For an intercept alone it is Wilson's interval: of 7 in 20 (0.18120, 0.56713).
  @Test func theScoreIntervalOfAnInterceptIsWilsons() throws {
    let likelihood = try LogisticLikelihood([7.0 / 20], weights: [20])
    let x = CategoricalMatrix.intercept(rows: 1)
    let interval = try NewtonSolver().fit(x, likelihood)
      .scoreInterval(coefficient: 0, of: x, likelihood)
    let wilson = WilsonInterval().proportion(Tally(successes: 7, trials: 20))
    #expect(abs(1 / (1 + exp(-interval.lower)) - wilson.lower) < 1e-8)
    #expect(abs(1 / (1 + exp(-interval.upper)) - wilson.upper) < 1e-8)
  }

  @Test func robustErrorsAgreeWithTheSandwichPackage() throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let example = try SegmentCases.named("spector-robust-se")
    let names: [SandwichCorrection: String] = [.hc0: "HC0", .hc1: "HC1", .hc2: "HC2", .hc3: "HC3"]
    for correction in SandwichCorrection.allCases {
      let errors = standardErrors(
        try fit.robustCovariance(correction, of: design.matrix, likelihood))
      let expected = try example.expected.value(try #require(names[correction])).numbersByName()
      for (name, error) in zip(design.names, errors) {
        #expect(try relativeError(error, #require(expected[name])) < example.relativeTolerance())
      }
    }
  }

  @Test(arguments: ClusterCorrection.allCases)
  func clusteredErrorsAgreeWithClubSandwich(_ correction: ClusterCorrection) throws {
    let (design, likelihood, ages) = try RegressionReference.birthwt()
    let fit = try NewtonSolver().fit(design, likelihood)
    let errors = standardErrors(
      try fit.clusterCovariance(correction, by: ages, of: design, likelihood))
    let expected = try RegressionReference.value("cluster").value(correction.rawValue).numbers()
    for (error, reference) in zip(errors, expected) {
      #expect(relativeError(error, reference) < 1e-8)
    }
  }

  /// Customers of one session each: CR2 is HC2 and CR3 is HC3.
  @Test func clustersOfOneSessionAreTheirHC() throws {
    let (design, likelihood, ages) = try RegressionReference.birthwt()
    let fit = try NewtonSolver().fit(design, likelihood)
    let alone = ages.indices.map { UInt64($0) }
    for (cluster, single) in [
      (ClusterCorrection.cr2, SandwichCorrection.hc2), (.cr3, .hc3),
    ] {
      let one = try fit.clusterCovariance(cluster, by: alone, of: design, likelihood)
      let other = try fit.robustCovariance(single, of: design, likelihood)
      for index in one.elements.indices {
        #expect(abs(one.elements[index] - other.elements[index]) < 1e-9)
      }
    }
  }

  /// A row of weight two is two sessions of its customer.
  @Test(arguments: ClusterCorrection.allCases)
  func weightsAreSessionsOfTheirCustomer(_ correction: ClusterCorrection) throws {
    let (design, likelihood, ages) = try RegressionReference.birthwt()
    let weights = ages.indices.map { Double(1 + $0 % 2) }
    let weighted = try LogisticLikelihood(likelihood.outcomes, weights: weights)
    let rows = ages.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    let written = DenseMatrix(columns: (0..<4).map { c in rows.map { design.column(c)[$0] } })
    let single = try LogisticLikelihood(rows.map { likelihood.outcomes[$0] })
    let one = try NewtonSolver().fit(design, weighted)
      .clusterCovariance(correction, by: ages, of: design, weighted)
    let other = try NewtonSolver().fit(written, single)
      .clusterCovariance(correction, by: rows.map { ages[$0] }, of: written, single)
    for (here, there) in zip(standardErrors(one), standardErrors(other)) {
      #expect(relativeError(here, there) < 1e-9)
    }
  }

  /// A row of weight three is three sessions, to the leverage corrections too.
  @Test(arguments: SandwichCorrection.allCases)
  func weightsAreSessionsToEveryCorrection(_ correction: SandwichCorrection) throws {
    let (design, likelihood, _) = try RegressionReference.birthwt()
    let count = design.rowCount
    let weighted = try LogisticLikelihood(
      likelihood.outcomes, weights: Array(repeating: 3, count: count))
    let rows = (0..<(3 * count)).map { $0 % count }
    let written = DenseMatrix(columns: (0..<4).map { c in rows.map { design.column(c)[$0] } })
    let single = try LogisticLikelihood(rows.map { likelihood.outcomes[$0] })
    let one = try NewtonSolver().fit(design, weighted)
      .robustCovariance(correction, of: design, weighted)
    let other = try NewtonSolver().fit(written, single)
      .robustCovariance(correction, of: written, single)
    for (here, there) in zip(standardErrors(one), standardErrors(other)) {
      #expect(relativeError(here, there) < 1e-9)
    }
  }

  @Test func nestedTestsAgreeWithTheirCases() throws {
    let example = try SegmentCases.named("spector-nested-tests")
    let (design, likelihood) = try RegressionCase.spector.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let wald = try #require(
      JointWaldTest(fit.coefficients, tested: [3], covariance: fit.modelCovariance()))
    let tolerance = try example.relativeTolerance()
    #expect(
      try relativeError(wald.statistic, example.expected.value("wald_chisq").number()) < tolerance)
    #expect(try relativeError(wald.pValue, example.expected.value("wald_p").number()) < tolerance)

    let (x, outcomes, _) = try RegressionReference.birthwt()
    let other = try NewtonSolver().fit(x, outcomes)
    let joint = try #require(
      JointWaldTest(other.coefficients, tested: [2, 3], covariance: other.modelCovariance()))
    #expect(joint.degreesOfFreedom == 2)
    #expect(
      try relativeError(joint.statistic, RegressionReference.value("joint_wald").number()) < 1e-8)
  }

  @Test func theAverageEffectOfSmokingAgreesWithR() throws {
    let (design, likelihood) = try RegressionCase.birthwt.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let example = try SegmentCases.named("birthwt-marginal-effect")
    let column = try #require(design.names.firstIndex(of: "smoke"))
    let arms = [0.0, 1].map { value in
      DenseMatrix(
        columns: design.names.indices.map { index in
          var unit = Array(repeating: 0.0, count: design.names.count)
          unit[index] = 1
          return index == column
            ? Array(repeating: value, count: likelihood.outcomes.count)
            : design.matrix.multiplied(by: unit)
        })
    }
    let effect = try #require(
      fit.averageEffect(of: arms[1], against: arms[0], covariance: fit.modelCovariance()))
    let tolerance = try example.relativeTolerance()
    #expect(try relativeError(effect.estimate, example.expected.value("ame").number()) < tolerance)
    #expect(
      try relativeError(effect.standardError, example.expected.value("se_delta").number())
        < tolerance)
  }

  @Test func averageSlopesAgreeWithStatsmodels() throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let fit = try NewtonSolver().fit(design.matrix, likelihood)
    let expected = try SegmentCases.named("spector-statsmodels").expected
    for (column, name) in design.names.enumerated().dropFirst() {
      let slope = try #require(
        fit.averageSlope(along: column, of: design.matrix, covariance: fit.modelCovariance()))
      let (effect, error) = (
        try expected.value("margeff_overall").value(name).number(),
        try expected.value("margeff_se").value(name).number()
      )
      #expect(relativeError(slope.estimate, effect) < 1e-7)
      #expect(relativeError(slope.standardError, error) < 1e-7)
    }
  }
}
