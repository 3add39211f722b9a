import LinearAlgebra
import Segments
import Testing

/// Separation, and what is none.
@Suite struct SeparationTests {
  static func line(_ x: [Double]) -> HorizontalMatrix {
    HorizontalMatrix([
      .categorical(.intercept(rows: x.count)), .dense(DenseMatrix(columns: [x])),
    ])
  }

  @Test func aCompletelySeparatedLineNamesBothCoefficients() throws {
    let fit = try NewtonSolver().fit(
      Self.line([1, 2, 3, 4, 5, 6, 7, 8]), [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(fit.status == .separated(columns: [0, 1]))
    #expect(fit.coefficients[0] < 0 && fit.coefficients[1] > 0)
    #expect(throws: FitError.notConverged(fit.status)) { try fit.modelCovariance() }
  }

  @Test(arguments: [0.0, 1])
  func outcomesThatAreAllAlikeAreSeparated(_ outcome: Double) throws {
    let fit = try NewtonSolver().fit(
      CategoricalMatrix.intercept(rows: 9), Array(repeating: outcome, count: 9))
    #expect(fit.status == .separated(columns: [0]))
    #expect((fit.coefficients[0] > 0) == (outcome == 1))
    #expect(abs(fit.logLikelihood) < 1e-2)
  }

  @Test func touchingOutcomesAreSeparatedToo() throws {
    let fit = try NewtonSolver().fit(
      Self.line([1, 2, 3, 3, 4, 5]), [0, 0, 0, 1, 1, 1])
    #expect(fit.status == .separated(columns: [0, 1]))
  }

  // Heinze and Schemper (2002), Statistics in Medicine 21, 2409–2419: NV = +∞, the rest finite.
  @Test func theEndometrialStudyDivergesInItsIndicator() throws {
    let table = try CSVTable(reference: "endometrial.csv")
    var design = NamedDesign(rows: try table.texts("NV").count)
    for name in ["NV", "PI", "EH"] { design.add(name, try table.numbers(name)) }
    let fit = try NewtonSolver().fit(design.matrix, table.numbers("HG"))
    #expect(fit.status == .separated(columns: [1]))
    #expect(fit.coefficients[1] > 5)
  }

  /// None of twelve sessions of a level saved, among many: the level alone is at fault.
  @Test(arguments: [200, 20_000, 150_000])
  func aLevelWithoutASavedSessionIsNamed(_ rows: Int) throws {
    let codes = (0..<rows).map { row -> Int32 in row < 12 ? 2 : Int32(row % 2) }
    let outcomes = (0..<rows).map { row -> Double in row >= 12 && row % 7 < 2 ? 1 : 0 }
    let design = HorizontalMatrix([
      .categorical(.intercept(rows: rows)),
      .categorical(CategoricalMatrix(codes: codes, levelCount: 3)),
    ])
    let fit = try NewtonSolver().fit(design, outcomes)
    #expect(fit.status == .separated(columns: [2]))
    #expect(fit.coefficients[2] < 0)
  }

  /// One saved session among a hundred thousand: far out, but a maximum all the same.
  @Test func aRareOutcomeIsNoSeparation() throws {
    let rows = 100_000
    let codes = (0..<rows).map { Int32($0 % 2) }
    let outcomes = (0..<rows).map { $0 == 3 || $0 % 10 == 0 ? 1.0 : 0 }
    let design = HorizontalMatrix([
      .categorical(.intercept(rows: rows)),
      .categorical(CategoricalMatrix(codes: codes, levelCount: 2)),
    ])
    let fit = try NewtonSolver().fit(design, outcomes)
    #expect(fit.status == .converged)
    // The odds of one in fifty thousand against those of one in five.
    #expect(abs(fit.coefficients[1] - (-10.8197582842 + 1.3862943611)) < 1e-8)
  }

  @Test func aRidgeKeepsSeparatedCoefficientsFinite() throws {
    var solver = NewtonSolver()
    solver.ridge = 0.1
    let fit = try solver.fit(Self.line([1, 2, 3, 4, 5, 6, 7, 8]), [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(fit.status == .converged)
    #expect(try fit.modelCovariance()[1, 1] > 0)
  }
}
