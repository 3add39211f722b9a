/// The saves of an arm as of a date: read naively, from closed windows alone, and with censoring.
///
/// A session of age `a` whose customer left after `t` is lost if `t ≤ a` and `t < w`, for a window
/// [0, w): a customer who leaves exactly at its end was saved. It is open if it was not lost and `a < w`,
/// and saved otherwise.
///
/// - The *naive* rate counts open windows as kept. Arms with the same true rate differ in it if their
///   customers leave at different times.
/// - The *mature* rate leaves out every session younger than the window: right, and wasteful.
/// - The life table uses all sessions for as long as they were watched.
public struct SaveReading: Summary, Hashable {
  /// What has become of a session.
  public enum State: String, Codable, Sendable {
    /// The window is open and the customer is there.
    case open
    /// The customer left inside the window.
    case lost
    /// The window closed first.
    case saved
  }

  /// All sessions, those not lost yet as successes.
  public private(set) var naive: Tally
  /// The sessions as old as the window, those saved as successes.
  public private(set) var mature: Tally
  /// How long each session was watched inside its window; the event is a loss.
  public private(set) var table: LifeTable

  /// Creates the reading of no sessions.
  public init() {
    naive = Tally()
    mature = Tally()
    table = LifeTable()
  }

  /// The state of one session; times share a unit.
  public static func state(age: Double, lostAfter: Double?, window: Double) -> State {
    if let lostAfter, lostAfter <= age, lostAfter < window { return .lost }
    return age < window ? .open : .saved
  }

  /// Reads one session.
  ///
  /// - Parameters:
  ///   - age: The time since the session, zero or more.
  ///   - lostAfter: When the customer left after it, if ever; what lies after the date is not used.
  ///   - window: The length of the window, positive.
  public mutating func add(age: Double, lostAfter: Double?, window: Double) {
    precondition(age >= 0 && age.isFinite, "an age is a number from zero up")
    precondition(window > 0 && window.isFinite, "a window has a length")
    let state = Self.state(age: age, lostAfter: lostAfter, window: window)
    naive.add(success: state != .lost)
    if age >= window { mature.add(success: state == .saved) }
    if state == .lost, let lostAfter {
      table.add(duration: lostAfter, events: 1)
    } else {
      table.add(duration: min(age, window), censored: 1)
    }
  }

  public mutating func merge(_ other: SaveReading) {
    naive.merge(other.naive)
    mature.merge(other.mature)
    table.merge(other.table)
  }

  /// What the rate can still become.
  ///
  /// - Throws: `tooFewSessions` if there are none.
  public func bounds(arm: Int = 0) throws(InferenceError) -> SaveBounds {
    let open = naive.successes - mature.successes
    return try SaveBounds(
      saved: mature.successes, lost: naive.failures, open: open, arm: arm)
  }
}
