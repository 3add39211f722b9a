import Segments
import Testing

@Suite struct FormulaTests {
  static func labels(_ text: String) throws -> [String] { try Formula(text).terms.map(\.label) }

  @Test func productsBindBeforeSumsAndEqualTermsCountOnce() throws {
    #expect(try Self.labels("a + b:c * d") == ["a", "d", "b:c", "b:c:d"])
    #expect(try Self.labels("(a + b) : (c + d)") == ["a:c", "a:d", "b:c", "b:d"])
    #expect(try Self.labels("a*b + b*a + a + a:a") == ["a", "b", "a:b"])
    #expect(try Self.labels("1 + a * 1") == ["a"])
    #expect(try Self.labels(" 1 ").isEmpty)
  }

  @Test func aProductOfSumsIsWrittenOut() throws {
    #expect(
      try Self.labels("arm * (tenure + plan + reason)") == [
        "arm", "tenure", "plan", "reason", "arm:tenure", "arm:plan", "arm:reason",
      ])
  }

  @Test func aResponseStandsBeforeTheTilde() throws {
    let formula = try Formula("saved ~ log(mrr) + `plan type`")
    #expect(formula.response == "saved")
    #expect(formula.variables.map(\.label) == ["log(mrr)", "plan type"])
    #expect(formula.variables.map(\.transform) == [.log, nil])
    #expect(try Formula("a").response == nil)
    #expect(try Formula("`a ~ b` + c").response == nil)
  }

  static let mistakes: [(String, FormulaError)] = [
    ("", .incomplete(column: 1)),
    ("a + ", .incomplete(column: 5)),
    ("a +  * b", .unexpected("*", column: 6)),
    ("a - b", .unexpected("-", column: 3)),
    ("a b", .unexpected("b", column: 3)),
    ("0 + a", .unexpected("0", column: 1)),
    ("a ~ b ~ c", .unexpected("~", column: 7)),
    ("~ a", .unexpected("~", column: 1)),
    ("a * (b + c", .unclosed(column: 5)),
    ("a + b)", .unexpected(")", column: 6)),
    ("a + I(b)", .unknownFunction("I", column: 5)),
    ("exp(b)", .unknownFunction("exp", column: 1)),
    ("log(b + c)", .unexpected("+", column: 7)),
    ("log(b", .unclosed(column: 4)),
    ("log()", .unexpected(")", column: 5)),
    ("a + `b", .unclosed(column: 5)),
    ("a + ``", .unexpected("`", column: 6)),
    ("y ~ a + y", .responseAmongTerms(column: 9)),
    (String(repeating: "(", count: 100_000), .tooDeep(column: 65)),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsFoundAtItsColumn(_ text: String, _ error: FormulaError) {
    #expect(throws: error) { try Formula(text) }
  }

  @Test func productsThatGrowWithoutEndAreRefused() {
    let sum = "(" + (0..<200).map { "a\($0)" }.joined(separator: "+") + ")"
    #expect(throws: FormulaError.self) { try Formula("\(sum) * \(sum)") }
    #expect(throws: FormulaError.self) {
      try Formula((0..<40).map { "a\($0)" }.joined(separator: "*"))
    }
  }
}
