/// A point at which a continuous function is zero, between two at which its signs differ.
///
/// Brent's method: inverse quadratic interpolation or the secant where they serve, bisection
/// where they do not, so that it never needs many more steps than bisection.
///
/// - Parameters:
///   - lower: One end.
///   - upper: The other.
///   - absoluteError: How far from the zero the answer may lie, besides four units in its last place.
///   - function: A function that is nowhere NaN.
/// - Returns: The point, or nil if the signs at the ends are the same.
/// - Complexity: Some ten calls for a smooth function; at most the square of what bisection needs.
///
/// Reference: Brent (1973), *Algorithms for Minimization without Derivatives*, chapter 4 (zero).
@inlinable public func findRoot(
  from lower: Double, to upper: Double, absoluteError: Double = 0,
  of function: (Double) -> Double
) -> Double? {
  // The notation is that of the reference: b is the best, c the other end, a the best before.
  var (a, b) = (lower, upper)
  var (fa, fb) = (function(a), function(b))
  if fa == 0 { return a }
  if fb == 0 { return b }
  guard (fa < 0) != (fb < 0) else { return nil }
  var (c, fc) = (a, fa)
  var (d, e) = (b - a, b - a)
  while true {
    if abs(fc) < abs(fb) {
      (a, b, c) = (b, c, b)
      (fa, fb, fc) = (fb, fc, fb)
    }
    let tolerance = 2 * Double.ulpOfOne * abs(b) + 0.5 * absoluteError
    let m = 0.5 * (c - b)
    if abs(m) <= tolerance || fb == 0 { return b }
    if abs(e) < tolerance || abs(fa) <= abs(fb) {
      (d, e) = (m, m)
    } else {
      let s = fb / fa
      var (p, q) = (2 * m * s, 1 - s)
      if a != c {
        let (r, t) = (fb / fc, fa / fc)
        p = s * (2 * m * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if p > 0 { q = -q } else { p = -p }
      if 2 * p < min(3 * m * q - abs(tolerance * q), abs(e * q)) {
        (d, e) = (p / q, d)
      } else {
        (d, e) = (m, m)
      }
    }
    (a, fa) = (b, fb)
    b += abs(d) > tolerance ? d : (m > 0 ? tolerance : -tolerance)
    fb = function(b)
    if (fb > 0) == (fc > 0) {
      (c, fc) = (a, fa)
      (d, e) = (b - a, b - a)
    }
  }
}
