/// The interval of Agresti and Caffo for a difference of two proportions.
///
/// Wald's interval after one success and one failure are added to each arm:
///
///     p̃₁ − p̃₀ ± z √(p̃₁q̃₁/(n₁ + 2) + p̃₀q̃₀/(n₀ + 2))      p̃ = (x + 1)/(n + 2)
///
/// It covers well in small arms and is rarely below its level, but is centred on the shrunken
/// difference, and long near 0 and 1.
///
/// Reference: Agresti and Caffo (2000), *The American Statistician* 54, 280–288.
public struct AgrestiCaffoInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Agresti–Caffo"

  /// Wald's interval, which is given the enlarged arms.
  private let wald: WaldInterval

  /// Chooses the confidence level, between zero and one.
  public init(level: Double = 0.95) { wald = WaldInterval(level: level) }

  /// The confidence level.
  public var level: Double { wald.level }

  /// The interval of the offer's proportion minus the control's.
  public func difference(_ offer: Tally, _ control: Tally) -> Interval {
    wald.difference(offer.withOneOfEach, control.withOneOfEach)
  }
}

extension Tally {
  /// The tally after one success and one failure more.
  fileprivate var withOneOfEach: Tally { Tally(successes: successes + 1, trials: trials + 2) }
}
