import Foundation
import LinearAlgebra
import Segments
import Testing

/// References: R 4.2.2 with glmnet 4.1-6, by segments.json and by penalized.R.
@Suite("Elastic net")
struct ElasticNetTests {
  private static let tolerance = 1e-10

  private static func binomialExample() throws -> PenalizedProblem {
    let table = try CSVTable(reference: "glmnet_binomial_example.csv")
    let columns = try (1...30).map { try table.numbers("X\($0)") }
    return PenalizedProblem(
      design: DenseMatrix(columns: columns), response: try .init(.logistic, table.numbers("y")))
  }

  @Test func lassoPathIsThatOfGlmnet() throws {
    let reference = try SegmentCases.named("glmnet-lasso-path")
    let problem = try Self.binomialExample()
    var net = ElasticNet()
    net.tolerance = Self.tolerance
    let path = try net.fit(problem.design, problem.response)
    let tolerance = try reference.absoluteTolerance()
    #expect(path.fits.count == Int(try reference.expected.value("n_lambda").number()))
    let lambdas = try reference.expected.value("lambda").numbers()
    let ratios = try reference.expected.value("dev_ratio").numbers()
    let sizes = try reference.expected.value("df").numbers()
    for (place, fit) in path.fits.enumerated() {
      #expect(abs(fit.lambda - lambdas[place]) <= 1e-12 * fit.lambda)
      #expect(abs(fit.devianceRatio - ratios[place]) <= tolerance)
      #expect(fit.support.count == Int(sizes[place]))
      #expect(fit.status == .converged)
    }
    let coefficients = try reference.expected.value("coef_at_index_25").numbersByName()
    // R counts from one.
    let fit = path.fits[24]
    #expect(abs(fit.intercept - (try #require(coefficients["(Intercept)"]))) <= tolerance)
    for (column, value) in fit.coefficients.enumerated() {
      #expect(abs(value - (try #require(coefficients["V\(column + 1)"]))) <= tolerance)
    }
  }

  @Test func fixedPenaltiesAreThoseOfGlmnet() throws {
    let problem = try Self.binomialExample()
    let cases = try SegmentCases().cases.filter { $0.function == "logistic.enet" }
    #expect(cases.count >= 4)
    for reference in cases {
      var net = ElasticNet(alpha: try reference.inputs.value("alpha").number())
      net.standardizes = try reference.inputs.value("standardize").flag()
      net.lambdas = try reference.inputs.value("lambda").numbers()
      let path = try net.fit(problem.design, problem.response)
      let tolerance = try reference.absoluteTolerance()
      let intercepts = try reference.expected.value("intercept").numbers()
      let betas = try reference.expected.value("beta").list()
      let ratios = try reference.expected.value("dev_ratio").numbers()
      for (place, fit) in path.fits.enumerated() {
        #expect(abs(fit.intercept - intercepts[place]) <= tolerance, "\(reference.id)")
        #expect(abs(fit.devianceRatio - ratios[place]) <= tolerance, "\(reference.id)")
        for (ours, theirs) in zip(fit.coefficients, try betas[place].numbers()) {
          #expect(abs(ours - theirs) <= tolerance, "\(reference.id)")
        }
      }
    }
  }

  private static let fixed: [(id: String, net: @Sendable () -> ElasticNet)] = [
    ("wide-logistic-alpha0.8", { ElasticNet(alpha: 0.8) }),
    (
      "logistic-weights-offset-factors",
      {
        var net = ElasticNet(alpha: 0.7)
        net.penaltyFactors = [0, 1, 2, 1, 0.5, 1, 1, 3]
        return net
      }
    ),
    ("gaussian-lasso", { ElasticNet() }),
    (
      "gaussian-enet-unstandardized",
      {
        var net = ElasticNet(alpha: 0.4)
        net.standardizes = false
        return net
      }
    ),
    (
      "gaussian-no-intercept",
      {
        var net = ElasticNet()
        net.hasIntercept = false
        return net
      }
    ),
  ]

