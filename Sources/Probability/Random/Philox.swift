internal import CKernels

/// The random generator of the library: Philox4x32-10, a counter run through a small cipher.
///
/// A stream is the sequence of words `cipher(counter)`, two of 64 bits to a block, under
///
///     key       seed                               64 bits
///     counter   block number                       48 bits
///               purpose                            16 bits
///               index                              64 bits
///
/// so that streams need no state but their position, and two streams of one seed never use the
/// same counter. Thirty-two words are made at a time by a vector kernel; every kernel gives the
/// same bits. The words of a stream are a promise: they do not change between versions.
///
/// Reference: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as
/// 1, 2, 3", *SC '11*.
public struct Philox: RandomNumberGenerator, Sendable {
  /// The words made ahead, of which those from `position` on are unused.
  @usableFromInline var words = InlineArray<32, UInt64>(repeating: 0)
  @usableFromInline var position = 32

  /// The number of the next block to be made, with the purpose in its upper 16 bits.
  private var low: UInt64
  private let high: UInt64
  private let seed: UInt64

  /// Starts a stream at its first word.
  public init(_ key: StreamKey) {
    seed = key.seed
    low = UInt64(key.purpose.rawValue) << 48
    high = key.index
  }

  /// The next 64 random bits.
  @inlinable public mutating func next() -> UInt64 {
    if position == 32 { refill() }
    let word = words[position]
    position &+= 1
    return word
  }

  /// A uniform number on [0, 1): a multiple of 2⁻⁵³, each as likely as the next.
  @inlinable public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A uniform number on the open interval (0, 1): an odd multiple of 2⁻⁵³, safe under a logarithm.
  @inlinable public mutating func positiveUniform() -> Double {
    Double((next() >> 12) << 1 | 1) * 0x1p-53
  }

  /// A uniform integer in 0..<bound, without bias.
  ///
  /// Reference: Lemire (2019), *ACM Transactions on Modeling and Computer Simulation* 29(1), 3.
  @inlinable public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "an index is drawn from at least one value")
    let count = UInt64(bound)
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      // The lowest `2⁶⁴ mod count` fractions would be one too many for some values.
      let excess = (0 &- count) % count
      while product.low < excess { product = next().multipliedFullWidth(by: count) }
    }
    return Int(product.high)
  }

  /// Moves on as if `count` words had been drawn, at once.
  public mutating func skip(_ count: Int) {
    precondition(count >= 0, "a stream runs forwards only")
    let unused = 32 - position
    if count <= unused {
      position += count
    } else {
      let (fills, rest) = (count - unused).quotientAndRemainder(dividingBy: 32)
      precondition(low & blockMask + 16 * UInt64(fills) <= blockMask, "the stream is used up")
      low += 16 * UInt64(fills)
      refill()
      position = rest
    }
  }

  /// Makes the next 32 words.
  @usableFromInline @inline(never) mutating func refill() {
    precondition(low & blockMask <= blockMask - 16, "a stream has 2⁴⁹ words")
    var stream = holdfast_stream(key: seed, low: low, high: high)
    var span = words.mutableSpan
    span.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { holdfast_philox_fill(&stream, start) }
    }
    low += 16
    position = 0
  }

  /// The place among the words made ahead where the next sixteen begin.
  private var nextSixteen: Int { (position + 15) & ~15 }

  /// Draws words one by one for a fill, which begins at a multiple of sixteen words and takes whole
  /// sixteens.
  mutating func withSixteens(_ draw: (inout Philox) -> Void) {
    position = nextSixteen
    draw(&self)
    position = nextSixteen
  }

  /// Hands the stream to a kernel, which takes whole sixteens of words from the next one on.
  mutating func withBlocks(_ fill: (inout holdfast_stream) -> Void) {
    // Sixteens made ahead of which no word is used are made again.
    low -= UInt64(32 - nextSixteen) / 2
    var stream = holdfast_stream(key: seed, low: low, high: high)
    fill(&stream)
    precondition(stream.low ^ low <= blockMask, "a stream has 2⁴⁹ words")
    low = stream.low
    position = 32
  }
}

/// The bits of a counter word that number the block.
private let blockMask: UInt64 = (1 << 48) - 1
