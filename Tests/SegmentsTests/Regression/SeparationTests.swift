import Foundation
import LinearAlgebra
import Probability
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

  // MARK: - The certificate itself

  // Konis' linear programme by SciPy's HiGHS. The flag `complete` of these cases tells whether the
  // corner of the box that the programme finds parts every row; where it is the corner that lies on a
  // row, as in `complete-separation-lp`, the outcomes are completely separated all the same, as
  // `complete-separation-toy` has it.
  @Test(arguments: [
    ("endometrial-separation", Separation.Kind.quasiComplete), ("spector-no-separation", .none),
    ("complete-separation-lp", .complete),
  ])
  func theProgrammeAgreesWithHiGHS(_ id: String, _ kind: Separation.Kind) throws {
    let example = try SegmentCases.named(id)
    let separation: Separation
    switch kind {
    case .quasiComplete:
      let (design, likelihood) = try BiasReductionTests.endometrial.get()
      separation = try Separation(of: likelihood, design.matrix)
    case .none:
      let (design, likelihood) = try RegressionCase.spector.model()
      separation = try Separation(of: likelihood, design.matrix)
    case .complete:
      separation = try Separation(
        of: LogisticLikelihood(example.inputs.value("y").numbers()),
        Self.line(example.inputs.value("x").numbers()))
    }
    let names: [Separation.Limit: String] = [
      .finite: "0", .positiveInfinity: "+Inf", .negativeInfinity: "-Inf",
    ]
    #expect(separation.kind == kind)
    #expect(try example.expected.value("separation").flag() == (kind != .none))
    #expect(try example.expected.value("direction").texts() == separation.limits.map { names[$0] })
  }

  struct Programme: Decodable {
    let x: [[Double]]
    let y: [Double]
    let kind: String
    let signs: [Int?]
  }

  /// 160 small designs, a fifth of them with a row of both outcomes; `separation.py` solved them.
  @Test func randomDesignsAgreeWithHiGHS() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "separation.json"))
    let names: [Separation.Kind: String] = [
      .none: "none", .quasiComplete: "quasi", .complete: "complete",
    ]
    for (index, programme) in try JSONDecoder().decode([Programme].self, from: data).enumerated() {
      let separation = try Separation(
        of: LogisticLikelihood(programme.y), DenseMatrix(columns: programme.x))
      #expect(names[separation.kind] == programme.kind, "design \(index)")
      for (limit, sign) in zip(separation.limits, programme.signs) {
        guard let sign else { continue }
        #expect(
          limit == [.negativeInfinity, .finite, .positiveInfinity][sign + 1], "design \(index)")
      }
    }
  }

  /// The answer is the same for sessions, for cells, in any order, and in other units.
  @Test func theAnswerDoesNotDependOnHowTheDataAreWritten() throws {
    let (design, likelihood) = try BiasReductionTests.endometrial.get()
    let columns = try ["NV", "PI", "EH"].map {
      try CSVTable(reference: "endometrial.csv").numbers($0)
    }
    let count = likelihood.outcomes.count
    let expected = try Separation(of: likelihood, design.matrix)
    let order = (0..<count).map { $0 * 37 % count }
    let units = [1, 1e6, 1e-5, 1e3]
    let written = DenseMatrix(
      columns: [Array(repeating: 1, count: count)]
        + columns.enumerated().map { column, numbers in
          order.map { numbers[$0] * units[column + 1] }
        })
    let separation = try Separation(
      of: LogisticLikelihood(
        order.map { likelihood.outcomes[$0] }, weights: Array(repeating: 3, count: count)), written)
    #expect(separation.kind == expected.kind && separation.limits == expected.limits)
  }

  /// A gap of one part in a million parts all rows; two equal rows of both outcomes part none.
  @Test func aNarrowGapIsSeparationAndATouchIsNot() throws {
    let outcomes = try LogisticLikelihood([0, 0, 1, 1])
    let gap = try Separation(of: outcomes, Self.line([1, 2, 2.000001, 3]))
    #expect(gap.kind == .complete)
    let overlap = try Separation(of: outcomes, Self.line([1, 2.000001, 2, 3]))
    #expect(overlap.kind == .none && overlap.columns.isEmpty)
    let both = try Separation(of: LogisticLikelihood([0, 0.5, 0.5, 1]), Self.line([1, 2, 2.5, 3]))
    #expect(both.kind == .none)
    let one = try Separation(of: LogisticLikelihood([0, 0.5, 1]), Self.line([1, 2, 3]))
    #expect(one.kind == .quasiComplete)
    let unweighted = try Separation(
      of: LogisticLikelihood([0, 1, 0, 1], weights: [1, 0, 1, 1]), Self.line([1, 2, 3, 4]))
    #expect(unweighted.kind == .complete)
  }

  /// Many rows and columns: 100,000 sessions of 20 covariates, of which one has an empty cell.
  @Test(arguments: [false, true]) func manySessionsTakeFewRounds(_ hasEmptyCell: Bool) throws {
    let (rows, width) = (100_000, 20)
    var rng = Philox(StreamKey(seed: 61, purpose: .world))
    var columns = (0..<width).map { _ in (0..<rows).map { _ in StandardNormal.draw(using: &rng) } }
    columns[7] = (0..<rows).map { $0 % 5_000 == 3 ? 1 : 0 }
    let outcomes = (0..<rows).map { row -> Double in
      let isRare = hasEmptyCell && columns[7][row] == 1
      let eta = -1 + columns[0][row] - 0.5 * columns[1][row]
      return !isRare && rng.uniform() < 1 / (1 + exp(-eta)) ? 1 : 0
    }
    let design = HorizontalMatrix([
      .categorical(.intercept(rows: rows)), .dense(DenseMatrix(columns: columns)),
    ])
    let separation = try Separation(of: LogisticLikelihood(outcomes), design)
    #expect(separation.kind == (hasEmptyCell ? .quasiComplete : .none))
    #expect(separation.columns == (hasEmptyCell ? [8] : []))
  }
}
