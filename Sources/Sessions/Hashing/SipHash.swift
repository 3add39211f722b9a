/// SipHash-2-4, a keyed hash of bytes to 64 bits.
///
/// The standard library's `Hasher` is keyed anew in every process; this hash is the same on every
/// machine and in every run, so it may decide which side of a split a customer falls on.
///
/// Reference: Aumasson and Bernstein (2012), *SipHash: a fast short-input PRF*, INDOCRYPT;
/// appendix A has the test vector.
public enum SipHash {
  /// The key of every dictionary of a table: the first 32 hexadecimal digits of π − 3.
  public static let key: (UInt64, UInt64) = (0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344)

  /// The hash of some bytes.
  ///
  /// - Complexity: O(length), about one nanosecond a byte.
  public static func hash(
    _ bytes: UnsafeBufferPointer<UInt8>, key: (UInt64, UInt64) = SipHash.key
  ) -> UInt64 {
    var state = State(key)
    let raw = UnsafeRawBufferPointer(bytes)
    let whole = raw.count & ~7
    var offset = 0
    while offset < whole {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      state.absorb(word)
      offset += 8
    }
    // The last word carries what is left over, and the length in its top byte.
    var last = UInt64(truncatingIfNeeded: raw.count) << 56
    while offset < raw.count {
      last |= UInt64(raw[offset]) << UInt64(8 * (offset - whole))
      offset += 1
    }
    state.absorb(last)
    return state.finish()
  }

  /// The four words of the state.
  private struct State {
    var a, b, c, d: UInt64

    init(_ key: (UInt64, UInt64)) {
      a = key.0 ^ 0x736F_6D65_7073_6575
      b = key.1 ^ 0x646F_7261_6E64_6F6D
      c = key.0 ^ 0x6C79_6765_6E65_7261
      d = key.1 ^ 0x7465_6462_7974_6573
    }

    @inline(__always) mutating func absorb(_ word: UInt64) {
      d ^= word
      round()
      round()
      a ^= word
    }

    @inline(__always) mutating func finish() -> UInt64 {
      c ^= 0xFF
      for _ in 0..<4 { round() }
      return a ^ b ^ c ^ d
    }

    @inline(__always) private mutating func round() {
      a &+= b
      b = b << 13 | b >> 51
      b ^= a
      a = a << 32 | a >> 32
      c &+= d
      d = d << 16 | d >> 48
      d ^= c
      a &+= d
      d = d << 21 | d >> 43
      d ^= a
      c &+= b
      b = b << 17 | b >> 47
      b ^= c
      c = c << 32 | c >> 32
    }
  }
}
