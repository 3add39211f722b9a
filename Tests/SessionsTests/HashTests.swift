import Sessions
import Testing

@Suite struct HashTests {
  private func digest(_ pieces: [[UInt8]], usesInstructions: Bool = true) -> String {
    var hash = SHA256(usesInstructions: usesInstructions)
    for piece in pieces { piece.withUnsafeBytes { hash.update($0) } }
    return hash.hexDigest()
  }

  /// NIST, *SHA-256 examples* (FIPS 180-4 test values), and its million-letter message.
  @Test(arguments: [true, false]) func sha256GivesTheKnownAnswers(usesInstructions: Bool) {
    func digest(_ pieces: [[UInt8]]) -> String {
      self.digest(pieces, usesInstructions: usesInstructions)
    }
    #expect(
      digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      digest([Array("abc".utf8)])
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest([Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)])
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      digest([Array(repeating: UInt8(ascii: "a"), count: 1_000_000)])
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func sha256DoesNotDependOnThePieces() {
    let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let whole = digest([message])
    for cut in 0...300 {
      #expect(digest([Array(message[..<cut]), Array(message[cut...])]) == whole)
    }
    #expect(digest(message.map { [$0] }) == whole)
  }

  /// The hash of 00 01 02 …, by length, under the key of the paper's appendix A; the vector
  /// of the appendix itself is that of fifteen bytes.
  @Test func sipHashGivesTheKnownAnswers() {
    let table = referenceTable("siphash.csv")
    #expect(table.count == 64)
    #expect(table[15] == ["15", "a129ca6149be45e5"])
    let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    for cells in table {
      let bytes = (0..<(Int(cells[0]) ?? 0)).map { UInt8($0) }
      let hash = bytes.withUnsafeBufferPointer { SipHash.hash($0, key: key) }
      #expect(hash == UInt64(cells[1], radix: 16))
    }
  }
}
