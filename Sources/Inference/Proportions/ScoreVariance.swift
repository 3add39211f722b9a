/// The variance that a score statistic of two proportions is divided by.
public enum ScoreVariance: String, CaseIterable, Codable, Sendable {
  /// The binomial variance at the constrained estimates (Mee, Koopman, Farrington and Manning).
  case plain
  /// The same times `N/(N − 1)` for `N` sessions in both arms (Miettinen and Nurminen).
  case unbiased

  /// The factor by which the plain variance grows.
  func factor(_ offer: Tally, _ control: Tally) -> Double {
    switch self {
    case .plain: return 1
    case .unbiased:
      let total = Double(offer.trials) + Double(control.trials)
      return total / (total - 1)
    }
  }
}
