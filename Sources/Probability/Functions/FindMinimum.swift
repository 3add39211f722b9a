#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A point at which a function of one minimum between two ends is least.
///
/// Brent's method: a parabola through three points where it serves, the golden section where it
/// does not. A function that has several minima yields one of them.
///
/// - Parameters:
///   - lower: The lower end.
///   - upper: The upper end.
///   - relativeError: The accuracy of the point; below √ε, rounding of the function decides.
///   - function: A function that is nowhere NaN.
/// - Returns: The point and the value there.
///
/// Reference: Brent (1973), *Algorithms for Minimization without Derivatives*, chapter 5 (localmin).
public func findMinimum(
  from lower: Double, to upper: Double, relativeError: Double = 1.5e-8,
  of function: (Double) -> Double
) -> (point: Double, value: Double) {
  precondition(lower <= upper, "a minimum is sought between ascending ends")
  // The notation is that of the reference: x is the best, w the second, v the second before.
  let golden = 0.381966011250105
  var (a, b) = (lower, upper)
  var x = a + golden * (b - a)
  var (w, v) = (x, x)
  var fx = function(x)
  var (fw, fv) = (fx, fx)
  var (d, e) = (0.0, 0.0)
  while true {
    let m = 0.5 * (a + b)
    let tolerance = relativeError * abs(x) + 1e-12 * (upper - lower)
    if abs(x - m) <= 2 * tolerance - 0.5 * (b - a) { return (x, fx) }
    var isGolden = true
    if abs(e) > tolerance {
      // The vertex of the parabola, at x + p/q.
      let r = (x - w) * (fx - fv)
      var q = (x - v) * (fx - fw)
      var p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if q > 0 { p = -p } else { q = -q }
      let before = e
      e = d
      if abs(p) < abs(0.5 * q * before), p > q * (a - x), p < q * (b - x) {
        d = p / q
        isGolden = false
        if x + d - a < 2 * tolerance || b - (x + d) < 2 * tolerance {
          d = x < m ? tolerance : -tolerance
        }
      }
    }
    if isGolden {
      e = (x < m ? b : a) - x
      d = golden * e
    }
    let u = x + (abs(d) >= tolerance ? d : (d > 0 ? tolerance : -tolerance))
    let fu = function(u)
    if fu <= fx {
      if u < x { b = x } else { a = x }
      (v, w, x) = (w, x, u)
      (fv, fw, fx) = (fw, fx, fu)
    } else {
      if u < x { a = u } else { b = u }
      if fu <= fw || w == x {
        (v, w) = (w, u)
        (fv, fw) = (fw, fu)
      } else if fu <= fv || v == x || v == w {
        (v, fv) = (u, fu)
      }
    }
  }
}
