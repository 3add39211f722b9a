#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How far a count lies from its mean: `o ln(o/e) − (o − e)`, zero or more, without cancellation.
///
/// A mass such as `eᵒ exp(−e)/o!` is `exp(−deviance)` over the factor of `factorialScale`, and
/// products of masses share the form: nothing large is subtracted.
///
/// - Parameters:
///   - observed: The count `o`, zero or more.
///   - expected: The mean `e`, zero or more.
///   - excess: `o − e`, which the caller may know better than a subtraction would.
/// - Returns: The deviance; +∞ where a count has no mean.
///
/// Reference: Loader (2000), "Fast and accurate computation of binomial probabilities".
func countDeviance(_ observed: Double, expected: Double, excess: Double) -> Double {
  if observed == 0 { return expected }
  if expected == 0 { return .infinity }
  let u = -excess / observed
  if u > 1e100 { return expected }
  return observed * (u > -0.5 ? -logOnePlusMinus(u) : u - log(expected / observed))
}

/// What `n! = nⁿ e⁻ⁿ · scale` leaves out of a factorial, as `scale = √(root) exp(exponent)`: Stirling's
/// `2πn` and his error, or 1 and 0 for `n` = 0.
func factorialScale(_ n: Double) -> (root: Double, exponent: Double) {
  n == 0 ? (1, 0) : (2 * .pi * n, stirlingError(n))
}
