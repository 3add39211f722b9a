import Segments
import Testing

@Suite struct DistinctCellsTests {
  static let plan = Covariate(
    name: "plan", column: .category(codes: [0, 1, 0, -1, 1, 0], levels: ["monthly", "annual"]))
  static let tenure = Covariate(
    name: "tenure",
    column: .number(
      values: [5, 5, 5, 5, .nan, 5], isPresent: [true, true, true, true, false, true]))

  @Test func cellsAreCountedInTheOrderOfTheLog() {
    let cells = DistinctCells([1, 1, 1, 0, 1, 0], by: [Self.plan, Self.tenure])
    #expect(cells.representatives == [0, 1, 3, 4, 5])
    #expect(cells.counts == [2, 1, 1, 1, 1])
    #expect(cells.cells == [0, 1, 0, 2, 3, 4])
    #expect(cells.rows(of: [1, 2, 3, 4, 5, 6]) == [1, 2, 4, 5, 6])
  }

  @Test func weightsAreAddedAndOffsetsPart() {
    let cells = DistinctCells(
      [1, 1, 1, 0, 1, 0], by: [Self.plan], weights: [1, 2, 3, 4, 5, 6], offset: [0, 0, 0, 0, 1, 0])
    #expect(cells.representatives == [0, 1, 3, 4, 5])
    #expect(cells.counts == [4, 2, 4, 5, 6])
  }

  /// Many values in each of several columns: pairs that a table could not hold.
  @Test func cellsOfManyValuesAreThoseOfADictionary() {
    let columns = [37, 101, 53].map { prime in (0..<5_000).map { Double($0 * $0 % prime) } }
    let covariates = columns.enumerated().map {
      Covariate(name: "\($0)", column: .number(values: $1, isPresent: $1.map { _ in true }))
    }
    let cells = DistinctCells(Array(repeating: 1, count: 5_000), by: covariates)
    var expected: [[Double]: Double] = [:]
    for row in 0..<5_000 { expected[columns.map { $0[row] }, default: 0] += 1 }
    #expect(cells.counts.count == expected.count)
    for (representative, count) in zip(cells.representatives, cells.counts) {
      #expect(expected[columns.map { $0[representative] }] == count)
    }
  }
}
