#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `ψ(x) − ln x` for `x` > 0: about −1/(2x) where `x` is large, without the cancellation.
///
/// Entropies written with it and with Stirling errors never subtract two large logarithms.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 5.11.2.
func digammaExcess(_ x: Double) -> Double {
  guard x >= stirlingStart else { return digamma(x) - log(x) }
  let square = 1 / (x * x)
  var (sum, k) = (0.0, Double(2 * stirlingCoefficients.count - 1))
  for index in stirlingCoefficients.indices.reversed() {
    sum = (sum + stirlingCoefficients[index] * k) * square
    k -= 2
  }
  return -0.5 / x - sum
}
