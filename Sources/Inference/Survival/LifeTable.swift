/// How long each session of an arm was watched, and whether it ended in the event.
///
/// The event is what the offer is meant to delay: a cancel after a save, say. A session whose watch
/// stopped first is censored. The table counts events and censorings at each distinct time, and
/// every estimate and test of this room is a function of it: a million sessions watched for 30 days
/// by the day are 31 rows, and cost as many.
///
/// By convention a session censored at a time was still at risk of an event at that time. So a
/// window closed without the event is a censoring at the window's length.
///
/// Tables merge exactly.
public struct LifeTable: Summary, Hashable {
  /// What happened at one time.
  public struct Row: Hashable, Sendable {
    /// The time since the session, in the unit of the durations; zero or more.
    public let time: Double
    /// The number of sessions that had the event then.
    public internal(set) var events: Int
    /// The number of sessions whose watch ended then, without the event.
    public internal(set) var censored: Int
  }

  /// The distinct times, ascending; none without an event or a censoring.
  public private(set) var rows: [Row]
  /// The number of sessions.
  public private(set) var count: Int

  /// Creates the table of no sessions.
  public init() {
    rows = []
    count = 0
  }

  /// Counts sessions by their durations.
  ///
  /// - Parameters:
  ///   - durations: How long each session was watched.
  ///   - events: Whether its watch ended in the event, one for each duration.
  ///   - arm: The arm that an error names.
  /// - Throws: `invalidValue` for a duration that is negative, infinite or not a number.
  /// - Complexity: O(*n*).
  public init(durations: [Double], events: [Bool], arm: Int = 0) throws(InferenceError) {
    precondition(durations.count == events.count, "each duration ends in an event or does not")
    if let wrong = durations.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .invalidValue(arm: arm, value: wrong)
    }
    // The bits of numbers from zero up are in the order of the numbers. Adding zero turns −0 into 0.
    let keys = durations.map { ($0 + 0).bitPattern }
    self.init()
    for index in sortedOrder(of: keys) {
      let isEvent = events[index]
      append(
        Row(
          time: durations[index] + 0, events: isEvent ? 1 : 0, censored: isEvent ? 0 : 1))
    }
  }

  /// The number of events.
  public var eventCount: Int { rows.reduce(0) { $0 + $1.events } }

  /// Counts sessions that share a duration, zero or more and finite.
  ///
  /// - Complexity: O(log *k*) for a time that is there, O(*k*) for a new one, of *k* distinct times.
  public mutating func add(duration: Double, events: Int = 0, censored: Int = 0) {
    precondition(duration >= 0 && duration.isFinite, "a duration is a number from zero up")
    precondition(events >= 0 && censored >= 0, "counts are not negative")
    guard events + censored > 0 else { return }
    let place = firstIndex(in: rows.indices) { rows[$0].time >= duration }
    if place < rows.count, rows[place].time == duration {
      rows[place].events += events
      rows[place].censored += censored
    } else {
      rows.insert(Row(time: duration + 0, events: events, censored: censored), at: place)
    }
    count += events + censored
  }

  public mutating func merge(_ other: LifeTable) {
    if rows.isEmpty {
      self = other
      return
    }
    var merged = LifeTable()
    merged.rows.reserveCapacity(rows.count + other.rows.count)
    var rest = other.rows[...]
    for row in rows {
      while let next = rest.first, next.time < row.time { merged.append(rest.removeFirst()) }
      merged.append(row)
    }
    for row in rest { merged.append(row) }
    self = merged
  }

  /// Puts a row, no earlier than the last, at the end.
  private mutating func append(_ row: Row) {
    if let last = rows.indices.last, rows[last].time == row.time {
      rows[last].events += row.events
      rows[last].censored += row.censored
    } else {
      rows.append(row)
    }
    count += row.events + row.censored
  }
}
