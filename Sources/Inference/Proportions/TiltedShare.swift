/// The share `p` in [0, 1] that solves `a(1 − p) − b p = t p(1 − p)`, and its rest `1 − p`.
///
/// For counts it is the share whose score is `t`: `a/p − b/(1 − p) = t`. A constrained maximum of two
/// binomial likelihoods is two such shares with one multiplier. Both parts come from sums of terms
/// of one sign, so each keeps its last digits however close to zero it lies.
struct TiltedShare {
  /// The share `p`, falling as the tilt rises.
  let share: Double
  /// The rest `1 − p`.
  let rest: Double

  /// Solves for zero or more `a` and `b`, not both zero.
  init(_ a: Double, _ b: Double, tilt: Double) {
    share = Self.root(a, b, tilt)
    rest = Self.root(b, a, -tilt)
  }

  /// The share's variance but for the number of sessions, `p(1 − p)`.
  var spread: Double { share * rest }

  /// The root in [0, 1] of `t p² − (a + b + t) p + a`; its discriminant `(a + b + t)² − 4 a t` is the
  /// sum of squares below.
  private static func root(_ a: Double, _ b: Double, _ tilt: Double) -> Double {
    let sum = a + b + tilt
    let gap = a - b - tilt
    let discriminant = (gap * gap + 4 * a * b).squareRoot()
    if sum < 0 { return (sum - discriminant) / (2 * tilt) }
    return a == 0 ? 0 : 2 * a / (sum + discriminant)
  }
}
