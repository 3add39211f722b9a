internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension ExponentialDistribution {
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