  @Test(arguments: [true, false], [0, 1, 2, 3, 4])
  func settingsMeanWhatTheyMeanInGlmnet(screens: Bool, index: Int) throws {
    let (id, make) = Self.fixed[index]
    let reference = try PenalizedProblem.reference(id)
    let problem =
      try id.hasPrefix("wide")
      ? PenalizedProblem.wide()
      : id.hasPrefix("logistic")
        ? PenalizedProblem.weighted(offset: true) : PenalizedProblem.linear()
    var net = make()
    (net.lambdas, net.tolerance, net.screens) = (reference.lambda, Self.tolerance, screens)
    let path = try net.fit(problem.design, problem.response)
    let (intercepts, betas) = (try #require(reference.intercept), try #require(reference.beta))
    for (place, fit) in path.fits.enumerated() {
      #expect(fit.status == .converged)
      #expect(abs(fit.intercept - intercepts[place]) <= 2e-6, "\(id)")
      for (ours, theirs) in zip(fit.coefficients, betas[place]) {
        #expect(abs(ours - theirs) <= 2e-6, "\(id) \(place)")
      }
    }
  }

  @Test(arguments: ["logistic-path-weighted", "gaussian-path"])
  func pathsEndWhereThoseOfGlmnetEnd(id: String) throws {
    let reference = try PenalizedProblem.reference(id)
    let isLinear = id.hasPrefix("gaussian")
    let problem =
      try isLinear ? PenalizedProblem.linear() : PenalizedProblem.weighted(offset: false)
    var net = ElasticNet(alpha: isLinear ? 0.5 : 1)
    net.tolerance = Self.tolerance
    let path = try net.fit(problem.design, problem.response)
    #expect(path.fits.count == reference.lambda.count)
    for (fit, lambda) in zip(path.fits, reference.lambda) {
      #expect(abs(fit.lambda - lambda) <= 1e-10 * lambda)
    }
    #expect(path.fits.map(\.support.count) == reference.df)
    for (fit, ratio) in zip(path.fits, try #require(reference.devRatio)) {
      #expect(abs(fit.devianceRatio - ratio) <= 1e-7)
    }
    if let null = reference.nullDeviance { #expect(abs(path.nullDeviance - null[0]) <= 1e-10) }
  }

  @Test func strongRuleChangesNothing() throws {
    let problem = try PenalizedProblem.wide()
    var (whole, screened) = (ElasticNet(alpha: 0.9), ElasticNet(alpha: 0.9))
    (whole.screens, screened.screens) = (false, true)
    (whole.tolerance, screened.tolerance) = (1e-9, 1e-9)
    let first = try whole.fit(problem.design, problem.response)
    let second = try screened.fit(problem.design, problem.response)
    #expect(first.fits.count == second.fits.count)
    for (a, b) in zip(first.fits, second.fits) {
      #expect(b.violation <= 1e-9)
      #expect(abs(a.devianceRatio - b.devianceRatio) <= 1e-7)
    }
  }

  /// The gap of a point is at least its distance from a better one.
  @Test func gapBoundsTheObjective() throws {
    let problem = try Self.binomialExample()
    let paths = try [1e-3, 1e-11].map { tolerance -> ElasticNetPath in
      var net = ElasticNet(alpha: 1)
      (net.lambdas, net.tolerance) = ([0.1, 0.05, 0.02, 0.01], tolerance)
      return try net.fit(problem.design, problem.response)
    }
    for (a, b) in zip(paths[0].fits, paths[1].fits) {
      let excess = Self.objective(a, problem) - Self.objective(b, problem)
      #expect(excess >= -1e-12)
      #expect(a.dualityGap >= excess)
      #expect(b.dualityGap <= 1e-8)
    }
  }

  @Test func categoriesAreReadAsTheirIndicators() throws {
    let codes = (0..<200).map { Int32($0 * 7 % 5) }
    let numbers = (0..<200).map { sin(Double($0)) }
    let y = (0..<200).map { ($0 * 7 % 5 == 2) == ($0 % 3 > 0) ? 1.0 : 0 }
    let category = CategoricalMatrix(codes: codes, levelCount: 5)
    let mixed = HorizontalMatrix([
      .categorical(category), .dense(DenseMatrix(columns: [numbers])),
    ])
    let indicators = (1..<5).map { level in codes.map { $0 == Int32(level) ? 1.0 : 0 } }
    let dense = DenseMatrix(columns: indicators + [numbers])
    for screens in [true, false] {
      var net = ElasticNet()
      (net.lambdas, net.tolerance, net.screens) = ([0.05, 0.01], 1e-11, screens)
      let first = try net.fit(mixed, LogisticLikelihood(y))
      let second = try net.fit(dense, LogisticLikelihood(y))
      for (a, b) in zip(first.fits, second.fits) {
        for (p, q) in zip(a.coefficients, b.coefficients) { #expect(abs(p - q) <= 1e-8) }
      }
    }
  }

  @Test func unitsOfAColumnDoNotMatter() throws {
    let problem = try PenalizedProblem.linear()
    let columns = (0..<8).map { problem.design.column($0) }
    var scaled = columns
    scaled[0] = columns[0].map { 1e6 + 1e3 * $0 }
    var net = ElasticNet()
    (net.lambdas, net.tolerance) = ([0.1], 1e-10)
    let first = try net.fit(problem.design, problem.response).fits[0]
    let second = try net.fit(DenseMatrix(columns: scaled), problem.response).fits[0]
    #expect(abs(first.coefficients[0] - 1e3 * second.coefficients[0]) <= 1e-7)
    #expect(abs(first.coefficients[2] - second.coefficients[2]) <= 1e-7)
  }

  @Test func constantColumnsStayAtZero() throws {
    let y = (0..<50).map { Double($0 % 2) }
    let x = DenseMatrix(columns: [Array(repeating: 3, count: 50), y.map { $0 + 0.1 * sin($0) }])
    var net = ElasticNet()
    net.lambdas = [0.1]
    #expect(try net.fit(x, LogisticLikelihood(y)).fits[0].support == [1])
  }

  @Test func dataThatCannotBeFittedSaySo() throws {
    let x = DenseMatrix(columns: [[1, 2, 3], [0, .infinity, 1]])
    #expect(throws: FitError.columnNotFinite(column: 1)) {
      try ElasticNet().fit(x, LogisticLikelihood([0, 1, 0]))
    }
    #expect(throws: FitError.lengthMismatch(rows: 3, outcomes: 2)) {
      try ElasticNet().fit(x, LogisticLikelihood([0, 1]))
    }
    #expect(throws: FitError.outcomeOutOfRange(row: 1)) {
      try PenalizedResponse(.leastSquares, [0, .nan])
    }
  }

  /// The objective from its definition.
  private static func objective(_ fit: ElasticNetPath.Fit, _ problem: PenalizedProblem) -> Double {
    let eta = problem.design.multiplied(by: fit.coefficients).map { $0 + fit.intercept }
    let y = problem.response.outcomes
    let loss = eta.indices.reduce(0.0) { $0 + log1p(exp(eta[$1])) - y[$1] * eta[$1] }
    let penalty = fit.coefficients.indices.reduce(0.0) { sum, j in
      let column = problem.design.column(j)
      let mean = column.reduce(0, +) / Double(column.count)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      return sum + abs(fit.coefficients[j]) * variance.squareRoot()
    }
    return loss / Double(y.count) + fit.lambda * penalty
  }
}
