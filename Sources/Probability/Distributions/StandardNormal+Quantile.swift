#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// Reference: Wichura (1988), "Algorithm AS 241: the percentage points of the normal
// distribution", *Applied Statistics* 37, 477–484 (PPND16).
extension StandardNormal {
  /// The `z` at which `Φ(z) = p`, for `p` in 0...1.
  public static func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    let offset = p - 0.5
    if abs(offset) <= 0.425 { return central(offset) }
    // 1 − p is exact above a half.
    return offset < 0 ? -tail(logProbability: log(p)) : tail(logProbability: log(1 - p))
  }

  /// The `z` at which `1 − Φ(z) = q`, for `q` in 0...1.
  public static func upperQuantile(_ q: Double) -> Double { -quantile(q) }

  /// The `z` at which `ln Φ(z) = logProbability`, for probabilities too small for a double or too
  /// near to 1.
  public static func quantile(logProbability: Double) -> Double {
    precondition(logProbability <= 0, "the logarithm of a probability is not positive")
    let lowest = -2.5902671654458264  // ln 0.075
    if logProbability < lowest { return -tail(logProbability: logProbability) }
    let upper = -expm1(logProbability)
    if upper < 0.075 { return tail(logProbability: log(upper)) }
    if logProbability < -1 || logProbability > -0.4 { return central(exp(logProbability) - 0.5) }
    // p − ½ = ½ (exp(ln p + ln 2) − 1), with ln 2 in two parts.
    let (ln2, rest) = (0.6931471805599453, 2.3190468138462996e-17)
    return central(0.5 * expm1(logProbability + ln2 + rest))
  }

  /// The `z` at which `Φ(z) = ½ + offset`, for offsets up to 0.425.
  private static func central(_ offset: Double) -> Double {
    let r = 0.180625 - offset * offset
    return offset
      * ratio(
        r,
        [
          3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
          1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
          3.3430575583588128105e+4, 2.5090809287301226727e+3,
        ],
        [
          1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
          2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
          5.2264952788528545610e+3,
        ])
  }

  /// The `z` at which `ln (1 − Φ(z)) = logProbability`, for upper tails up to 0.075.
  private static func tail(logProbability: Double) -> Double {
    if logProbability < -700 { return farTail(logProbability) }
    let r = (-logProbability).squareRoot()
    if r <= 5 {
      return ratio(
        r - 1.6,
        [
          1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
          3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
          2.27238449892691845833e-2, 7.74545014278341407640e-4,
        ],
        [
          1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
          1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
          1.05075007164441684324e-9,
        ])
    }
    return ratio(
      r - 5,
      [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7,
      ],
      [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15,
      ])
  }

  /// The same beyond the range of doubles, by Newton's method on the logarithm.
  private static func farTail(_ logProbability: Double) -> Double {
    if logProbability == -.infinity { return .infinity }
    // From ½z² + ln z + ½ ln 2π, neglecting ln z at first.
    var z = (-2 * logProbability).squareRoot()
    for _ in 0..<4 {
      // The derivative of ln(1 − Φ) is −(z + 1/z), but for terms in z⁻³.
      z += (logSurvival(z) - logProbability) / (z + 1 / z)
    }
    return z
  }

  /// The ratio of two polynomials, coefficients in ascending order.
  private static func ratio(
    _ x: Double, _ numerator: InlineArray<8, Double>, _ denominator: InlineArray<8, Double>
  ) -> Double {
    var (above, below) = (0.0, 0.0)
    for index in numerator.indices.reversed() {
      above = above * x + numerator[index]
      below = below * x + denominator[index]
    }
    return above / below
  }
}
