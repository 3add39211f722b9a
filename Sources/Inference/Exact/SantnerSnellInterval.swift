/// Santner and Snell's exact interval of a difference of two proportions.
///
/// As Chan and Zhang's, with the difference `p̂₁ − p̂₀` itself to order the tables. Many tables tie, so
/// that it is much the wider: it is here for comparison.
///
/// Reference: Santner and Snell (1980), *Journal of the American Statistical Association* 75, 386–394.
public struct SantnerSnellInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Santner–Snell exact"

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
    DifferenceInversion(
      offer: offer, control: control, statistic: .difference, bergerBoos: bergerBoos
    )
    .oneSidedInterval(level: level)
  }
}
