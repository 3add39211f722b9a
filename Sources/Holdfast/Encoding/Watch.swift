internal import Sessions

/// How long a session was watched inside its window, and whether it was lost then.
///
/// Sessions whose window is still open belong here too: what has been seen of them counts for as long
/// as it lasted.
struct Watch: Hashable, Sendable {
  /// From the session to the cancel, the end of the window, or the end of the watch, in days.
  let days: Double
  /// Whether it ended in a cancel.
  let isLost: Bool

  /// What was seen of a session; nil of one that is invalid, or that nobody watched.
  init?(
    state: SessionState, outcome: Outcome?, time: Int64, canceledAt: Int64?, lastSeenAt: Int64?,
    _ lifecycle: Lifecycle
  ) {
    let length: Int64
    switch state {
    case .invalid: return nil
    case .canceled: length = 0
    case .lost: length = (canceledAt ?? time) - time
    // Watched to its end, or cancelled only after it.
    case .saved: length = lifecycle.windowLength
    case .watchlist, .unknown:
      guard outcome != nil else { return nil }
      length = min(lastSeenAt ?? lifecycle.asOf, lifecycle.asOf) - time
      guard length > 0 else { return nil }
    }
    isLost = state == .canceled || state == .lost
    days = Double(min(length, lifecycle.windowLength)) / 86_400_000_000
  }
}
