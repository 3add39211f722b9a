/// The rule that turns a session and what became of it into its state as of a date.
///
/// A session at `t` that did not end in a cancel is watched over the half-open window
///
///     [t, t + d · 86,400 s)        d = windowDays
///
/// Elapsed seconds count, not calendar days, so a change to summer time moves nothing. A cancel
/// inside the window loses the session; one exactly at its end does not. A session is *saved*
/// only if billing was observed to the window's end, never because its record merely stops.
/// Only what had happened by `asOf` is used, so the state of a past date can be told today.
public struct Lifecycle: Hashable, Sendable {
  /// The length of the window, in days of 86,400 seconds.
  public let windowDays: Int
  /// The date of the judgement, in microseconds since 1970-01-01 00:00 UTC.
  public let asOf: Int64

  /// Creates the rule for a date.
  ///
  /// - Parameters:
  ///   - windowDays: The length of the window, from 1 to 36,500 days.
  ///   - asOf: The date of the judgement, in microseconds since 1970-01-01 00:00 UTC.
  public init(windowDays: Int = 30, asOf: Int64) {
    precondition((1...36_500).contains(windowDays), "a window has 1 to 36,500 days")
    self.windowDays = windowDays
    self.asOf = asOf
  }

  /// The length of the window, in microseconds.
  public var windowLength: Int64 { Int64(windowDays) * 86_400_000_000 }

  /// The state of one session; every instant is in microseconds since 1970-01-01 00:00 UTC.
  ///
  /// - Parameters:
  ///   - outcome: How the session ended; `nil` if the log does not say.
  ///   - time: When the session took place.
  ///   - canceledAt: When the customer cancelled after it, if ever.
  ///   - lastSeenAt: Until when billing was observed; `nil` means until `asOf`.
  /// - Returns: The state; unknown if the session lies after `asOf`, or was not watched to the end.
  public func state(
    outcome: Outcome?, time: Int64, canceledAt: Int64? = nil, lastSeenAt: Int64? = nil
  ) -> SessionState {
    if time > asOf { return .unknown }
    guard let outcome else { return .unknown }
    if outcome == .invalid { return .invalid }
    if let canceledAt, canceledAt < time { return .invalid }
    if outcome == .canceled { return .canceled }

    // Instants lie in years 1 to 9999, so that the sum cannot overflow.
    let windowEnd = time + windowLength
    if let canceledAt, canceledAt <= asOf {
      // A cancel after the window also proves that the customer stayed through it.
      return canceledAt < windowEnd ? .lost : .saved
    }
    if asOf < windowEnd { return .watchlist }
    return (lastSeenAt ?? asOf) >= windowEnd ? .saved : .unknown
  }

  /// The state of every session of a chunk, in row order; all unknown without time or outcome.
  ///
  /// - Complexity: O(*n*) for *n* rows.
  public func states(of chunk: SessionChunk) -> [SessionState] {
    guard let times = chunk.times, let outcomes = chunk.outcomes else {
      return Array(repeating: .unknown, count: chunk.rowCount)
    }
    return (0..<chunk.rowCount).map { row in
      state(
        outcome: outcomes[row], time: times[row],
        canceledAt: chunk.canceledAt?[row], lastSeenAt: chunk.lastSeenAt?[row])
    }
  }
}
