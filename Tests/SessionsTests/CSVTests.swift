import Sessions
import Testing

@Suite struct CSVTests {
  /// A session, an offer and a text: the smallest schema that shows how fields are split.
  static let mapping: Schema = {
    var schema = Schema(arm: ["offer"])
    schema.session = "id"
    schema.reasonText = "text"
    return schema
  }()

  private func texts(_ rows: String) throws -> [String] {
    let table = try read("id,offer,text\n" + rows, Self.mapping)
    #expect(table.report.rejected == 0)
    return table.chunks.flatMap { chunk in
      (0..<chunk.rowCount).compactMap { chunk.reasonTexts?[$0] }
    }
  }

  @Test func quotedFieldsHoldAnything() throws {
    #expect(try texts("s1,a,\"x,y\"\n") == ["x,y"])
    #expect(try texts("s1,a,\"x\ny\"\r\ns2,a,\"\r\n\"") == ["x\ny", "\r\n"])
    #expect(try texts("s1,a,\"\"\"\"\n") == ["\""])
    #expect(try texts("s1,a,\"\"\"x\"\"y\"\"\"\n") == ["\"x\"y\""])
    #expect(try texts("\"s1\",\"a\",\"\"\n") == [""])
  }

  @Test func lastRowNeedsNoNewline() throws {
    #expect(try texts("s1,a,x") == ["x"])
    #expect(try texts("s1,a,") == [""])
    #expect(try texts("s1,a,\"x\"") == ["x"])
    #expect(try texts("s1,a,x\r\n\r\n\n") == ["x"])
  }

  @Test(arguments: [
    ("s1,a,x\"y\n", ReadCode.quoteInField), ("s1,a,\"x\"y\n", .textAfterQuote),
    ("s1,a,\"x\" \n", .textAfterQuote), ("s1,a,x\ry\n", .bareCarriageReturn),
    ("s1,a\n", .fieldCount), ("s1,a,x,y\n", .fieldCount), ("s1\n", .fieldCount),
    ("s1,a,\u{0}\n", .nulByte),
  ])
  func aBrokenRowCostsItselfOnly(_ row: String, _ code: ReadCode) throws {
    let table = try read("id,offer,text\n\(row)s2,a,x\n", Self.mapping)
    #expect(table.report.rejects.map(\.code) == [code])
    #expect(table.report.rejects.map(\.line) == [2])
    #expect(table.rowCount == 1)
    #expect(table.sessions.texts == ["s2"])
  }

  @Test func linesAreCountedThroughEmbeddedNewlines() throws {
    let table = try read("id,offer,text\ns1,a,\"1\n2\n3\"\ns2,a\n\ns3,a,x\n", Self.mapping)
    #expect(table.report.rejects.map(\.line) == [5])
    #expect(table.report.warning(.blankLines)?.lines == [6])
    #expect(table.report.lines == 7)
  }

  @Test func anUnclosedQuoteIsReportedWhereItOpens() {
    let error = failure("id,offer,text\ns1,a,\"1\n2\n3\"\ns2,a,\"x\ns3,a,y\n", Self.mapping)
    #expect(error?.code == .unterminatedQuote)
    #expect(error?.line == 5)
  }

  @Test(arguments: [
    ("id;offer;text\n", "SEMICOLON"), ("id\toffer\ttext\n", "TAB"),
    ("Id,Offer,text\n", "\"Id\" for id"),
    ("id ,offer,text\n", "\"id \" for id"),
  ])
  func aMissingColumnComesWithAHint(_ header: String, _ hint: String) {
    let error = failure(header + "1,2,3\n", Self.mapping)
    #expect(error?.code == .missingColumn)
    #expect(error?.sentence.contains(hint) == true)
  }

  @Test func aMissingColumnIsNamedWithAllOthers() {
    let error = failure("id\ns1\n", Self.mapping)
    #expect(error?.sentence.contains("offer, text") == true)
  }

  @Test func aColumnNamedTwiceStopsTheFile() {
    #expect(failure("id,offer,text,id\n", Self.mapping)?.code == .duplicateColumn)
  }

  @Test(arguments: ["", "\n", "\r\n\r\n", "\u{FEFF}"])
  func aFileWithoutAHeaderIsEmpty(_ text: String) {
    #expect(failure(text, Self.mapping)?.code == .emptyFile)
  }

  @Test func limitsHold() throws {
    let long = String(repeating: "x", count: 100)
    let table = try read("id,offer,text\ns1,a,\(long)\ns2,a,y\n", Self.mapping) {
      $0.limits.fieldBytes = 99
    }
    #expect(table.report.rejects.map(\.code) == [.fieldTooLarge])
    #expect(table.report.rejects.map(\.column) == ["text"])
    let error = failure("id,offer,text\ns1,a,\(long)\n", Self.mapping) {
      $0.limits.rowBytes = 50
      $0.blockSize = 8
    }
    #expect(error?.code == .rowTooLarge)
    #expect(error?.line == 2)
    #expect(
      failure("id,offer,text\n", Self.mapping) { $0.limits.columns = 2 }?.code == .tooManyColumns)
    #expect(
      failure("id,offer,text\ns1,a,\ns2,a,\ns3,a,\n", Self.mapping) {
        $0.limits.distinctKeys = 2
        $0.blockSize = 4
      }?.code == .tooManyDistinct)
  }

  /// Looking at a row again from its start, block after block, must not cost quadratic time:
  /// two million quotes in blocks of one byte take a second if it does not, and an hour if so.
  @Test func timeIsLinearInTheRow() {
    let flood = String(repeating: "\"", count: 2_000_001)
    let error = failure("id,offer,text\n" + flood, Self.mapping) { $0.blockSize = 1 }
    #expect(error?.code == .unterminatedQuote)
  }
}
