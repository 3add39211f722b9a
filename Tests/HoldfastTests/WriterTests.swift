import Foundation
import Holdfast
import Sessions
import Testing

/// What is written reads back as it was, and steers neither a terminal nor a reader.
@Suite struct WriterTests {
  /// Texts that a careless writer breaks on.
  static let texts = [
    "plain", "a,b", "say \"yes\"", "\"", "two\nlines", "two\r\nlines", "cr\ralone", " spaces ",
    "tab\there", "none × after_reason", "é", "e\u{301}", "🏳️‍🌈", "back\\slash", "null", "=1+1",
  ]

  /// Numbers at the ends of the range of doubles, and some whose decimals are long.
  static let numbers = [
    0, -0.0, 1, -1, 0.1, 1 / 3, 1e-5, 123_456_789.125, 1e15, 1e16, 1e22, .leastNonzeroMagnitude,
    .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    .leastNormalMagnitude, .ulpOfOne,
  ]

  @Test func jsonTextsReadBack() throws {
    let all = Self.texts + (0..<0x80).compactMap { Unicode.Scalar($0).map { "a\($0)b" } }
    let json = JSONValue.array(all.map(JSONValue.text)).text
    #expect(json.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
    #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == all)
  }

  @Test func jsonNumbersReadBackToTheLastBit() throws {
    let json = JSONValue.array(Self.numbers.map(JSONValue.number)).text
    let back = try JSONDecoder().decode([Double].self, from: Data(json.utf8))
    #expect(back.map(\.bitPattern) == Self.numbers.map(\.bitPattern))
    let whole = JSONValue.array([.integer(.max), .integer(.min)]).text
    #expect(try JSONDecoder().decode([Int].self, from: Data(whole.utf8)) == [.max, .min])
  }

  @Test func jsonMembersKeepTheirOrder() {
    let value = JSONValue.object([
      ("z", .integer(1)), ("a", .array([])), ("m", .object([])), ("b", .field(.missing)),
      ("c", .field(.texts(["x", "y"]))),
    ])
    #expect(
      value.text == """
        {
          "z": 1,
          "a": [],
          "m": {},
          "b": null,
          "c": [
            "x",
            "y"
          ]
        }

        """)
  }

  /// Fields go through the reader of sessions, which follows RFC 4180 to the letter.
  @Test func csvFieldsReadBack() throws {
    var text = CSVWriter.line(["arm", "note"])
    for field in Self.texts { text += CSVWriter.line(["a", field]) }
    let folder = try TemporaryFolder()
    var schema = Schema(arm: ["arm"])
    schema.covariates["note"] = Schema.Covariate(kind: .category)
    let table = try SessionReader(schema: schema).read(folder.write(text, to: "log.csv"))
    #expect(table.report.rejected == 0)
    #expect(table.covariates[0].levels.texts == Self.texts)
  }

  @Test func csvNumbersReadBackToTheLastBit() throws {
    for number in Self.numbers {
      #expect(Double(CSVWriter.text(.number(number)))?.bitPattern == number.bitPattern)
    }
    #expect(CSVWriter.text(.missing) == "")
    #expect(CSVWriter.text(.texts(["a", "b"])) == "a; b")
  }

  /// Rounding half away from zero; a minus sign only before what is not shown as zero.
  @Test(arguments: [
    (0.5, 0, "1"), (-0.5, 0, "−1"), (0.125, 2, "0.13"), (-0.125, 2, "−0.13"), (0.004, 2, "0.00"),
    (-0.004, 2, "0.00"), (1_234.5, 1, "1234.5"), (0.05, 3, "0.050"), (-12, 2, "−12.00"),
    (9.999, 2, "10.00"), (1e300, 2, "1e+300"),
  ])
  func decimals(_ value: Double, _ places: Int, _ text: String) {
    #expect(Decimals.text(value, places) == text)
  }

  @Test func sharesSignsAndPValues() {
    #expect(Decimals.percent(0.1828) == "18.28 %")
    #expect(Decimals.signed(-0.004, 2) == "0.00")
    #expect(Decimals.signed(0.004, 2) == "0.00")
    #expect(Decimals.signed(0, 0) == "0")
    #expect(Decimals.signed(7.659, 2) == "+7.66")
    #expect(Decimals.signed(-0.82, 2) == "−0.82")
    #expect(Decimals.pValue(0.90371) == "0.9037")
    #expect(Decimals.pValue(0.001) == "0.0010")
    #expect(Decimals.pValue(0.000_999_96) == "1.0e-3")
    #expect(Decimals.pValue(5.6e-11) == "5.6e-11")
    #expect(Decimals.pValue(.leastNonzeroMagnitude) == "4.9e-324")
    #expect(Decimals.pValue(0) == "< 1e-300")
  }

  @Test func aTableEscapesWhatSteersATerminal() {
    var table = TerminalTable([("name", .left), ("n", .right)])
    table.add(["\u{1B}[31mred\u{7}", "1"])
    table.add(["line\nbreak\r", "22"])
    table.add(["\u{202E}txt.exe\u{2028}\u{200B}", "333"])
    #expect(
      table.text.unicodeScalars.allSatisfy {
        $0 == "\n" || ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
      })
    let lines = table.text.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(Set(lines.dropFirst().map(\.count)).count == 1)
    #expect(lines[2].hasPrefix("\\u{1b}[31mred\\u{7}"))
  }
}
