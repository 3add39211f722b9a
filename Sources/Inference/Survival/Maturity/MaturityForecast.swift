/// When the open windows of an arm will be closed, and how many losses to expect until then.
///
/// In a life table of windows a session censored before the window's end is one whose window is open, and
/// its duration is its age. With `Ŝ` the Kaplan–Meier estimate, one of age `a` is lost within the next
/// `x` days with probability
///
///     1 − Ŝ(min(a + x, w)) / Ŝ(a)
///
/// and new sessions, `r` a day, add `r ∫₀ˣ (1 − Ŝ(min(u, w))) du`. Past the longest watch `Ŝ` stays where
/// it is, so that the forecast of a young experiment expects too few losses; see ``isCovered``.
public struct MaturityForecast: Sendable {
  /// The length of the window.
  public let window: Double
  /// The sessions expected a day from now on.
  public let arrivals: Double
  /// The losses so far.
  public let events: Int
  /// The number of open windows.
  public let openCount: Int
  /// Whether some session was watched to the window's end, so that the curve is known to there.
  public let isCovered: Bool
  private let curve: KaplanMeier
  private let open: [LifeTable.Row]

  /// Looks ahead from a life table of windows.
  ///
  /// - Parameters:
  ///   - table: The sessions of an arm; each was watched until it was lost, until now, or to the window's
  ///     end.
  ///   - window: The length of the window, in the table's unit.
  ///   - arrivals: The sessions expected a unit of time from now on.
  ///   - arm: The arm that an error names.
  /// - Throws: `tooFewSessions` if there are none.
  public init(
    _ table: LifeTable, window: Double, arrivals: Double = 0, arm: Int = 0
  ) throws(InferenceError) {
    precondition(window > 0 && window.isFinite, "a window has a length")
    precondition(arrivals >= 0 && arrivals.isFinite, "arrivals are zero or more")
    curve = try KaplanMeier(table, arm: arm)
    self.window = window
    self.arrivals = arrivals
    events = table.eventCount
    open = table.rows.filter { $0.censored > 0 && $0.time < window }
    openCount = open.reduce(0) { $0 + $1.censored }
    isCovered = table.followUp >= window
  }

  /// The time until the youngest open window closes; zero if none is open.
  public var timeUntilAllClosed: Double { open.first.map { window - $0.time } ?? 0 }

  /// The number of today's open windows that will have reached their end after a time, lost or not.
  public func closing(within time: Double) -> Int {
    open.reduce(0) { $0 + ($1.time + time >= window ? $1.censored : 0) }
  }

  /// The losses expected within a time from now, of today's sessions and of new ones.
  ///
  /// - Complexity: O(*k* log *k*) for *k* distinct times.
  public func expectedEvents(within time: Double) -> Double {
    precondition(time >= 0, "a forecast looks ahead")
    let watched = open.reduce(0.0) { sum, row in
      let chance =
        1 - curve.survival(at: min(row.time + time, window)) / curve.survival(at: row.time)
      return sum + Double(row.censored) * chance
    }
    return arrivals > 0 ? watched + arrivals * lossTime(to: time) : watched
  }

  /// The time until so many losses, those so far among them, are expected; nil if never.
  public func time(untilEvents target: Double) -> Double? {
    firstTime(from: window, grows: arrivals > 0) {
      Double(events) + expectedEvents(within: $0) >= target
    }
  }

  /// The integral `∫₀ˣ (1 − Ŝ(min(u, w))) du`.
  private func lossTime(to time: Double) -> Double {
    var (sum, start, survival) = (0.0, 0.0, 1.0)
    for step in curve.steps where step.time <= window {
      let end = min(step.time, time)
      guard end > start || step.time == 0 else { break }
      sum += (1 - survival) * (end - start)
      (start, survival) = (end, step.survival)
      if step.time >= time { return sum }
    }
    return sum + (1 - survival) * (time - start)
  }
}

extension MaturityForecast {
  /// The information about the log hazard ratio expected after a time, `1/(1/E₁ + 1/E₀)` for the expected
  /// losses `E` of the arms: one over the square of the standard error.
  ///
  /// Reference: Schoenfeld (1981), *Biometrika* 68, 316–319.
  public static func information(
    _ offer: MaturityForecast, _ control: MaturityForecast, after time: Double
  ) -> Double {
    let e1 = Double(offer.events) + offer.expectedEvents(within: time)
    let e0 = Double(control.events) + control.expectedEvents(within: time)
    return e1 > 0 && e0 > 0 ? e1 * e0 / (e1 + e0) : 0
  }

  /// The time until the test of two arms is expected to reach an information; nil if never.
  public static func time(
    _ offer: MaturityForecast, _ control: MaturityForecast, untilInformation target: Double
  ) -> Double? {
    firstTime(
      from: max(offer.window, control.window), grows: offer.arrivals > 0 || control.arrivals > 0
    ) { information(offer, control, after: $0) >= target }
  }
}

/// The first time from zero on at which a condition holds that goes on holding; nil if it does not
/// hold at the end of the window, and not long after either where it may come with new sessions.
private func firstTime(
  from window: Double, grows: Bool, where condition: (Double) -> Bool
) -> Double? {
  if condition(0) { return 0 }
  var (low, high) = (0.0, window)
  for _ in 0..<(grows ? 64 : 0) where !condition(high) { (low, high) = (high, 2 * high) }
  guard condition(high) else { return nil }
  while true {
    let middle = low + (high - low) / 2
    guard middle > low, middle < high else { return high }
    if condition(middle) { high = middle } else { low = middle }
  }
}
