import Inference
import LinearAlgebra
import Segments
import TestSupport
import Testing

/// Linear, Poisson and gamma regressions against R, with weights and an offset.
@Suite struct FamilyTests {
  struct Model {
    let design: DenseMatrix
    let outcomes: FamilyOutcomes
    let ages: [UInt64]
  }

  /// lwt ~ smoke + ht with offset ui / 8, every second row of weight two.
  static func model(_ family: OutcomeFamily) throws -> Model {
    let table = try CSVTable(reference: "birthwt.csv")
    let weights = try table.numbers("lwt")
    let columns =
      [Array(repeating: 1, count: weights.count)] + (try ["smoke", "ht"].map(table.numbers))
    return Model(
      design: DenseMatrix(columns: columns),
      outcomes: try FamilyOutcomes(
        family, weights, offset: table.numbers("ui").map { $0 / 8 },
        weights: weights.indices.map { Double(1 + ($0 + 1) % 2) }),
      ages: try table.numbers("age").map { UInt64($0) })
  }

  @Test(arguments: OutcomeFamily.allCases) func fitsAgreeWithR(_ family: OutcomeFamily) throws {
    let model = try Self.model(family)
    let reference = try RegressionReference.value("families").value(family.rawValue)
    let fit = try GeneralizedLinearSolver().fit(model.design, model.outcomes)
    #expect(fit.status == .converged)
    #expect(try relativeError(fit.deviance, reference.value("deviance").number()) < 1e-10)
    #expect(try relativeError(fit.dispersion, reference.value("dispersion").number()) < 1e-9)
    func check(_ found: [Double], _ name: String) throws {
      for (value, expected) in zip(found, try reference.value(name).numbers()) {
        #expect(relativeError(value, expected) < 1e-8, "\(name)")
      }
    }
    try check(fit.coefficients, "coef")
    try check(standardErrors(fit.modelCovariance()), "se")
    let wald = try #require(fit.wald(coefficient: 2, covariance: fit.modelCovariance()))
    #expect(wald.estimate == fit.coefficients[2])
    for (correction, name) in [
      (SandwichCorrection.hc0, "hc0"), (.hc1, "hc1"), (.hc2, "hc2"), (.hc3, "hc3"),
    ] {
      try check(
        standardErrors(fit.robustCovariance(correction, of: model.design, model.outcomes)), name)
    }
    for correction in ClusterCorrection.allCases {
      let covariance = try fit.clusterCovariance(
        correction, by: model.ages, of: model.design, model.outcomes)
      try check(standardErrors(covariance), correction.rawValue)
    }
  }

  /// With an intercept the fitted means of a canonical link sum to the outcomes.
  @Test(arguments: [OutcomeFamily.normal, .poisson])
  func meansSumToOutcomes(_ family: OutcomeFamily) throws {
    let model = try Self.model(family)
    let fit = try GeneralizedLinearSolver().fit(model.design, model.outcomes)
    let means = fit.means(of: model.design, offset: model.outcomes.offset)
    let weights = try #require(model.outcomes.weights)
    let sums = weights.indices.reduce((0.0, 0.0)) {
      ($0.0 + weights[$1] * means[$1], $0.1 + weights[$1] * model.outcomes.values[$1])
    }
    #expect(relativeError(sums.0, sums.1) < 1e-9)
  }

  /// The units of money do not matter: an amount in another currency moves the intercept alone.
  @Test(arguments: OutcomeFamily.allCases, [1e-6, 1e7])
  func unitsMoveTheInterceptAlone(_ family: OutcomeFamily, _ unit: Double) throws {
    let amounts = [12.0, 7, 30, 22, 5, 16, 41, 9, 13]
    let x = DenseMatrix(columns: [
      Array(repeating: 1, count: 9), [0, 0, 1, 1, 0, 1, 1, 0, 0], [3, 1, 4, 1, 5, 9, 2, 6, 5],
    ])
    let one = try GeneralizedLinearSolver().fit(x, FamilyOutcomes(family, amounts))
    let other = try GeneralizedLinearSolver().fit(
      x, FamilyOutcomes(family, amounts.map { $0 * unit }))
    #expect(one.status == .converged && other.status == .converged)
    let scale = family == .normal ? unit : 1
    for column in 1...2 {
      #expect(relativeError(other.coefficients[column], one.coefficients[column] * scale) < 1e-8)
    }
  }

  /// Two groups of amounts: the coefficients of a log link are logarithms of means.
  @Test func groupsHaveTheirMeans() throws {
    let x = CategoricalMatrix(codes: [0, 0, 0, 1, 1, 1], levelCount: 2, reference: nil)
    let amounts: [Double] = [0, 3, 9, 0, 0, 7]
    let fit = try GeneralizedLinearSolver().fit(x, FamilyOutcomes(.poisson, amounts))
    #expect(abs(fit.means(of: x)[0] - 4) < 1e-9 && abs(fit.means(of: x)[5] - 7.0 / 3) < 1e-9)
    let empty = try GeneralizedLinearSolver().fit(x, FamilyOutcomes(.poisson, [1, 2, 3, 0, 0, 0]))
    #expect(empty.status == .separated(columns: [1]))
    #expect(throws: FitError.notConverged(empty.status)) { try empty.modelCovariance() }
  }

  @Test func whatAFamilyDoesNotAdmitIsRefused() throws {
    #expect(throws: FitError.outcomeOutOfRange(row: 1)) { try FamilyOutcomes(.gamma, [1, 0]) }
    #expect(throws: FitError.outcomeOutOfRange(row: 0)) { try FamilyOutcomes(.poisson, [-1, 0]) }
    #expect(throws: FitError.outcomeOutOfRange(row: 0)) { try FamilyOutcomes(.normal, [.nan]) }
    #expect(throws: FitError.weightOutOfRange(row: 0)) {
      try FamilyOutcomes(.normal, [1], weights: [-1])
    }
    let x = DenseMatrix(columns: [[1, 1, 1], [2, 2, 2]])
    #expect(throws: FitError.singularInformation(iteration: 0)) {
      try GeneralizedLinearSolver().fit(x, FamilyOutcomes(.normal, [1, 2, 4]))
    }
  }
}
