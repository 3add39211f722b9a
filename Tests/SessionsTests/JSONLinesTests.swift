import Sessions
import Testing

@Suite struct JSONLinesTests {
  static let mapping: Schema = {
    var schema = Schema(arm: ["offer"])
    schema.session = "id"
    schema.reasonText = "text"
    return schema
  }()

  private func table(_ lines: String...) throws -> SessionTable {
    try read(lines.joined(separator: "\n") + "\n", Self.mapping, name: "log.jsonl")
  }

  private func text(_ literal: String) throws -> String? {
    let table = try table(#"{"id": "s", "offer": "a", "text": \#(literal)}"#)
    return table.chunks.first?.reasonTexts?[0]
  }

  @Test func escapesAreUndone() throws {
    #expect(try text(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{c}\n\r\t")
    #expect(try text(#""\u0041\u00e9\u20AC""#) == "Aé€")
    #expect(try text(#""\ud83d\ude00""#) == "😀")
    #expect(try text(#""é€😀""#) == "é€😀")
    #expect(try text("null") == "")
    #expect(try text("true") == "true")
    #expect(try text("12") == "12")
  }

  @Test(arguments: [
    #"{"id": "s", "offer": "a", "text": "\x"}"#, #"{"id": "s", "offer": "a", "text": "\ud83d"}"#,
    #"{"id": "s", "offer": "a", "text": "\ude00"}"#,
    #"{"id": "s", "offer": "a", "text": "\u12g4"}"#,
    #"{"id": "s", "offer": "a", "text": "\ud83dA"}"#, #"{"id": "s", "offer": "a",}"#,
    #"{"id": "s" "offer": "a"}"#, #"{"id": "s", "offer": "a"}}"#, #"{"id": "s", "offer": "a"} x"#,
    #"{'id': 's', "offer": "a"}"#, #"{id: "s", "offer": "a"}"#,
    #"{"id": "s", "offer": "a", "x": 01}"#,
    #"{"id": "s", "offer": "a", "x": 1.}"#, #"{"id": "s", "offer": "a", "x": .5}"#,
    #"{"id": "s", "offer": "a", "x": +1}"#, #"{"id": "s", "offer": "a", "x": NaN}"#,
    #"{"id": "s", "offer": "a", "x": Infinity}"#, #"{"id": "s", "offer": "a", "x": 1e}"#,
    #"{"id": "s", "offer": "a", "x": [1,]}"#, #"{"id": "s", "offer": "a", "x": [1 2]}"#,
    #"{"id": "s", "offer": "a", "x": {"y" 1}}"#, #"{"id": "s", "offer": "a", "x": {"y": 1]}"#,
    #"{"id": "s", "offer": "a", "x": tru}"#, #"{"id": "s", "offer": "a", "x": }"#, "{,}", "[1,]",
  ])
  func whatBreaksTheGrammarIsRefused(_ line: String) throws {
    let table = try table(#"{"id": "s0", "offer": "a"}"#, line)
    #expect(table.report.rejects.map(\.code) == [.badJSON])
    #expect(table.report.rejects.map(\.line) == [2])
    #expect(table.rowCount == 1)
  }

  @Test(arguments: [
    #"{"x": [[], {}, [{"y": [1, {"z": null}]}], -0.5e+3], "id": "s", "offer": "a"}"#,
    #" { "id" : "s" , "offer" : "a" , "x" : { "a" : [ ] , "b" : { } } } "#,
    #"{"id":"s","offer":"a","":0,"x":[true,false,null,"]","}"]}"#,
  ])
  func whatKeepsTheGrammarIsRead(_ line: String) throws {
    let table = try table(line)
    #expect(table.report.rejected == 0)
    #expect(table.sessions.texts == ["s"])
  }

  @Test(arguments: [
    (#"{"id": 1, "offer": "a"}"#, ReadCode.badType), (#"{"id": true, "offer": "a"}"#, .badType),
    (#"{"id": "s", "offer": ["a"]}"#, .badType), (#"{"id": "s", "offer": 1.5}"#, .badType),
    (#"{"id": "s"}"#, .missingValue), (#"{"id": null, "offer": "a"}"#, .missingValue),
    (#"{"id": "s", "offer": "a", "id": "s"}"#, .duplicateKey),
    (#"{"id": "s", "offer": "a", "x": 1, "\u0078": 2}"#, .duplicateKey),
    (#"{"id": "s", "offer": "a", "text": "\u0000"}"#, .nulByte), ("[]", .notObject),
    ("3", .notObject),
    (#"{"id": "", "offer": "a"}"#, .emptyID), (#"{"id": "s", "offer": " "}"#, .emptyOffer),
  ])
  func theCauseIsNamed(_ line: String, _ code: ReadCode) throws {
    let table = try table(#"{"id": "s0", "offer": "a"}"#, line)
    #expect(table.report.rejects.map(\.code) == [code])
  }

  @Test func depthIsLimited() throws {
    func nested(_ depth: Int) throws -> SessionTable {
      let open = String(repeating: "[", count: depth - 1)
      let close = String(repeating: "]", count: depth - 1)
      return try table(#"{"id": "s", "offer": "a", "x": \#(open)\#(close)}"#)
    }
    #expect(try nested(64).report.rejected == 0)
    #expect(try nested(65).report.rejects.map(\.code) == [.tooDeep])
  }

  @Test func keysThatComeLaterAreUnknownToo() throws {
    let table = try table(
      #"{"id": "s1", "offer": "a", "x": 1}"#, #"{"y": 2, "id": "s2", "offer": "a"}"#)
    #expect(table.report.warning(.unknownColumn)?.columns == ["x", "y"])
    #expect(table.rowCount == 2)
  }

  @Test func wholeNumbersMayBeWords() throws {
    let table = try table(#"{"id": "s1", "offer": 14}"#, #"{"id": "s2", "offer": "14"}"#)
    #expect(table.arms == ["14"])
  }

  @Test func typesOfNumbersAreStrict() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.reward = Schema.RewardRole(column: "r", minimum: 0, maximum: 1)
    mapping.covariates = ["n": Schema.Covariate(kind: .number, missing: ["NA"])]
    let lines = [
      #"{"offer": "a", "r": true, "n": 1.5}"#, #"{"offer": "a", "r": 0, "n": "NA"}"#,
      #"{"offer": "a", "r": 1, "n": null}"#, #"{"offer": "a", "r": "1", "n": 1}"#,
      #"{"offer": "a", "r": 2, "n": 1}"#, #"{"offer": "a", "r": 1, "n": "1"}"#,
      #"{"offer": "a", "r": 1, "n": false}"#,
    ]
    let table = try read(lines.joined(separator: "\n"), mapping, name: "log.jsonl")
    #expect(table.rowTexts == ["1|1|a|1.0|1.5", "2|2|a|0.0|–", "3|3|a|1.0|–"])
    #expect(table.report.rejects.map(\.code) == [.badType, .outOfRange, .badType, .badType])
  }

  @Test(arguments: ["", "\n \n"]) func aFileWithoutAnObjectIsEmpty(_ text: String) {
    #expect(failure(text, Self.mapping, name: "log.jsonl")?.code == .emptyFile)
  }

  @Test func aLongLineStopsTheFile() {
    let error = failure(
      #"{"id": "s1", "offer": "a"}"# + "\n" + String(repeating: " ", count: 100), Self.mapping,
      name: "log.jsonl"
    ) {
      $0.limits.rowBytes = 50
      $0.blockSize = 8
    }
    #expect(error?.code == .rowTooLarge)
    #expect(error?.line == 2)
  }
}
