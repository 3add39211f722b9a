internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension StandardNormal {
  /// A draw, by the ziggurat: most cost one word, one product and one comparison.
  ///
  /// Reference: Marsaglia and Tsang (2000), "The ziggurat method for generating random
  /// variables", *Journal of Statistical Software* 5(8); layer and place come from separate bits, as
  /// Doornik (2005) advises.
  @inline(__always)
  public static func draw(using rng: inout Philox) -> Double {
    let (edges, heights) = (holdfast_normal_edge(), holdfast_normal_height())
    while true {
      let word = rng.next()
      let layer = Int(word & 0xFF)
      // An odd multiple of 2⁻⁵³ on (−1, 1) from the upper 53 bits.
      let place = Double((Int64(bitPattern: word) >> 11) << 1 | 1) * 0x1p-53
      let z = place * edges[layer]
      // 1. Left of the layer above, the density covers the layer.
      if abs(z) < edges[layer + 1] { return z }
      // 2. Beyond the base lies the tail.
      if layer == 0 { return tail(from: edges[1], sign: place, using: &rng) }
      // 3. Between, the density decides.
      let height = heights[layer] + rng.uniform() * (heights[layer + 1] - heights[layer])
      if height < exp(-0.5 * z * z) { return z }
    }
  }

  /// Fills a buffer with draws; see ``Philox/fill(_:)`` for what all fills promise.
  ///
  ///     z₁ = √(−2 ln U) cos 2πV      z₂ = √(−2 ln U) sin 2πV
  ///
  /// Two words make two draws, with no rejection. No draw lies beyond ±8.6, where a fill of 10¹⁶ draws
  /// would be expected to reach once.
  ///
  /// Reference: Box and Muller (1958), *Annals of Mathematical Statistics* 29, 610–611.
  public static func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_normal(&$0, 0, 1, $1, $2) }
  }

  /// A draw beyond `start`, to the side of `sign`.
  ///
  /// Reference: Marsaglia (1964), *Technometrics* 6, 101–102.
  private static func tail(
    from start: Double, sign: Double, using rng: inout Philox
  ) -> Double {
    while true {
      let excess = ExponentialDistribution.standardDraw(using: &rng) / start
      if 2 * ExponentialDistribution.standardDraw(using: &rng) > excess * excess {
        return sign < 0 ? -(start + excess) : start + excess
      }
    }
  }
}
