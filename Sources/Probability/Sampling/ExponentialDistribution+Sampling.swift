internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension ExponentialDistribution {
  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    mean * Self.standardDraw(using: &rng)
  }

  /// Fills a buffer with draws `−θ ln U`; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_exponential(&$0, mean, $1, $2) }
  }

  /// A draw of mean 1, by the ziggurat; positive.
  ///
  /// Reference: Marsaglia and Tsang (2000), *Journal of Statistical Software* 5(8).
  static func standardDraw(using rng: inout Philox) -> Double {
    let (edges, heights) = (holdfast_exponential_edge(), holdfast_exponential_height())
    // The tail of an exponential variable is another one, moved to the right.
    var moved = 0.0
    while true {
      let word = rng.next()
      let layer = Int(word & 0xFF)
      let place = Double((word >> 12) << 1 | 1) * 0x1p-53
      let x = place * edges[layer]
      if x < edges[layer + 1] { return moved + x }
      if layer == 0 {
        moved += edges[1]
        continue
      }
      let height = heights[layer] + rng.uniform() * (heights[layer + 1] - heights[layer])
      if height < exp(-x) { return moved + x }
    }
  }
}
