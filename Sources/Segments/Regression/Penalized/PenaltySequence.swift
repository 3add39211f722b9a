#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How a path of penalties begins, and where it may end.
enum PenaltySequence {
  /// Penalties that descend evenly on the log scale.
  ///
  /// - Parameters:
  ///   - greatest: The first of them.
  ///   - count: Their number, from 1.
  ///   - ratio: The last as a share of the first.
  /// - Returns: The penalties.
  static func descending(from greatest: Double, count: Int, ratio: Double) -> [Double] {
    (0..<count).map { greatest * exp(log(ratio) * Double($0) / Double(max(count - 1, 1))) }
  }

  /// Whether a sequence of deviance ratios may end with its last, by glmnet's rule: from the fifth on where
  /// the ratio has passed 0.999 or risen by less than 10⁻⁵ (for least squares: 10⁻⁵ of itself).
  static func hasSettled(_ ratios: [Double], _ family: PenalizedResponse.Family) -> Bool {
    guard ratios.count >= 5 else { return false }
    let (ratio, before) = (ratios[ratios.count - 1], ratios[ratios.count - 2])
    let least = family == .logistic ? 1e-5 : 1e-5 * ratio
    return ratio > 0.999 || ratio - before < least
  }
}
