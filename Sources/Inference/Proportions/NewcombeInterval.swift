/// Newcombe's hybrid score interval of a difference of two proportions.
///
/// With `(l, u)` Wilson's interval of each proportion,
///
///     lower = p̂₁ − p̂₀ − √((p̂₁ − l₁)² + (u₀ − p̂₀)²)
///     upper = p̂₁ − p̂₀ + √((u₁ − p̂₁)² + (p̂₀ − l₀)²)
///
/// Without a continuity correction. It never leaves [−1, 1] and needs no variation in the data.
///
/// Reference: Newcombe (1998), *Statistics in Medicine* 17, 873–890, method 10.
public struct NewcombeInterval: Hashable, Sendable {
  /// The name of the method.
  public static let name = "Newcombe hybrid score"

  /// Wilson's interval of each proportion, at the same level.
  private let wilson: WilsonInterval

  /// Chooses the confidence level, between zero and one.
  public init(level: Double = 0.95) { wilson = WilsonInterval(level: level) }

  /// The confidence level.
  public var level: Double { wilson.level }

  /// The interval of the offer's proportion minus the control's.
  ///
  /// - Precondition: Both arms have sessions.
  public func difference(_ offer: Tally, _ control: Tally) -> Interval {
    let p1 = offer.proportion
    let p0 = control.proportion
    let arm1 = wilson.proportion(offer)
    let arm0 = wilson.proportion(control)
    let estimate = offer.difference(from: control)
    let below = ((p1 - arm1.lower) * (p1 - arm1.lower) + (arm0.upper - p0) * (arm0.upper - p0))
      .squareRoot()
    let above = ((arm1.upper - p1) * (arm1.upper - p1) + (p0 - arm0.lower) * (p0 - arm0.lower))
      .squareRoot()
    return Interval(lower: max(-1, estimate - below), upper: min(1, estimate + above))
  }
}
