/// The trigamma function, `ψ′(x) = d²/dx² ln Γ(x)`, for `x` > 0: the variance of the logarithm of a
/// gamma variable of shape `x`.
///
/// The relative error is a few units in the last place, for every term is positive.
///
/// - Edge cases: +∞ where `1/x²` overflows, 0 at +∞.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 5.15.5 (the recurrence), 5.15.8
/// (from 8 on).
public func trigamma(_ x: Double) -> Double {
  precondition(x > 0, "the trigamma function is asked for positive numbers only")
  var (steps, reduced) = (0.0, x)
  while reduced < stirlingStart {
    steps += 1 / (reduced * reduced)
    reduced += 1
  }
  let inverse = 1 / reduced
  let square = inverse * inverse
  var (sum, k) = (0.0, Double(2 * stirlingCoefficients.count))
  for index in stirlingCoefficients.indices.reversed() {
    sum = (sum + stirlingCoefficients[index] * k * (k - 1)) * square
    k -= 2
  }
  return steps + inverse * (1 + 0.5 * inverse + sum)
}
