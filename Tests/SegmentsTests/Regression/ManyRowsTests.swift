import Foundation
import LinearAlgebra
import Probability
import Segments
import TestSupport
import Testing

/// Fits of so many rows that the solver begins with a subsample and keeps its matrices.
@Suite struct ManyRowsTests {
  static let rows = 120_000

  /// Two categories and three numbers.
  static let world: (design: HorizontalMatrix, outcomes: [Double]) = {
    var rng = Philox(StreamKey(seed: 11, purpose: .generation))
    let numbers = (0..<(3 * rows)).map { _ in StandardNormal.draw(using: &rng) }
    let codes = (0..<rows).map { _ in Int32(rng.index(below: 4)) }
    let others = (0..<rows).map { _ in Int32(rng.index(below: 3)) }
    let outcomes = (0..<rows).map { row in
      let x = numbers[(3 * row)..<(3 * row + 3)]
      let eta =
        -1 + 0.8 * x[3 * row] - 0.5 * x[3 * row + 1] + 0.3 * Double(codes[row] - others[row])
      return rng.uniform() < 1 / (1 + exp(-eta)) ? 1.0 : 0
    }
    return (
      HorizontalMatrix([
        .categorical(.intercept(rows: rows)),
        .categorical(CategoricalMatrix(codes: codes, levelCount: 4)),
        .dense(DenseMatrix(rows: rows, columns: 3, elements: numbers)),
        .categorical(CategoricalMatrix(codes: others, levelCount: 3)),
      ]), outcomes
    )
  }()

  @Test func theInformationIsThatOfTheSolution() throws {
    let likelihood = try LogisticLikelihood(Self.world.outcomes)
    let fit = try NewtonSolver().fit(Self.world.design, likelihood)
    #expect(fit.status == .converged)
    let there = likelihood.derivatives(of: Self.world.design, at: fit.coefficients)
    let model = try fit.modelCovariance()
    let exact = try #require(Cholesky(there.information)).inverse()
    for column in fit.coefficients.indices {
      // The score is as small as asked for, and the errors are those of the point.
      let scale = (Double(Self.rows) * there.information[column, column]).squareRoot()
      #expect(abs(there.score[column]) <= 1e-10 * scale)
      #expect(relativeError(model[column, column], exact[column, column]) < 1e-8)
    }
  }

  /// Newton's own steps from zero, each with its own matrix, end at the same point.
  @Test func keptMatricesDoNotMoveTheSolution() throws {
    let likelihood = try LogisticLikelihood(Self.world.outcomes)
    let fit = try NewtonSolver().fit(Self.world.design, likelihood)
    var beta = Array(repeating: 0.0, count: fit.coefficients.count)
    for _ in 0..<8 {
      let here = likelihood.derivatives(of: Self.world.design, at: beta)
      let step = try #require(Cholesky(here.information)).solve(here.score)
      for column in beta.indices { beta[column] += step[column] }
    }
    for (computed, expected) in zip(fit.coefficients, beta) {
      #expect(abs(computed - expected) < 1e-11)
    }
  }

  @Test(arguments: [2, 3])
  func anyNumberOfThreadsGivesTheSameBits(_ threads: Int) throws {
    var solver = NewtonSolver()
    let alone = try solver.fit(Self.world.design, Self.world.outcomes)
    solver.threads = threads
    #expect(try solver.fit(Self.world.design, Self.world.outcomes) == alone)
  }
}
