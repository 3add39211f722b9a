#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The digamma function, `ψ(x) = d/dx ln Γ(x)`, for `x` > 0.
///
/// The relative error is a few units in the last place, also beside the zero at 1.4616….
///
/// - Edge cases: −∞ where −1/x overflows, +∞ at +∞.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 5.5.2 (the recurrence), 5.11.2
/// (from 8 on).
public func digamma(_ x: Double) -> Double {
  precondition(x > 0, "the digamma function is asked for positive numbers only")
  if x < 1 { return digammaAboutZero(x + 1) - 1 / x }
  if x >= stirlingStart {
    if x == .infinity { return .infinity }
    let square = 1 / (x * x)
    var (sum, k) = (0.0, Double(2 * stirlingCoefficients.count - 1))
    for index in stirlingCoefficients.indices.reversed() {
      sum = (sum + stirlingCoefficients[index] * k) * square
      k -= 2
    }
    return log(x) - 0.5 / x - sum
  }
  // Down to the interval of the series; every term is positive.
  var (steps, reduced) = (0.0, x)
  while reduced > 2 {
    reduced -= 1
    steps += 1 / reduced
  }
  return steps + digammaAboutZero(reduced)
}

/// `ψ(x)` for 1 ≤ `x` ≤ 2, by Taylor's series about the zero `x₀` without the nearest pole:
///
///     ψ(x) = ψ(x) − ψ(x₀) = t (1/(x x₀) + Σₖ cₖ tᵏ),   t = x − x₀
private func digammaAboutZero(_ x: Double) -> Double {
  // x₀ in two parts.
  let (zero, rest) = (1.4616321449683622, 9.549995429965697e-17)
  let t = (x - zero) - rest
  var sum = 0.0
  for index in zeroCoefficients.indices.reversed() { sum = sum * t + zeroCoefficients[index] }
  return t * (1 / (x * zero) + sum)
}

/// The Taylor coefficients of `ψ(x) + 1/x` about `x₀`, from the linear term on.
private let zeroCoefficients: InlineArray<26, Double> = [
  0.49958821066342546, -0.12251567278862602, 0.03939709733579885, -0.014039965293930434,
  0.00526559187211755, -0.0020324818225491725, 0.0007983109588290198, -0.0003170368244016943,
  0.0001268167281965579, -5.097190255450742e-05, 2.055414125395239e-05, -8.306859775003972e-06,
  3.3623594458438883e-06, -1.3624395717959079e-06, 5.524792977920754e-07,
  -2.241523416103308e-07, 9.097694978453553e-08, -3.6934557862649377e-08,
  1.499735247478639e-08, -6.090500964947203e-09, 2.473612210913063e-09, -1.0047053252261424e-09,
  4.08099443984292e-10, -1.6577065288159067e-10, 6.733788627268473e-11, -2.735385546236437e-11,
]
