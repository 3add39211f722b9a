import Sessions
import Testing

@Suite struct NumberGrammarTests {
  /// Every double is the one nearest to its decimal: 2,021 decimals against CPython 3.11's
  /// `float()`, among them 500 just beside the middle of two doubles.
  @Test func doublesAreTheNearest() {
    let table = referenceTable("numbers.csv")
    #expect(table.count > 2_000)
    for cells in table {
      let number = withBytes(cells[0]) { NumberGrammar.number($0) }
      #expect(number?.value.bitPattern == UInt64(cells[1], radix: 16), "\(cells[0])")
    }
  }

  @Test(arguments: [
    ("+5", 5), ("1.", 1), (".5", 0.5), ("1e2", 100), ("1E+2", 100), ("-2.5e-1", -0.25),
    ("007", 7), ("1e-400", 0), ("0e999999999999999999999", 0), ("-0.0", 0),
    ("100000000000000000000000", 1e23), ("0.00000000000000000000001", 1e-23),
  ])
  func reads(_ text: String, _ value: Double) {
    let number = withBytes(text) { NumberGrammar.number($0) }
    #expect(number?.value == value)
    #expect(number?.value.sign != .minus || value < 0)
  }

  @Test(arguments: [
    "", "+", "-", ".", "e5", "1e", "1e+", "--1", "1..2", "1.2.3", " 1", "1 ", "1,5", "1_000",
    "0x10",
    "nan", "NaN", "inf", "-Infinity", "1e400", "-1e309", "49USD", "$49", "４９", "1e5.0", "1f",
  ])
  func refuses(_ text: String) {
    #expect(withBytes(text) { NumberGrammar.number($0) } == nil)
  }

  @Test func underflowIsSeen() {
    #expect(withBytes("1e-400") { NumberGrammar.number($0) }?.underflowed == true)
    #expect(withBytes("0e-400") { NumberGrammar.number($0) }?.underflowed == false)
    #expect(withBytes("5e-324") { NumberGrammar.number($0) }?.underflowed == false)
  }

  @Test func integersReachTheirEnds() {
    func read(_ text: String) -> NumberGrammar.Integer? {
      withBytes(text) { NumberGrammar.integer($0) }
    }
    #expect(read("9223372036854775807") == .value(.max))
    #expect(read("-9223372036854775808") == .value(.min))
    #expect(read("9223372036854775808") == .tooLarge)
    #expect(read("-9223372036854775809") == .tooLarge)
    #expect(read("99999999999999999999999") == .tooLarge)
    #expect(read("+007") == .value(7))
    for text in ["", "-", "1.0", "1e3", " 1", "0x1"] { #expect(read(text) == nil) }
  }
}
