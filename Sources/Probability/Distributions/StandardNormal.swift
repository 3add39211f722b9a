#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The normal distribution with mean 0 and variance 1.
public enum StandardNormal {
  /// The density.
  public static func density(_ z: Double) -> Double { exp(logDensity(z)) }
  /// The logarithm of the density.
  public static func logDensity(_ z: Double) -> Double { -0.5 * z * z - 0.5 * log(2 * Double.pi) }
  /// P(Z ≤ z).
  public static func cdf(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }
  /// P(Z > z).
  public static func survival(_ z: Double) -> Double { cdf(-z) }
  /// ln P(Z ≤ z).
  public static func logCDF(_ z: Double) -> Double { log(cdf(z)) }
  /// ln P(Z > z).
  public static func logSurvival(_ z: Double) -> Double { logCDF(-z) }
  /// The `z` at which P(Z ≤ z) = p.
  public static func quantile(_ p: Double) -> Double { -upperQuantile(p) }
  /// The `z` at which P(Z > z) = q.
  public static func upperQuantile(_ q: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<80 {
      let middle = 0.5 * (low + high)
      if survival(middle) > q { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
  /// A draw.
  public static func draw(using rng: inout Philox) -> Double {
    (-2 * log(rng.positiveUniform())).squareRoot() * cos(2 * .pi * rng.uniform())
  }
}
