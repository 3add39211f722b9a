/// Which departures from the null hypothesis a test looks for.
public enum Alternative: String, CaseIterable, Codable, Sendable {
  /// The effect differs from the null, in either direction.
  case twoSided
  /// The effect is greater than the null.
  case greater
  /// The effect is less than the null.
  case less
}

extension Alternative {
  /// The p-value of a statistic whose law under the null is symmetric about zero.
  ///
  /// The two-sided rule doubles the tail beyond `|t|`. Both one-sided p-values come from the upper
  /// tail, so that none loses its digits to a subtraction from one.
  func pValue(of statistic: Double, survival: (Double) -> Double) -> Double {
    switch self {
    case .twoSided: 2 * survival(abs(statistic))
    case .greater: survival(statistic)
    case .less: survival(-statistic)
    }
  }
}
