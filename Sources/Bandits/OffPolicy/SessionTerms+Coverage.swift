#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

extension SessionTerms {
  /// How often the normal interval of the terms covers, by the second-order Edgeworth expansion.
  ///
  ///     2Φ(z) − 1 + (2/n) z φ(z) ( κ(z² − 3)/12 − γ²(z⁴ + 2z² − 3)/18 − (z² + 1)/4 )
  ///
  /// `γ` and `κ` are the skewness and the excess kurtosis of the terms in the log. Skewed terms, those
  /// of few great weights or of rare rewards, leave the interval short on one side. The extremes that a
  /// log has not seen are not counted. Zero where the terms do not vary, or where the expansion falls
  /// below it.
  ///
  /// Reference: Hall (1992), *The Bootstrap and Edgeworth Expansion*, section 2.6, with `s²` of `n − 1`.
  ///
  /// - Complexity: O(*n*).
  public func expectedCoverage(level: Double = 0.95) -> Double {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let n = Double(count)
    let mean = estimate.value
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    for value in values {
      let deviation = (value - mean) / estimate.standardError
      let square = deviation * deviation
      second += square / n
      third += square * deviation / n
      fourth += square * square / n
    }
    guard second > 0 else { return 0 }
    let skewness = third / (second * second.squareRoot())
    let kurtosis = fourth / (second * second) - 3
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    let square = z * z
    let correction =
      kurtosis * (square - 3) / 12
      - skewness * skewness * (square * square + 2 * square - 3) / 18 - (square + 1) / 4
    let density = exp(-square / 2) / (2 * Double.pi).squareRoot()
    return min(1, max(0, level + 2 / n * z * density * correction))
  }
}
