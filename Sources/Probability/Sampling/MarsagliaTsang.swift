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

  @inline(__always)
  func draw(using rng: inout Philox) -> Double {
    while true {
      let x = StandardNormal.draw(using: &rng)
      let t = c * x
      let base = 1 + t
      if base <= 0 { continue }
      let v = base * base * base
      let u = rng.positiveUniform()
      let square = x * x
      // 1. A squeeze, for the series of h has terms of ratio |t| at most, and eʰ ≥ 1 + h. Of shape 1
      // it leaves a tenth of the draws undecided, of shape 10 one in three hundred.
      if (1 - u) * min(1, base) > square * (t * t) * (1.0 / 12) { return d * v }
      // 2. The density itself.
      if log(u) < 0.5 * square + d * (1 - v + log(v)) { return d * v }
    }
  }
}
