import LinearAlgebra
import Segments
import Testing

@Suite struct FitErrorTests {
  static let design = DenseMatrix(columns: [[1, 1, 1, 1], [0, 1, 2, 4]])

  @Test func outcomesAreProportionsInNumber() {
    #expect(throws: FitError.lengthMismatch(rows: 4, outcomes: 3)) {
      try NewtonSolver().fit(Self.design, [0, 1, 0])
    }
    #expect(throws: FitError.outcomeOutOfRange(row: 2)) {
      try NewtonSolver().fit(Self.design, [0, 1, 1.5, 0])
    }
    #expect(throws: FitError.outcomeOutOfRange(row: 0)) {
      try NewtonSolver().fit(Self.design, [.nan, 1, 1, 0])
    }
  }

  @Test func weightsAndOffsetsAreChecked() {
    #expect(throws: FitError.weightOutOfRange(row: 1)) {
      try LogisticLikelihood([0, 1], weights: [1, -1])
    }
    #expect(throws: FitError.offsetNotFinite(row: 0)) {
      try LogisticLikelihood([0, 1], offset: [.infinity, 0])
    }
    #expect(throws: FitError.lengthMismatch(rows: 1, outcomes: 2)) {
      try LogisticLikelihood([0, 1], weights: [1])
    }
  }

  @Test func designsThatDetermineNothingAreRefused() {
    #expect(throws: FitError.tooFewRows(rows: 1, columns: 2)) {
      try NewtonSolver().fit(DenseMatrix(columns: [[1], [2]]), [1])
    }
    #expect(throws: FitError.tooFewRows(rows: 1, columns: 2)) {
      try NewtonSolver().fit(Self.design, LogisticLikelihood([0, 1, 0, 1], weights: [0, 2, 0, 0]))
    }
    #expect(throws: FitError.singularInformation(iteration: 0)) {
      try NewtonSolver().fit(DenseMatrix(columns: [[1, 1, 1], [2, 2, 2]]), [0, 1, 0])
    }
    #expect(throws: FitError.columnNotFinite(column: 1)) {
      try NewtonSolver().fit(DenseMatrix(columns: [[1, 1, 1], [2, .infinity, 2]]), [0, 1, 0])
    }
    #expect(throws: FitError.columnNotFinite(column: 0)) {
      try NewtonSolver().fit(DenseMatrix(columns: [[1e200, 0, 0], [2, 1, 2]]), [0, 1, 0])
    }
  }

  @Test func anOffsetMovesTheInterceptByItsSize() throws {
    let outcomes: [Double] = [0, 1, 0, 1]
    let plain = try NewtonSolver().fit(Self.design, outcomes)
    let moved = try NewtonSolver().fit(
      Self.design, LogisticLikelihood(outcomes, offset: Array(repeating: 0.75, count: 4)))
    #expect(abs(moved.coefficients[0] - plain.coefficients[0] + 0.75) < 1e-12)
    #expect(abs(moved.coefficients[1] - plain.coefficients[1]) < 1e-12)
  }

  @Test func aSolverThatStopsEarlySaysSo() throws {
    var solver = NewtonSolver()
    solver.iterationLimit = 1
    let fit = try solver.fit(Self.design, [0, 1, 0, 1])
    #expect(fit.status == .iterationLimit && fit.iterations == 1)
    #expect(throws: FitError.notConverged(.iterationLimit)) { try fit.modelCovariance() }
  }
}
