/// What a normal approximation to counts subtracts because counts come in steps.
///
/// Corrected z tests imitate Fisher's exact test, and are as conservative: their size is well below
/// the nominal level in small arms. The default everywhere is therefore none.
public enum ContinuityCorrection: String, CaseIterable, Codable, Sendable {
  /// No correction.
  case none
  /// Half a step of each arm's count (Yates 1934).
  case yates

  /// The amount taken from a difference of two proportions, `½(1/n₁ + 1/n₀)`.
  func amount(_ offer: Tally, _ control: Tally) -> Double {
    switch self {
    case .none: 0
    case .yates: 0.5 * (1 / Double(offer.trials) + 1 / Double(control.trials))
    }
  }

  /// The two-sided rule of a z test: corrected tails overlap in the outcome observed.
  var twoSidedRule: TestDescription.TwoSidedRule {
    self == .none ? .absoluteStatistic : .doubledTail
  }
}

extension Alternative {
  /// The p-value of a deviation of which each tail takes a correction: the tail beyond
  /// `deviation − correction` on one side, `deviation + correction` on the other.
  func pValue(
    of deviation: Double, correction: Double, standardError: Double,
    survival: (Double) -> Double
  ) -> Double {
    switch self {
    case .twoSided: 2 * survival(max(abs(deviation) - correction, 0) / standardError)
    case .greater: survival((deviation - correction) / standardError)
    case .less: survival((-deviation - correction) / standardError)
    }
  }
}
