import Foundation
import LinearAlgebra
import Segments
import Testing

@Suite struct FormulaDesignTests {
  /// What R's `model.matrix` makes of a formula; `formulas.R` beside the file wrote it.
  struct Expansion: Decodable, CustomTestStringConvertible {
    let formula: String
    let names: [String]
    let columns: [[Double]]
    var testDescription: String { formula }
  }

  static func expansions() throws -> [Expansion] {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "formulas.json"))
    return try JSONDecoder().decode([Expansion].self, from: data)
  }

  static func category(_ name: String, _ codes: [Int], _ levels: [String]) -> Covariate {
    Covariate(name: name, column: .category(codes: codes.map { Int32($0) }, levels: levels))
  }

  static func number(_ name: String, _ values: [Double?]) -> Covariate {
    Covariate(
      name: name,
      column: .number(values: values.map { $0 ?? .nan }, isPresent: values.map { $0 != nil }))
  }

  /// The table of `formulas.R`.
  static let table = [
    category("arm", (0..<24).map { $0 % 3 }, ["none", "pause", "discount"]),
    category("plan", (0..<24).map { $0 / 3 % 2 }, ["monthly", "annual"]),
    category("reason", (0..<24).map { $0 * 5 / 7 % 3 }, ["price", "bugs", "other"]),
    number("tenure", (0..<24).map { Double(1 + $0 * 7 % 11) }),
    number("mrr", (0..<24).map { 0.5 + Double($0 * 3 % 5) }),
  ]

  static func columns(_ design: FormulaDesign) -> [[Double]] {
    (0..<design.matrix.columnCount).map { column in
      var unit = Array(repeating: 0.0, count: design.matrix.columnCount)
      unit[column] = 1
      return design.matrix.multiplied(by: unit)
    }
  }

  @Test func columnsAndTheirNamesAreThoseOfR() throws {
    for expansion in try Self.expansions() {
      let design = try FormulaDesign(
        Formula(expansion.formula.replacing("~ ", with: "")), over: Self.table)
      #expect(design.names == expansion.names, "\(expansion.formula)")
      for (computed, expected) in zip(Self.columns(design), expansion.columns) {
        for (here, there) in zip(computed, expected) {
          #expect(abs(here - there) <= 1e-14 * abs(there))
        }
      }
    }
  }

  @Test func eachTermHasItsColumns() throws {
    let design = try FormulaDesign(Formula("arm * plan + tenure"), over: Self.table)
    #expect(design.terms == [1..<3, 3..<4, 4..<5, 5..<7])
    #expect(design.matrix.columnCount == 7 && design.matrix.rowCount == 24)
  }

  @Test func whatIsMissingHasColumnsOfItsOwn() throws {
    let table = [
      Self.category("arm", [0, 1, 0, 1, 0, 1], ["none", "pause"]),
      Self.category("plan", [0, 0, 2, 2, -1, -1], ["monthly", "weekly", "annual"]),
      Self.number("tenure", [1, 2, nil, 4, 5, 6]),
      Self.number("logins", [3, 2, nil, 1, 0, 2]),
    ]
    let design = try FormulaDesign(Formula("arm * tenure + plan + logins"), over: table)
    #expect(
      design.names == [
        "(Intercept)", "armpause", "tenure", "is.na(tenure)", "planannual", "planNA", "logins",
        "armpause:tenure",
      ])
    #expect(
      Self.columns(design) == [
        [1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 0, 1], [1, 2, 0, 4, 5, 6], [0, 0, 1, 0, 0, 0],
        [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1], [3, 2, 0, 1, 0, 2], [0, 2, 0, 4, 0, 6],
      ])
    #expect(design.terms == [1..<2, 2..<4, 4..<6, 6..<7, 7..<8])
  }

  static let mistakes: [(String, FormulaError)] = [
    ("arm + tenur", .unknownVariable("tenur", column: 7)),
    ("tenure + log(arm)", .functionOfCategory("log", column: 10)),
    ("log(zero)", .undefined("log(zero)", row: 2, column: 1)),
    ("arm * sqrt(negative)", .undefined("sqrt(negative)", row: 0, column: 7)),
  ]

  @Test(arguments: mistakes)
  func aVariableThatDoesNotFitIsNamed(_ text: String, _ error: FormulaError) {
    let zero = Self.number("zero", (0..<24).map { $0 == 2 ? 0 : 1 })
    let negative = Self.number("negative", (0..<24).map { $0 == 0 ? -1 : nil })
    #expect(throws: error) {
      try FormulaDesign(Formula(text), over: Self.table + [zero, negative])
    }
  }

  @Test func outcomesAreNumbersOrTheSecondLevel() throws {
    let formula = try Formula("plan ~ tenure")
    #expect(try formula.outcomes(in: Self.table) == (0..<24).map { Double($0 / 3 % 2) })
    #expect(try Formula("mrr ~ arm").outcomes(in: Self.table)[1] == 3.5)
    #expect(throws: FormulaError.unusableResponse("arm", row: nil)) {
      try Formula("arm ~ 1").outcomes(in: Self.table)
    }
    #expect(throws: FormulaError.unusableResponse("y", row: 1)) {
      try Formula("y ~ 1").outcomes(in: [Self.number("y", [1, nil])])
    }
    #expect(throws: FormulaError.unknownVariable("y", column: 1)) {
      try Formula("y ~ 1").outcomes(in: Self.table)
    }
  }
}
