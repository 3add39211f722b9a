#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Quantiles of a positive quantity by its tails, on the logarithm of the quantity.
extension Distribution where Moment == Double {
  /// `quantile` for a distribution that has no other way to it.
  ///
  /// - Complexity: Some 15 tails.
  func positiveQuantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    if p == 0 { return 0 }
    if p > cdf(mean) { return positiveUpperQuantile(1 - p) }
    let target = log(p)
    return exp(findTailPoint(near: log(mean), width: logSpread) { logCDF(exp($0)) - target })
  }

  /// `upperQuantile` for a distribution that has no other way to it.
  func positiveUpperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q == 0 { return .infinity }
    if q == 1 { return 0 }
    if q > survival(mean) { return positiveQuantile(1 - q) }
    let target = log(q)
    return exp(findTailPoint(near: log(mean), width: logSpread) { target - logSurvival(exp($0)) })
  }

  /// About the standard deviation of the logarithm.
  private var logSpread: Double { variance.squareRoot() / mean }
}
