#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// When the sessions of a log came, in which batches a policy is replayed through them, and when it may
/// learn each outcome.
///
/// A policy stays as it is for a batch. At the start of the next it learns every outcome that is known
/// by then: a loss from the day of the cancel on, a save from the end of the window on, and what is never
/// known within the log not at all.
///
///     batch of session i        ⌊(tᵢ − ⌊t₀⌋)/p⌋ of periods of p days, or ⌊i/n⌋ of n sessions
///     outcome i is learnt in    the first later batch whose start is no earlier than its instant
///
/// Times are days, of which a whole number is a midnight. Memory is 20 bytes a session.
public struct ReplaySchedule: Hashable, Sendable {
  /// How sessions are put into batches.
  public enum Batches: Hashable, Sendable {
    /// Every so many days from the midnight before the first session; a period without a session has no
    /// batch.
    case days(Double)
    /// Every so many sessions; a batch starts with its first.
    case sessions(Int)
  }

  /// The batch of each session, from zero; it never falls.
  public let batches: [Int32]
  /// When each batch starts, in days.
  public let starts: [Double]
  /// The whole days after which an outcome that was no loss is a save; nil where a ``MaturingPolicy``
  /// shall learn outcomes one by one, as other policies do.
  public let window: Int?
  /// When each session came, in days.
  let times: [Double]
  /// The instant from which each outcome is known, in days; infinite if it never is.
  let known: [Double]

  /// Creates a schedule from times in days.
  ///
  /// - Parameters:
  ///   - times: When each session came; finite, none before the one above it, all within 100,000 days.
  ///   - known: The instant from which each outcome is known, no earlier than its session; nil if it never
  ///     is. What is known only as a day is known from the midnight that ends it.
  ///   - batches: How sessions are put into batches.
  ///   - window: The days of a window, for policies that learn from open ones.
  /// - Throws: `timeOutOfRange` or `knownOutOfRange` for the first row that breaks one of these, `emptyLog`.
  /// - Complexity: O(*n*) for *n* sessions.
  public init(
    times: [Double], known: [Double?], every batches: Batches = .days(1), window: Int? = nil
  ) throws(OffPolicyError) {
    precondition(times.count == known.count, "every session has a time and an outcome's time")
    precondition(window.map { $0 > 0 && $0 <= 100_000 } ?? true, "a window has days")
    guard let first = times.first else { throw .emptyLog }
    var last = first
    for row in times.indices {
      // Written so that a time that is no number fails.
      guard abs(times[row]) <= 1e9, times[row] >= last, times[row] - first <= 100_000 else {
        throw .timeOutOfRange(row: row)
      }
      last = times[row]
      if let instant = known[row], !(instant >= last && instant.isFinite) {
        throw .knownOutOfRange(row: row)
      }
    }
    (self.batches, starts) = Self.grouped(times, batches)
    self.times = times
    self.known = known.map { $0 ?? .infinity }
    self.window = window
  }

  /// Creates a schedule from instants in microseconds, of UTC where days shall end there.
  ///
  /// - Throws: What ``init(times:known:every:window:)`` throws.
  public init(
    instants: [Int64], known: [Int64?], every batches: Batches = .days(1), window: Int? = nil
  ) throws(OffPolicyError) {
    let day = 86_400_000_000.0
    try self.init(
      times: instants.map { Double($0) / day }, known: known.map { $0.map { Double($0) / day } },
      every: batches, window: window)
  }

  /// The schedule by which a policy learns after each session, at once.
  public static func atOnce(sessions: Int) -> ReplaySchedule { ReplaySchedule(count: sessions) }

  private init(count: Int) {
    batches = (0..<count).map { Int32($0) }
    starts = (0..<count).map { Double($0) }
    (times, known, window) = (starts, starts, nil)
  }

  /// The number of sessions.
  public var count: Int { batches.count }

  /// The whole day of a time, the first session's being day zero.
  func day(_ time: Double) -> Int { Int((floor(time) - floor(times[0])).rounded()) }

  private static func grouped(
    _ times: [Double], _ batches: Batches
  ) -> (batches: [Int32], starts: [Double]) {
    var (rows, starts): ([Int32], [Double]) = ([], [])
    rows.reserveCapacity(times.count)
    switch batches {
    case .sessions(let size):
      precondition(size > 0, "a batch has a session")
      for (row, time) in times.enumerated() {
        if row % size == 0 { starts.append(time) }
        rows.append(Int32(row / size))
      }
    case .days(let length):
      precondition(length > 0 && length.isFinite, "a period has a length")
      let origin = floor(times.first ?? 0)
      var period = -1.0
      for time in times {
        let own = floor((time - origin) / length)
        if own > period {
          period = own
          // No batch starts after its first session, whatever the product rounds to.
          starts.append(min(origin + own * length, time))
        }
        rows.append(Int32(starts.count - 1))
      }
    }
    return (rows, starts)
  }
}
