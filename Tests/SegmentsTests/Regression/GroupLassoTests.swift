import Foundation
import LinearAlgebra
import Segments
import TestSupport
import Testing

/// References: proximal gradients in NumPy, by group_lasso.py, and closed forms.
@Suite("Group lasso")
struct GroupLassoTests {
  struct Reference: Decodable {
    let lambda, intercept, objective: Double
    let beta: [Double]
  }

  static let count = 120
  static let codes = (0..<count).map { (row: Int) -> Int32 in
    let mixed = 3 * row * row + row / 7
    return Int32(mixed % 7)
  }
  static let numbers = PenalizedProblem.features(count, 6)
  static let groups = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 3]
  static let weights = (1...count).map { Double(1 + $0 % 3) }

  /// Seven levels as codes beside six numbers.
  static let design = HorizontalMatrix([
    .categorical(CategoricalMatrix(codes: codes, levelCount: 7)),
    .dense(DenseMatrix(columns: numbers)),
  ])

  static func predictor(_ row: Int) -> Double {
    let level: Double = codes[row] == 2 ? 2 : codes[row] == 5 ? -2 : 0
    return level + 3 * numbers[0][row] - 2 * numbers[1][row] - 0.5
  }

  static func response(
    _ family: PenalizedResponse.Family, weights: [Double]? = nil
  ) throws -> PenalizedResponse {
    let y = (0..<count).map { row -> Double in
      let (i, eta) = (Double(row + 1), predictor(row))
      if family == .leastSquares { return eta + PenalizedProblem.fraction(i * 5.0.squareRoot()) }
      return PenalizedProblem.fraction(i * 3.0.squareRoot()) < 1 / (1 + exp(-eta)) ? 1 : 0
    }
    return try PenalizedResponse(family, y, weights: weights)
  }

  static let settings:
    [(
      id: String, family: PenalizedResponse.Family, isWeighted: Bool,
      change: @Sendable (inout GroupLasso) -> Void
    )] = [
      ("logistic-orthonormal", .logistic, false, { _ in }),
      ("logistic-weights-free-group", .logistic, true, { $0.weights = [1, 2, 1, 0] }),
      ("linear-orthonormal", .leastSquares, true, { _ in }),
      ("linear-standardized", .leastSquares, false, { $0.orthonormalizes = false }),
      (
        "logistic-plain", .logistic, false,
        { ($0.orthonormalizes, $0.standardizes) = (false, false) }
      ),
    ]

  @Test(arguments: 0..<5, [true, false])
  func fitsAreThoseOfProximalGradients(index: Int, screens: Bool) throws {
    let (id, family, isWeighted, change) = Self.settings[index]
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let known = try JSONDecoder().decode(
      [String: [Reference]].self,
      from: Data(contentsOf: folder.appending(path: "group_lasso.json")))
    let expected = try #require(known[id])
    var lasso = GroupLasso(groups: Self.groups)
    change(&lasso)
    (lasso.lambdas, lasso.tolerance, lasso.screens) = (expected.map(\.lambda), 1e-12, screens)
    let path = try lasso.fit(
      Self.design, Self.response(family, weights: isWeighted ? Self.weights : nil))
    for (fit, expected) in zip(path.fits, expected) {
      #expect(fit.status == .converged)
      #expect(abs(fit.intercept - expected.intercept) < 1e-9)
      for (ours, theirs) in zip(fit.coefficients, expected.beta) {
        #expect(abs(ours - theirs) < 1e-9)
        #expect((ours == 0) == (theirs == 0))
      }
      #expect(fit.dualityGap >= 0 && fit.dualityGap < 1e-9)
    }
  }

  /// Groups that are orthonormal to each other are shrunk each by itself: `(1 − λw/‖θ̂‖)₊ θ̂`.
  @Test func orthonormalGroupsAreShrunk() throws {
    // Columns of Hadamard's matrix of order 8, three times over.
    let columns = (1...6).map { column in
      (0..<24).map { row in (column & (row % 8)).nonzeroBitCount.isMultiple(of: 2) ? 1.0 : -1 }
    }
    let y = (0..<24).map { 2 * sin(Double($0)) + columns[0][$0] - 0.4 * columns[3][$0] }
    let least = columns.map { column in (0..<24).reduce(0.0) { $0 + column[$1] * y[$1] / 24 } }
    var lasso = GroupLasso(groups: [0, 0, 1, 1, 1, 2])
    (lasso.lambdas, lasso.tolerance) = ([0.3, 0.1], 1e-13)
    let path = try lasso.fit(
      DenseMatrix(columns: columns), PenalizedResponse(.leastSquares, y))
    for fit in path.fits {
      for group in lasso.groups {
        let own = lasso.groups.indices.filter { lasso.groups[$0] == group }
        let length = own.reduce(0.0) { $0 + least[$1] * least[$1] }.squareRoot()
        let part = max(0, 1 - fit.lambda * Double(own.count).squareRoot() / length)
        for column in own { #expect(abs(fit.coefficients[column] - part * least[column]) < 1e-12) }
      }
    }
    #expect(path.fits[0].support.count < 6 && path.fits[0].support.contains(0))
  }

  /// Groups of one column are the lasso; a whole path goes the same way and ends at the same place.
  @Test(arguments: [PenalizedResponse.Family.logistic, .leastSquares])
  func groupsOfOneAreTheLasso(family: PenalizedResponse.Family) throws {
    let response = try Self.response(family)
    var (lasso, net) = (GroupLasso(groups: Array(0..<12)), ElasticNet())
    (lasso.tolerance, net.tolerance) = (1e-10, 1e-10)
    let (first, second) = (
      try lasso.fit(Self.design, response), try net.fit(Self.design, response)
    )
    #expect(first.fits.count == second.fits.count && first.fits.count > 20)
    #expect(relativeError(first.nullDeviance, second.nullDeviance) < 1e-12)
    for (a, b) in zip(first.fits, second.fits) {
      #expect(relativeError(a.lambda, b.lambda) < 1e-9)
      #expect(abs(a.devianceRatio - b.devianceRatio) < 1e-9)
    }
  }

  /// What a category says does not hang on its reference level, and a column for every level adds nothing.
  @Test func codingDoesNotMatter() throws {
    let response = try Self.response(.logistic)
    let all = (0..<7).map { level in Self.codes.map { $0 == Int32(level) ? 1.0 : 0 } }
    var predictors: [[Double]] = []
    for levels in [Array(1..<7), Array(0..<6), Array(0..<7)] {
      let x = DenseMatrix(columns: levels.map { all[$0] } + Self.numbers)
      var lasso = GroupLasso(
        groups: levels.map { _ in 0 } + [1, 1, 2, 2, 2, 3])
      // The weight of the group is not to change with its columns.
      lasso.weights = [6, 2, 3, 1].map { $0.squareRoot() }
      (lasso.lambdas, lasso.tolerance) = ([0.02], 1e-11)
      let fit = try lasso.fit(x, response).fits[0]
      #expect(fit.status == .converged)
      predictors.append(x.multiplied(by: fit.coefficients).map { $0 + fit.intercept })
    }
    for other in predictors.dropFirst() {
      for (a, b) in zip(predictors[0], other) { #expect(abs(a - b) < 1e-8) }
    }
  }

  /// Along a path of many groups the strong rule changes nothing, groups are zero whole, and the first
  /// penalty is the least that leaves all of them so.
  @Test func aPathEntersByGroups() throws {
    let problem = try PenalizedProblem.wide()
    let groups = (0..<120).map { $0 / 3 }
    var (all, screened) = (GroupLasso(groups: groups), GroupLasso(groups: groups))
    (all.screens, all.tolerance, screened.tolerance) = (false, 1e-9, 1e-9)
    (all.lambdaCount, screened.lambdaCount) = (20, 20)
    (all.lambdaRatio, screened.lambdaRatio) = (0.1, 0.1)
    let paths = try [all, screened].map { try $0.fit(problem.design, problem.response) }
    #expect(paths[0].fits.count == 20 && paths[1].fits.count == 20)
    #expect(paths[0].fits[0].support.isEmpty && !paths[0].fits[1].support.isEmpty)
    for (a, b) in zip(paths[0].fits, paths[1].fits) {
      #expect(a.status == .converged && b.status == .converged)
      #expect(abs(a.devianceRatio - b.devianceRatio) < 1e-7)
      for group in 0..<40 {
        let zeros = b.coefficients[(3 * group)..<(3 * group + 3)].count { $0 == 0 }
        #expect(zeros == 0 || zeros == 3)
      }
    }
  }

  @Test func termsOfAFormulaAreGroups() throws {
    let table = [
      Covariate(
        name: "plan", column: .category(codes: Self.codes, levels: (0..<7).map { "p\($0)" })),
      Covariate(
        name: "tenure",
        column: .number(values: Self.numbers[0], isPresent: Self.numbers[0].map { _ in true })),
    ]
    let design = try FormulaDesign(Formula("tenure + plan"), over: table)
    #expect(design.groups == [0, 1, 2, 2, 2, 2, 2, 2])
    var lasso = GroupLasso(groups: design.groups)
    lasso.lambdas = [0.03]
    let fit = try lasso.fit(design.matrix, Self.response(.logistic)).fits[0]
    #expect(fit.coefficients[0] == 0 && fit.support.suffix(6) == [2, 3, 4, 5, 6, 7])
  }

  @Test func dataThatCannotBeFittedSaySo() throws {
    let x = DenseMatrix(columns: [[1, 2, 3], [0, .infinity, 1]])
    #expect(throws: FitError.columnNotFinite(column: 1)) {
      try GroupLasso(groups: [0, 0]).fit(x, PenalizedResponse(.leastSquares, [0, 1, 0]))
    }
    #expect(throws: FitError.lengthMismatch(rows: 3, outcomes: 2)) {
      try GroupLasso(groups: [0, 0]).fit(x, PenalizedResponse(.leastSquares, [0, 1]))
    }
  }
}
