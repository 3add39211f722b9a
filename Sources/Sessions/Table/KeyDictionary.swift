#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

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
  /// In each slot the code plus one below, the upper half of the hash above; zero where free.
  ///
  /// Their number is a power of two. The half hash tells nearly all strangers apart without a
  /// look at the texts, which lie elsewhere in memory.
  private var slots: [UInt64] = Array(repeating: 0, count: 16)

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
  mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 { insert(text).code }

  /// The code of a text, which is added if it is new, and whether it was.
  ///
  /// - Complexity: O(length) on average.
  mutating func insert(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (inserted: Bool, code: Int32) {
    let hash = SipHash.hash(text)
    let (slot, code) = find(text, hash: hash)
    if let code { return (false, code) }
    let added = count
    slots[slot] = Self.entry(hash, added)
    hashes.append(hash)
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
    if 2 * count > slots.count { grow() }
    return (true, Int32(added))
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
    let wanted = Self.entry(hash, -1)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if entry & ~0xFFFF_FFFF == wanted {
        let code = Int(entry & 0xFFFF_FFFF) - 1
        if equals(code, text) { return (slot, Int32(code)) }
      }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  /// What a slot holds for a code; for −1 only the half hash.
  @inline(__always)
  private static func entry(_ hash: UInt64, _ code: Int) -> UInt64 {
    hash & ~0xFFFF_FFFF | UInt64(code + 1)
  }

  private func equals(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = offsets[code]
    guard offsets[code + 1] - start == text.count else { return false }
    guard let wanted = text.baseAddress else { return true }
    return bytes.withUnsafeBufferPointer { all in
      guard let base = all.baseAddress else { return false }
      return memcmp(base + start, wanted, text.count) == 0
    }
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = Array(repeating: 0, count: mask + 1)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Self.entry(hash, code)
    }
  }
}
