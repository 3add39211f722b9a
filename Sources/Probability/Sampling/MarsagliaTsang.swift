#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Draws of gamma variables of one shape of 1 or more, and scale 1, with the constants of the method.
///
/// A normal number `x` becomes `d(1 + t)³` with `t = cx`, which is kept if `ln u < h`, where
///
///     h = ½x² + d − d(1 + t)³ + 3d ln(1 + t) = −(x²t²/12)(1 − 4t/5 + 4t²/6 − …)
///
/// Reference: Marsaglia and Tsang (2000), "A simple method for generating gamma variables",
/// *ACM Transactions on Mathematical Software* 26, 363–372.
struct MarsagliaTsang: Hashable, Sendable {
  // The notation is that of the reference.
  private let d: Double
  private let c: Double

  init(shape: Double) {
    d = shape - 1.0 / 3
    c = 1 / (9 * d).squareRoot()
  }

  /// A draw.
  @inline(__always)
  func draw(using rng: inout Philox) -> Double {
    let normal = StandardNormal.draw(using: &rng)
    return draw(from: normal, bits: UInt32(truncatingIfNeeded: rng.next() >> 32), using: &rng)
  }

  /// A draw whose first candidate is made of a normal number, and the first bits of `1 − u`.
  @inline(__always)
  func draw(from x: Double, bits: UInt32, using rng: inout Philox) -> Double {
    let t = c * x
    let base = 1 + t
    // 1. A squeeze, for the series of h has terms of ratio |t| at most, and eʰ ≥ 1 + h. Of shape 1
    // it leaves a tenth of the draws undecided, of shape 10 one in three hundred.
    if Double(bits) * 0x1p-32 * min(1, base) > (x * t) * (x * t) * (1.0 / 12) {
      return d * (base * base * base)
    }
    return decidedDraw(from: x, bits: bits, using: &rng)
  }

  /// The same where the squeeze does not decide.
  @inline(never)
  private func decidedDraw(from x: Double, bits: UInt32, using rng: inout Philox) -> Double {
    let u = 1 - (Double(bits) + rng.positiveUniform()) * 0x1p-32
    let base = 1 + c * x
    let v = base * base * base
    // 2. The density itself.
    if base > 0, log(u) < 0.5 * (x * x) + d * (1 - v + log(v)) { return d * v }
    return draw(using: &rng)
  }
}
