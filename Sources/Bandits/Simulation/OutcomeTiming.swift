/// When the outcome of a session becomes known: a loss on the day of the re-cancel, a save at the end of
/// the window.
///
///     P(lost on day d | lost) = h_d Π_{s<d}(1 − h_s) / (1 − Πₛ(1 − hₛ))
///
/// So the losses are known before the saves, and a policy that takes what is known for the whole is
/// misled: that is the point of such a world. Where all outcomes wait for the end of the window the
/// policy learns late but not wrongly.
public struct OutcomeTiming: Hashable, Sendable {
  /// The number of sessions of a day.
  public let sessionsPerDay: Int
  /// The days after which a save is known.
  public let window: Int
  /// The chance that a loss has come by the end of each day of the window; the last is 1.
  private let lostBy: [Double]

  /// Creates a timing in which a customer who will not be saved cancels again by daily hazards.
  ///
  /// - Parameters:
  ///   - hazards: The chance of each day of the window that a customer who is still there cancels again,
  ///     in 0...1, not all zero. Their number is the window. Whether a session is lost is the world's
  ///     rate; the hazards say only when.
  ///   - sessionsPerDay: The number of sessions of a day.
  public init(hazards: [Double], sessionsPerDay: Int) {
    precondition(sessionsPerDay > 0, "a day has a session")
    precondition(
      hazards.allSatisfy { $0 >= 0 && $0 <= 1 } && hazards.contains { $0 > 0 },
      "hazards are probabilities, one of them above zero")
    self.sessionsPerDay = sessionsPerDay
    window = hazards.count
    var (lost, there) = (0.0, 1.0)
    let cumulative = hazards.map { hazard in
      lost += there * hazard
      there *= 1 - hazard
      return lost
    }
    lostBy = cumulative.map { $0 == lost ? 1 : $0 / lost }
  }

  /// Creates a timing in which every outcome is known after the same number of days, at least one.
  public init(days: Int, sessionsPerDay: Int) {
    precondition(days > 0, "an outcome is known after a day or more")
    self.init(
      hazards: Array(repeating: 0, count: days - 1) + [1], sessionsPerDay: sessionsPerDay)
  }

  /// The day, counted from the session's own as zero, on which an outcome is known, by a uniform number.
  func day(of reward: Double, at uniform: Double) -> Int {
    guard reward == 0 else { return window }
    return 1 + (lostBy.firstIndex { uniform < $0 } ?? window - 1)
  }
}
