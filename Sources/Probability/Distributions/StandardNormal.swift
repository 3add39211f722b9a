#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The normal distribution with mean 0 and variance 1.
///
///     φ(z) = exp(−z²/2) / √(2π)      Φ(z) = ∫₋∞ᶻ φ
///
/// The relative error of every member is a few units in the last place, in the tails too.
public enum StandardNormal {
  /// `φ(z)`.
  public static func density(_ z: Double) -> Double {
    // z² in two parts, lest its rounding grow under the exponential.
    let square = z * z
    guard square < 1500 else { return 0 }
    let rest = (-square).addingProduct(z, z)
    return 0.3989422804014327 * exp(-0.5 * square) * (1 - 0.5 * rest)
  }

  /// `ln φ(z)`.
  public static func logDensity(_ z: Double) -> Double { -0.5 * z * z - halfLogTwoPi }

  /// `Φ(z)`, P(Z ≤ z).
  public static func cdf(_ z: Double) -> Double { survival(-z) }

  /// `1 − Φ(z)`, P(Z > z).
  public static func survival(_ z: Double) -> Double {
    let (root, rest) = (0.7071067811865476, -4.833646656726457e-17)  // √½
    let scaled = z * root
    // erfc(s + ε) ≈ erfc(s) − 2ε exp(−s²)/√π, where ε is what the product lost.
    let lost = (-scaled).addingProduct(z, root) + z * rest
    let tail = erfc(scaled)
    guard z > 1, tail > 0 else { return 0.5 * tail }
    return 0.5 * tail - lost * exp(-scaled * scaled) * 0.5641895835477563
  }

  /// `ln Φ(z)`.
  public static func logCDF(_ z: Double) -> Double { logSurvival(-z) }

  /// `ln (1 − Φ(z))`; goes on where the tail itself is zero.
  public static func logSurvival(_ z: Double) -> Double {
    if z < 0 { return log1p(-survival(-z)) }
    if z < 30 { return log(survival(z)) }
    // The asymptotic series of the Mills ratio, DLMF 7.12.1.
    let u = 1 / (z * z)
    let series = u * (-1 + u * (3 + u * (-15 + u * (105 + u * (-945 + u * 10_395)))))
    return -0.5 * z * z - halfLogTwoPi - log(z) + log1p(series)
  }
}
