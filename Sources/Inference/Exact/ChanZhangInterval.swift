/// Chan and Zhang's exact interval of a difference of two proportions.
///
/// Its ends are the outermost differences `δ` at which one-sided exact tests of level `α/2`, with the
/// score statistic and the greatest p-value over the free probability, do not reject:
///
///     lower = inf { δ : sup P(Z_δ ≥ z_δ) ≥ α/2 }      upper = sup { δ : sup P(Z_δ ≤ z_δ) ≥ α/2 }
///
/// It covers at least as often as the level says, on each side.
///
/// - Complexity: Some fifty certified p-values an end, each of O(*n*).
///
/// Reference: Chan and Zhang (1999), *Biometrics* 55, 1202–1209.
public struct ChanZhangInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Chan–Zhang exact"

  /// The confidence level.
  public let level: Double
  /// The share of error `γ` that restricts the nuisance parameter (Berger and Boos); zero does not.
  public let bergerBoos: Double

  /// Chooses the confidence level, between zero and one, and `γ`, StatXact's unless said otherwise.
  public init(level: Double = 0.95, bergerBoos: Double = 1e-6) {
    checkLevel(level)
    precondition(0 <= bergerBoos && bergerBoos < 1, "a share of error lies in 0..<1")
    self.level = level
    self.bergerBoos = bergerBoos
  }

  /// The interval of the offer's proportion minus the control's.
  ///
  /// - Precondition: Both arms have sessions.
  public func difference(_ offer: Tally, _ control: Tally) -> Interval {
    let below = DifferenceInversion(
      offer: offer, control: control, statistic: .score, bergerBoos: bergerBoos)
    return below.oneSidedInterval(level: level)
  }
}

extension DifferenceInversion {
  /// The interval of two one-sided tests, each of half the error.
  func oneSidedInterval(level: Double) -> Interval {
    let (alpha, above) = ((1 - level) / 2, swapped)
    return Interval(
      lower: leastDifference(notRejectedAt: alpha, upperTail),
      upper: -above.leastDifference(notRejectedAt: alpha, above.upperTail))
  }
}
