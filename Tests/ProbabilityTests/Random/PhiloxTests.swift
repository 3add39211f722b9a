import Probability
import Testing

struct PhiloxTests {
  // Random123 1.14, tests/kat_vectors, philox4x32-10: counter, key, block.
  static let knownAnswers: [(counter: [UInt32], key: [UInt32], block: [UInt32])] = [
    ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (
      [.max, .max, .max, .max], [.max, .max],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test(arguments: knownAnswers.indices, VectorKernels.levels)
  func kernelGivesTheKnownAnswer(index: Int, level: VectorKernels.Level) {
    let (counter, key, block) = Self.knownAnswers[index]
    VectorKernels.use(level)
    let words = VectorKernels.words(
      key: pair(key[0], key[1]), low: pair(counter[0], counter[1]),
      high: pair(counter[2], counter[3]))
    #expect(Array(words[..<2]) == [pair(block[0], block[1]), pair(block[2], block[3])])
  }

  @Test(arguments: VectorKernels.levels)
  func kernelAgreesWithThePlainCipher(level: VectorKernels.Level) {
    VectorKernels.use(level)
    var random = Philox(StreamKey(seed: 1, purpose: .world))
    for _ in 0..<200 {
      let (key, low, high) = (random.next(), random.next() >> 1, random.next())
      let words = VectorKernels.words(key: key, low: low, high: high)
      for block in 0..<16 {
        let counter = low + UInt64(block)
        #expect(Array(words[2 * block..<2 * block + 2]) == cipher(counter, high, key: key))
      }
    }
  }

  /// The first words of a stream are a promise: a change here breaks every user's results.
  // From the definition of the cipher and of the counter, in Python integers.
  @Test func valuesAreStable() {
    var stream = Philox(StreamKey(seed: 20_261_122, purpose: .split, index: 0x0123_4567_89ab_cdef))
    let words = (0..<20).map { _ in stream.next() }
    #expect(
      Array(words[..<4]) == [
        0x82b0_9942_7694_b78b, 0xa044_a6a4_8752_510e,
        0x6a63_884a_5cbf_baf3, 0x34ec_6ff9_be5e_8820,
      ])
    #expect(
      Array(words[16...]) == [
        0x37ce_75cd_6c4e_dcfc, 0xf8ee_267c_d21e_5968,
        0x049f_8066_d71f_a1c3, 0xaa99_7037_9ce0_bc94,
      ])
  }

  @Test(arguments: [0, 1, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1_000, 123_457])
  func skippingEqualsDrawing(count: Int) {
    for start in [0, 1, 15, 16, 17, 31, 32, 33] {
      var drawn = Philox(StreamKey(seed: 7, purpose: .replay, index: 3))
      for _ in 0..<start { _ = drawn.next() }
      var skipped = drawn
      for _ in 0..<count { _ = drawn.next() }
      skipped.skip(count)
      for _ in 0..<40 { #expect(skipped.next() == drawn.next()) }
    }
  }

  @Test func uniformsAreMultiplesOfTheLastBit() {
    var random = Philox(StreamKey(seed: 5, purpose: .world))
    for _ in 0..<10_000 {
      let u = random.uniform()
      #expect(u >= 0 && u < 1 && (u * 0x1p53).rounded() == u * 0x1p53)
      let v = random.positiveUniform()
      #expect(v > 0 && v < 1)
    }
  }

  // Chi-squared with 6 degrees of freedom: above 38.3 with probability 1e-6 if the law holds.
  @Test func indicesAreUniform() {
    var random = Philox(StreamKey(seed: 11, purpose: .policy))
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<700_000 { counts[random.index(below: 7)] += 1 }
    let statistic = counts.reduce(0.0) { $0 + (Double($1) - 1e5) * (Double($1) - 1e5) / 1e5 }
    #expect(statistic < 38.3)
  }

  @Test func indicesOfAnOddRangeAreWithoutBias() {
    // Of 3·2⁶¹ values the lowest third would be drawn half of the time by a plain product.
    var random = Philox(StreamKey(seed: 12, purpose: .policy))
    let bound = 3 << 61
    let low = (0..<30_000).count { _ in random.index(below: bound) < bound / 3 }
    // 10,000 ± 4.9 standard deviations.
    #expect(abs(low - 10_000) < 400)
  }

  private func pair(_ low: UInt32, _ high: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }

  /// One block of the cipher, as the paper writes it.
  private func cipher(_ low: UInt64, _ high: UInt64, key: UInt64) -> [UInt64] {
    var (c0, c1) = (UInt32(truncatingIfNeeded: low), UInt32(low >> 32))
    var (c2, c3) = (UInt32(truncatingIfNeeded: high), UInt32(high >> 32))
    var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(key >> 32))
    for _ in 0..<10 {
      let (p0, p1) = (
        c0.multipliedFullWidth(by: 0xD251_1F53), c2.multipliedFullWidth(by: 0xCD9E_8D57)
      )
      (c0, c1, c2, c3) = (p1.high ^ c1 ^ k0, p1.low, p0.high ^ c3 ^ k1, p0.low)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return [pair(c0, c1), pair(c2, c3)]
  }
}
