internal import CKernels

/// SHA-256 of a stream of bytes: the name under which a run's data can be recognised.
///
/// Reference: NIST (2015), *Secure Hash Standard*, FIPS 180-4, section 6.2.
package struct SHA256 {
  /// The eight words of the digest, in the standard's names, side by side in memory.
  private struct State {
    var a: UInt32 = 0x6A09_E667
    var b: UInt32 = 0xBB67_AE85
    var c: UInt32 = 0x3C6E_F372
    var d: UInt32 = 0xA54F_F53A
    var e: UInt32 = 0x510E_527F
    var f: UInt32 = 0x9B05_688C
    var g: UInt32 = 0x1F83_D9AB
    var h: UInt32 = 0x5BE0_CD19

    var words: [UInt32] { [a, b, c, d, e, f, g, h] }
  }

  private var state = State()
  /// Whether the processor's own instructions may be used; tests turn them off.
  private let usesInstructions: Bool
  /// Fewer than 64 bytes that wait for their block to be full.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// Begins an empty message.
  package init(usesInstructions: Bool = true) { self.usesInstructions = usesInstructions }

  /// Takes in more of the message.
  ///
  /// - Complexity: O(length).
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = min(64 - pending.count, rest.count)
      pending.append(contentsOf: rest.prefix(taken))
      rest = rest.dropFirst(taken)
      guard pending.count == 64 else { return }
      let block = pending
      block.withUnsafeBytes { compress($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count & ~63
    compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The digest of all that was taken in, in hexadecimal.
  package func hexDigest() -> String {
    var copy = self
    // One bit, zeros to 56 bytes of a block, and the length in bits.
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: (length << 3) >> UInt64(shift)))
    }
    padding.withUnsafeBytes { copy.update($0) }
    return copy.state.words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Folds whole blocks of 64 bytes into the state.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    guard !blocks.isEmpty, !(usesInstructions && compressedByInstructions(blocks)) else { return }
    var state = state
    Self.roundConstants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
        for start in stride(from: 0, to: blocks.count, by: 64) {
          Self.expand(blocks, start, constants, into: words)
          Self.fold(words, into: &state)
        }
      }
    }
    self.state = state
  }

  /// Folds whole blocks by the processor's instructions, three times as fast, if it has them.
  private mutating func compressedByInstructions(_ blocks: UnsafeRawBufferPointer) -> Bool {
    withUnsafeMutableBytes(of: &state) { state in
      guard let words = state.baseAddress?.assumingMemoryBound(to: UInt32.self),
        let bytes = blocks.baseAddress?.assumingMemoryBound(to: UInt8.self)
      else { return false }
      return holdfast_sha256_compress(words, bytes, blocks.count / 64) == 1
    }
  }

  /// The message schedule of a block with the constants added, step 1 of section 6.2.2.
  @inline(__always)
  private static func expand(
    _ blocks: UnsafeRawBufferPointer, _ start: Int, _ k: UnsafeBufferPointer<UInt32>,
    into w: UnsafeMutableBufferPointer<UInt32>
  ) {
    for t in 0..<16 {
      w[t] = UInt32(bigEndian: blocks.loadUnaligned(fromByteOffset: start + 4 * t, as: UInt32.self))
    }
    for t in 16..<64 {
      let x = w[t - 15]
      let y = w[t - 2]
      let s0 = (x >> 7 | x << 25) ^ (x >> 18 | x << 14) ^ (x >> 3)
      let s1 = (y >> 17 | y << 15) ^ (y >> 19 | y << 13) ^ (y >> 10)
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    for t in 0..<64 { w[t] &+= k[t] }
  }

  /// The 64 rounds of a block, steps 2 to 4 of section 6.2.2.
  ///
  /// Eight rounds bring every variable back to its place, so that none has to be moved.
  @inline(__always)
  private static func fold(_ w: UnsafeMutableBufferPointer<UInt32>, into state: inout State) {
    var (a, b, c, d) = (state.a, state.b, state.c, state.d)
    var (e, f, g, h) = (state.e, state.f, state.g, state.h)
    for t in stride(from: 0, to: 64, by: 8) {
      round(a, b, c, &d, e, f, g, &h, w[t])
      round(h, a, b, &c, d, e, f, &g, w[t + 1])
      round(g, h, a, &b, c, d, e, &f, w[t + 2])
      round(f, g, h, &a, b, c, d, &e, w[t + 3])
      round(e, f, g, &h, a, b, c, &d, w[t + 4])
      round(d, e, f, &g, h, a, b, &c, w[t + 5])
      round(c, d, e, &f, g, h, a, &b, w[t + 6])
      round(b, c, d, &e, f, g, h, &a, w[t + 7])
    }
    state.a &+= a
    state.b &+= b
    state.c &+= c
    state.d &+= d
    state.e &+= e
    state.f &+= f
    state.g &+= g
    state.h &+= h
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let s1 = (e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7)
    let choice = g ^ (e & (f ^ g))
    let first = h &+ s1 &+ choice &+ word
    let s0 = (a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10)
    let majority = (a & b) | (c & (a | b))
    d &+= first
    h = first &+ s0 &+ majority
  }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4,
    0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE,
    0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F,
    0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA, 0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC,
    0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
    0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070, 0x19A4_C116,
    0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7,
    0xC671_78F2,
  ]
}
