#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `ln(1 + u) − u` for `u` > −1, without cancellation near 0: minus half of `u²`, to first order.
///
/// With `r = u/(2 + u)`, `ln(1 + u) = 2 artanh r` and `u = 2r/(1 − r)`, so the linear terms drop:
///
///     ln(1 + u) − u = r [2r² (1/3 + r²/5 + r⁴/7 + …) − u]
package func logOnePlusMinus(_ u: Double) -> Double {
  guard u > -0.5, u < 1 else { return log1p(u) - u }
  let r = u / (2 + u)
  let square = r * r
  var sum = 0.0
  // Seven terms serve up to |r| = 1/16, eighteen up to 1/3.
  for k in (0..<(square < 1.0 / 256 ? 7 : 18)).reversed() {
    sum = sum * square + artanhCoefficients[k]
  }
  return r * (2 * square * sum - u)
}

/// `1/(2k + 3)`.
private let artanhCoefficients: InlineArray<18, Double> = [
  1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21,
  1.0 / 23, 1.0 / 25, 1.0 / 27, 1.0 / 29, 1.0 / 31, 1.0 / 33, 1.0 / 35, 1.0 / 37,
]
