import Sessions
import Testing

@Suite struct KeyDictionaryTests {
  @Test func codesAreInTheOrderFirstSeen() {
    var dictionary = KeyDictionary()
    let codes = ["b", "a", "b", "", "c", "a"].map { dictionary.intern($0) }
    #expect(codes == [0, 1, 0, 2, 3, 1])
    #expect(dictionary.texts == ["b", "a", "", "c"])
    #expect(dictionary.code(of: "c") == 3)
    #expect(dictionary.code(of: "d") == nil)
  }

  @Test func textsAreComparedByTheirBytes() {
    var dictionary = KeyDictionary()
    // An é as one scalar and as two; the Ångström sign and the letter; case and zeros.
    for text in ["Caf\u{e9}", "Cafe\u{301}", "\u{212B}", "\u{C5}", "007", "7", "a", "A"] {
      _ = dictionary.intern(text)
    }
    #expect(dictionary.count == 8)
  }

  @Test func manyTextsKeepTheirCodes() {
    var dictionary = KeyDictionary()
    for number in 0..<50_000 { #expect(dictionary.intern("key \(number)") == Int32(number)) }
    for number in 0..<50_000 { #expect(dictionary.code(of: "key \(number)") == Int32(number)) }
    #expect(dictionary[49_999] == "key 49999")
  }

  @Test func hashesAreTheSameEverywhere() {
    var dictionary = KeyDictionary()
    let code = dictionary.intern("c001")
    #expect(dictionary.stableHash(code) == withBytes("c001") { SipHash.hash($0) })
    // Value stability: a change here would split every log anew.
    #expect(dictionary.stableHash(code) == 0xBC34_E664_443D_4622)
  }
}
