/// Agresti and Min's exact interval of a difference of two proportions.
///
/// It holds the differences `δ` that one two-sided exact test of level `α` does not reject, and what
/// lies between them:
///
///     { δ : sup P(|Z_δ| ≥ |z_δ|) ≥ α }
///
/// with the score statistic and the greatest p-value over the free probability. It covers at least as
/// often as the level says, and is usually shorter than Chan and Zhang's, which spends half of the error
/// on each side.
///
/// - Complexity: Some fifty certified p-values an end, each of O(*n*).
///
/// Reference: Agresti and Min (2001), *Biometrics* 57, 963–971.
public struct AgrestiMinInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Agresti–Min exact"

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
    let above = below.swapped
    return Interval(
      lower: below.leastDifference(notRejectedAt: 1 - level, below.bothTails),
      upper: -above.leastDifference(notRejectedAt: 1 - level, above.bothTails))
  }
}
