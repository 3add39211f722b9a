/// What is wrong or odd about the bytes of a text.
///
/// Text is validated and never repaired: a replacement character would make one key of two.
package enum TextHygiene {
  package struct Findings: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A NUL byte.
    package static let nul = Findings(rawValue: 1)
    /// Bytes that are not UTF-8.
    package static let invalid = Findings(rawValue: 2)
    /// A control character other than tab and newline, or a line or paragraph separator.
    package static let control = Findings(rawValue: 4)
  }

  /// Whether every byte is printable ASCII: then there is nothing to find. Eight at a time.
  package static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // The high bit of a byte is set if it is 0x80 or more, if adding one makes it so (0x7F),
      // or if taking 0x20 away borrows.
      let odd = word | (word &+ ones) | (word &- 0x20 &* ones)
      if odd & highs != 0 { return false }
      offset += 8
    }
    while offset < bytes.count {
      if !(0x20...0x7E).contains(bytes[offset]) { return false }
      offset += 1
    }
    return true
  }

  /// All that is wrong or odd about a text.
  ///
  /// - Complexity: O(length).
  package static func inspect(_ bytes: UnsafeBufferPointer<UInt8>) -> Findings {
    var findings: Findings = []
    var index = 0
    while index < bytes.count {
      guard let scalar = nextScalar(bytes, &index) else { return findings.union(.invalid) }
      switch scalar {
      case 0: findings.insert(.nul)
      case 0x09, 0x0A, 0x0D: break
      case 0x01..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: findings.insert(.control)
      default: break
      }
    }
    return findings
  }

  /// Whether a key looks like another: spaces at an end, or characters that cannot be seen.
  package static func isSuspicious(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    if let first = key.first, first <= 0x20 { return true }
    if let last = key.last, last <= 0x20 { return true }
    if isPlain(UnsafeRawBufferPointer(key)) { return false }
    var index = 0
    while index < key.count {
      guard let scalar = nextScalar(key, &index) else { return true }
      switch scalar {
      case 0x00..<0x20, 0x7F..<0xA1, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x17B5,
        0x180B...0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0x3164,
        0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
        return true
      default: break
      }
    }
    return false
  }

  /// The scalar at an index, which moves behind it; `nil` if the bytes are not UTF-8 there.
  ///
  /// Reference: *The Unicode Standard*, table 3-7, well-formed UTF-8 byte sequences.
  @inline(__always)
  private static func nextScalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> UInt32? {
    let lead = bytes[index]
    if lead < 0x80 {
      index += 1
      return UInt32(lead)
    }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    index += length
    return scalar
  }
}
