/// What a save rate can still become while some windows are open.
///
///     saved / n  ≤  final rate  ≤  (saved + open) / n
///
/// The lower bound loses every open window, the upper saves it; no assumption enters. Leaving open
/// windows out, or counting them as lost, are guesses between the bounds or at their end.
///
/// Reference: Manski (2003), *Partial Identification of Probability Distributions*, chapter 1.
public struct SaveBounds: Hashable, Sendable {
  /// The number of windows that closed without a loss.
  public let saved: Int
  /// The number of sessions lost inside their window.
  public let lost: Int
  /// The number of windows still open.
  public let open: Int

  /// Counts the sessions of an arm.
  ///
  /// - Throws: `tooFewSessions` if there are none.
  public init(saved: Int, lost: Int, open: Int, arm: Int = 0) throws(InferenceError) {
    precondition(saved >= 0 && lost >= 0 && open >= 0, "counts are not negative")
    guard saved + lost + open > 0 else { throw .tooFewSessions(arm: arm, count: 0, needed: 1) }
    self.saved = saved
    self.lost = lost
    self.open = open
  }

  /// The tally if every open window is lost.
  public var worst: Tally { Tally(successes: saved, trials: saved + lost + open) }
  /// The tally if every open window is saved.
  public var best: Tally { Tally(successes: saved + open, trials: saved + lost + open) }
  /// The tally of decided sessions alone. Losses are decided early and saves late, so that among young
  /// sessions its rate is too low.
  public var decided: Tally { Tally(successes: saved, trials: saved + lost) }

  /// The bounds of the rate.
  public var bounds: Interval { Interval(lower: worst.proportion, upper: best.proportion) }

  /// An interval that holds all rates between the bounds with a given confidence: Wilson's lower end
  /// of the worst tally and his upper end of the best (Horowitz and Manski 2000, *JASA* 95, 77–84).
  public func interval(level: Double = 0.95) -> Interval {
    let wilson = WilsonInterval(level: level)
    return Interval(
      lower: wilson.proportion(worst).lower, upper: wilson.proportion(best).upper)
  }

  /// The bounds of the difference of two arms' rates, offer minus control.
  public static func difference(_ offer: SaveBounds, _ control: SaveBounds) -> Interval {
    Interval(
      lower: offer.worst.difference(from: control.best),
      upper: offer.best.difference(from: control.worst))
  }

  /// An interval that holds all differences between their bounds with a given confidence: Newcombe's
  /// lower end at the lower bound and his upper end at the upper.
  public static func differenceInterval(
    _ offer: SaveBounds, _ control: SaveBounds, level: Double = 0.95
  ) -> Interval {
    let newcombe = NewcombeInterval(level: level)
    return Interval(
      lower: newcombe.difference(offer.worst, control.best).lower,
      upper: newcombe.difference(offer.best, control.worst).upper)
  }
}
