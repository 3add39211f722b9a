/// Draws from one beta distribution, again and again: ``BetaDistribution/draw(using:)``, draw for draw,
/// with its constants worked out once.
public struct BetaSampler: Hashable, Sendable {
  /// The distribution that is drawn from.
  public let distribution: BetaDistribution
  private let first: MarsagliaTsang
  private let second: MarsagliaTsang

  /// Prepares to draw from a distribution.
  public init(_ distribution: BetaDistribution) {
    self.distribution = distribution
    // Shapes below 1 are drawn by the distribution.
    first = MarsagliaTsang(shape: max(1, distribution.alpha))
    second = MarsagliaTsang(shape: max(1, distribution.beta))
  }

  /// A draw, in the open interval (0, 1).
  public func draw(using rng: inout Philox) -> Double {
    guard distribution.alpha >= 1, distribution.beta >= 1 else {
      return distribution.draw(using: &rng)
    }
    // One word has bits enough for the tests of both.
    let normals = (StandardNormal.draw(using: &rng), StandardNormal.draw(using: &rng))
    let word = rng.next()
    let x = first.draw(from: normals.0, bits: UInt32(truncatingIfNeeded: word), using: &rng)
    let y = second.draw(from: normals.1, bits: UInt32(truncatingIfNeeded: word >> 32), using: &rng)
    return min(x / (x + y), 1 - 0x1p-53)
  }

  /// The position of the greatest of one draw from each sampler: a choice of Thompson sampling.
  public static func greatestDraw(
    of samplers: Span<BetaSampler>, using rng: inout Philox
  ) -> Int {
    precondition(!samplers.isEmpty, "the greatest is one of several draws")
    // A copy that the compiler can keep in registers.
    var stream = rng
    var best = (index: 0, draw: -Double.infinity)
    for index in samplers.indices {
      let draw = samplers[index].draw(using: &stream)
      if draw > best.draw { best = (index, draw) }
    }
    rng = stream
    return best.index
  }
}
