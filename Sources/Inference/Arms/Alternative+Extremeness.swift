extension Alternative {
  /// How far a statistic is in the direction that counts.
  func extremeness(_ statistic: Double) -> Double {
    switch self {
    case .twoSided: abs(statistic)
    case .greater: statistic
    case .less: -statistic
    }
  }
}
