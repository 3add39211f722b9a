internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Rejection from a hat that transforms a uniform number, for counts of mean 10 or more.
///
///     k = ⌊(2a/(½ − |u|) + b) u + c⌋,   u uniform on (−½, ½)
///
/// The more the mean, the more candidates, up to nine in ten, lie under a squeeze; the mass decides
/// the rest. A fill makes candidates in bulk.
///
/// Reference: Hörmann (1993), "The generation of binomial random variates", *Journal of
/// Statistical Computation and Simulation* 46, 101–110, algorithm BTRS; the same (1993), "The
/// transformed rejection method for generating Poisson random variables", *Insurance: Mathematics
/// and Economics* 12, 39–45, algorithm PTRS.
struct TransformedRejection {
  // The notation is that of the references.
  var a: Double
  var b: Double
  var c: Double
  /// The height `v_r` under which the centre of the hat is accepted.
  var squeeze: Double
  /// The reciprocal of the scale of the hat, `α` or `1/α` in the references.
  var scale: Double

  /// Draws a count whose mass has the logarithm `logMass`, up to the constant that `scale` belongs
  /// to; −∞ outside the support.
  func draw(using rng: inout Philox, logMass: (Double) -> Double) -> Double {
    while true {
      let u = rng.positiveUniform() - 0.5
      let height = rng.positiveUniform()
      let distance = 0.5 - abs(u)
      let k = ((2 * a / distance + b) * u + c).rounded(.down)
      if accepts(k, distance, height, logMass) { return k }
    }
  }

  /// Fills a buffer with such counts.
  func fill(
    _ draws: inout MutableSpan<Double>, using rng: inout Philox, logMass: (Double) -> Double
  ) {
    var filled = 0
    while filled < draws.count {
      var distances = InlineArray<64, Double>(repeating: 0)
      var heights = distances
      var counts = distances
      rng.withBlocks { stream in
        withStart(&distances) { distances in
          withStart(&heights) { heights in
            withStart(&counts) { holdfast_fill_hat(&stream, a, b, c, distances, heights, $0, 64) }
          }
        }
      }
      for candidate in 0..<64 where filled < draws.count {
        let k = counts[candidate]
        if accepts(k, distances[candidate], heights[candidate], logMass) {
          draws[filled] = k
          filled += 1
        }
      }
    }
  }

  @inline(__always)
  private func accepts(
    _ k: Double, _ distance: Double, _ height: Double, _ logMass: (Double) -> Double
  ) -> Bool {
    // 1. In the centre nearly all are right.
    if distance >= 0.07 && height <= squeeze { return true }
    // 2. Elsewhere the mass decides.
    return k >= 0 && log(height * scale / (a / (distance * distance) + b)) <= logMass(k)
  }

  private func withStart(
    _ numbers: inout InlineArray<64, Double>, _ body: (UnsafeMutablePointer<Double>) -> Void
  ) {
    var span = numbers.mutableSpan
    span.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { body(start) } }
  }
}
