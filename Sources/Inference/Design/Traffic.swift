/// The stream of sessions that an experiment is fed from, and the window after which a session's
/// outcome is known.
///
/// Sessions come evenly. An experiment takes in sessions over `[start, start + n/rate)`; a session at
/// `t` is watched over the half-open window `[t, t + w)`. So all outcomes are known `n/rate + w` days
/// after the start: a test that is read when the last session comes in has not seen the last `w`
/// days of them to their end.
public struct Traffic: Hashable, Sendable {
  /// The sessions a day, of all kinds.
  public let sessionsPerDay: Double
  /// The share of them that enters the experiment.
  public let share: Double
  /// The days after which a session's outcome is known.
  public let windowDays: Double

  /// Describes the traffic.
  public init(sessionsPerDay: Double, share: Double = 1, windowDays: Double = 30) {
    precondition(sessionsPerDay > 0 && sessionsPerDay.isFinite, "some sessions come each day")
    precondition(0 < share && share <= 1, "the share of the experiment lies above 0, up to 1")
    precondition(windowDays >= 0 && windowDays.isFinite, "a window is not negative")
    self.sessionsPerDay = sessionsPerDay
    self.share = share
    self.windowDays = windowDays
  }

  /// The days until a number of sessions, of all arms together, has come in.
  public func enrollmentDays(total: Double) -> Double {
    precondition(total >= 0 && total.isFinite, "a number of sessions is not negative")
    return total / (sessionsPerDay * share)
  }

  /// The days until a number of sessions has come in and the outcome of each is known.
  public func days(total: Double) -> Double { enrollmentDays(total: total) + windowDays }

  /// The sessions that come in, and are known, within some days of the start.
  public func knownSessions(days: Double) -> Double {
    max(0, days - windowDays) * sessionsPerDay * share
  }

  /// The instant at which the outcomes of a number of sessions are known.
  ///
  /// - Parameters:
  ///   - total: The sessions of all arms together.
  ///   - start: When the experiment starts, in microseconds of Unix time.
  /// - Returns: Microseconds of Unix time, rounded up; nil if they are beyond 64 bits.
  public func readout(total: Double, start: Int64) -> Int64? {
    let duration = (days(total: total) * microsecondsPerDay).rounded(.up)
    guard let whole = Int64(exactly: duration) else { return nil }
    let (end, overflow) = start.addingReportingOverflow(whole)
    return overflow ? nil : end
  }
}

private let microsecondsPerDay = 86_400_000_000.0
