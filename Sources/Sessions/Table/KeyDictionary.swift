/// The distinct texts of a column, in the order first seen; a text's code is its place.
///
/// Two texts are the same exactly if their bytes are: "007" is not "7", and an é written as one
/// scalar is not an é written as two. Each text keeps its ``SipHash``, which is the same on every
/// machine, so that customers can be split, and bootstrap weights keyed, by who they are.
///
/// Looking a text up by its bytes is open addressing with linear probing, at most half full.
public struct KeyDictionary: Sendable {
  /// The bytes of all texts, behind each other.
  private var bytes: [UInt8] = []
  /// Text *i* is `bytes[offsets[i]..<offsets[i + 1]]`.
  private var offsets: [Int] = [0]
  /// The hash of each text.
  private var hashes: [UInt64] = []
  /// The code plus one in each slot, zero where free; the number of slots is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 16)

  /// Creates a dictionary without texts.
  public init() {}

  /// The number of distinct texts.
  public var count: Int { hashes.count }

  /// The text of a code.
  public subscript(code: Int32) -> String {
    String(decoding: bytes[offsets[Int(code)]..<offsets[Int(code) + 1]], as: UTF8.self)
  }

  /// Every text, in the order of codes.
  public var texts: [String] { (0..<count).map { self[Int32($0)] } }

  /// The keyed hash of a code's text: 64 bits, the same on every machine and in every version.
  public func stableHash(_ code: Int32) -> UInt64 { hashes[Int(code)] }

  /// The code of a text, or `nil` if it was never seen.
  public func code(of text: String) -> Int32? {
    var text = text
    return text.withUTF8 { code(of: $0) }
  }

  /// The code of a text, which is added if it is new.
  ///
  /// - Complexity: O(length) on average.
  mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = SipHash.hash(text)
    let (slot, code) = find(text, hash: hash)
    if let code { return code }
    let added = Int32(count)
    slots[slot] = UInt32(added) + 1
    hashes.append(hash)
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
    if 2 * count > slots.count { grow() }
    return added
  }

  /// The code of a text, which is added if it is new.
  package mutating func intern(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// The code of some bytes, or `nil` if they were never seen.
  func code(of text: UnsafeBufferPointer<UInt8>) -> Int32? {
    find(text, hash: SipHash.hash(text)).code
  }

  /// The code of a text, or the slot in which it would lie.
  private func find(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> (slot: Int, code: Int32?) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let code = Int(slots[slot]) - 1
      if hashes[code] == hash, equals(code, text) { return (slot, Int32(code)) }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  private func equals(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = offsets[code]
    guard offsets[code + 1] - start == text.count else { return false }
    for index in 0..<text.count where bytes[start + index] != text[index] { return false }
    return true
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = Array(repeating: 0, count: mask + 1)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(code) + 1
    }
  }
}
