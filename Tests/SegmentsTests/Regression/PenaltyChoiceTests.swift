import Foundation
import LinearAlgebra
import Segments
import Testing

/// References: R 4.2.2 with glmnet 4.1-6, by penalized.R.
@Suite("Choice of a penalty")
struct PenaltyChoiceTests {
  private struct Reference: Decodable {
    let lambda: [Double]
    let mean, standardError, least, oneStandardError: [Double]?
    let aic, bic, ebic: [Double]?
  }

  private static func reference(_ id: String) throws -> Reference {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "penalized.json"))
    return try #require(try JSONDecoder().decode([String: Reference].self, from: data)[id])
  }

  @Test(arguments: ["cv-deviance", "cv-auc", "cv-gaussian"])
  func scoresAreThoseOfGlmnet(id: String) throws {
    let reference = try Self.reference(id)
    let problem =
      try id == "cv-gaussian" ? PenalizedProblem.linear() : PenalizedProblem.weighted(offset: false)
    var net = ElasticNet()
    (net.lambdas, net.tolerance) = (reference.lambda, 1e-10)
    let isArea = id == "cv-auc"
    let validation = try PenaltyValidation(
      net, problem.design, problem.response, folds: (1...80).map { $0 * 7 % 4 }, foldCount: 4,
      measure: isArea ? .areaUnderCurve : .deviance)
    let means = try #require(reference.mean)
    let errors = try #require(reference.standardError)
    for (place, score) in validation.scores.enumerated() {
      #expect(abs((isArea ? 1 - score.mean : score.mean) - means[place]) <= 1e-6)
      #expect(abs(score.standardError - errors[place]) <= 1e-6)
    }
    #expect(validation.scores[validation.minimum].lambda == reference.least?[0])
    #expect(validation.scores[validation.oneStandardError].lambda == reference.oneStandardError?[0])
  }

  @Test func foldsDependOnUnitsAlone() throws {
    let problem = try PenalizedProblem.weighted(offset: false)
    let order = (0..<80).map { $0 * 37 % 80 }
    let columns = (0..<8).map { problem.design.column($0) }
    let shuffled = DenseMatrix(columns: columns.map { column in order.map { column[$0] } })
    let y = problem.response.outcomes
    let units = (0..<80).map { UInt64($0 / 2) }
    var net = ElasticNet()
    (net.lambdas, net.tolerance) = ([0.05, 0.01], 1e-11)
    let first = try PenaltyValidation(
      net, problem.design, PenalizedResponse(.logistic, y), units: units, foldCount: 5, seed: 3)
    let second = try PenaltyValidation(
      net, shuffled, PenalizedResponse(.logistic, order.map { y[$0] }),
      units: order.map { units[$0] }, foldCount: 5, seed: 3)
    for (a, b) in zip(first.scores, second.scores) { #expect(abs(a.mean - b.mean) <= 1e-8) }
    let other = try PenaltyValidation(
      net, problem.design, PenalizedResponse(.logistic, y), units: units, foldCount: 5, seed: 4)
    #expect(abs(first.scores[0].mean - other.scores[0].mean) > 1e-6)
  }

  @Test func criteriaAreThoseOfTheLikelihood() throws {
    let reference = try Self.reference("criteria")
    let problem = try PenalizedProblem.weighted(offset: false)
    var net = ElasticNet()
    (net.lambdas, net.tolerance) = (reference.lambda, 1e-10)
    let path = try net.fit(
      problem.design, PenalizedResponse(.logistic, problem.response.outcomes))
    for (criterion, expected) in [
      (InformationCriterion.aic, reference.aic), (.bic, reference.bic),
      (.extendedBIC(gamma: 0.5), reference.ebic),
    ] {
      let expected = try #require(expected)
      let values = criterion.values(of: path)
      for (ours, theirs) in zip(values, expected) { #expect(abs(ours - theirs) <= 1e-5) }
      #expect(criterion.best(of: path) == expected.firstIndex(of: try #require(expected.min())))
    }
  }

  @Test func adaptiveLassoIsThatOfGlmnet() throws {
    let reference = try PenalizedProblem.reference("adaptive")
    let problem = try PenalizedProblem.weighted(offset: false)
    let response = try PenalizedResponse(.logistic, problem.response.outcomes)
    var ridge = ElasticNet(alpha: 0)
    (ridge.lambdas, ridge.tolerance) = ([0.1], 1e-11)
    let first = try ridge.fit(problem.design, response).fits[0]
    var lasso = ElasticNet()
    (lasso.lambdas, lasso.tolerance) = (reference.lambda, 1e-11)
    let path = try lasso.adapted(to: first, problem.design, response).fit(problem.design, response)
    let betas = try #require(reference.beta)
    for (place, fit) in path.fits.enumerated() {
      for (ours, theirs) in zip(fit.coefficients, betas[place]) {
        #expect(abs(ours - theirs) <= 2e-6)
      }
    }
  }
}
