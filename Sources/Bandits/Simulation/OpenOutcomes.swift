/// A choice and what came of it.
struct Outcome {
  let arm: Arm
  let context: Context
  let reward: Double
  /// The day of the session, where days are told apart.
  var day = 0

  /// The place of its cell and arm in a table.
  @inline(__always)
  func place(_ armCount: Int) -> Int { context.cell &* armCount &+ arm.index }
}

/// The outcomes that a policy has not learnt yet, in the order of their sessions.
struct OutcomeQueue {
  private var outcomes: [Outcome] = []
  private var first = 0

  mutating func add(_ outcome: Outcome) { outcomes.append(outcome) }

  /// Hands over all outcomes but those of the latest sessions.
  mutating func learn(allBut delay: Int, _ learn: (Outcome) -> Void) {
    let known = max(first, outcomes.count - delay)
    for index in first..<known { learn(outcomes[index]) }
    first = known
    // Outcomes learnt are dropped when they are the greater part.
    if first > 64, first * 2 > outcomes.count {
      outcomes.removeFirst(first)
      first = 0
    }
  }
}

/// The outcomes that a policy has not learnt yet, by the day on which they are known.
struct OutcomeCalendar {
  let timing: OutcomeTiming
  private var days: [[Outcome]] = []
  private var firstOpen = 0

  init(_ timing: OutcomeTiming) { self.timing = timing }

  /// Adds an outcome that bears its day.
  mutating func add(_ outcome: Outcome, uniform: Double) {
    let day = outcome.day + timing.day(of: outcome.reward, at: uniform)
    while days.count <= day { days.append([]) }
    days[day].append(outcome)
  }

  /// Hands over the outcomes of all days up to one, each with the day on which it is known, in the order of
  /// days and sessions.
  ///
  /// - Returns: Whether that day is a new one.
  mutating func learn(upTo today: Int, _ learn: (Outcome, Int) -> Void) -> Bool {
    guard firstOpen <= today else { return false }
    while firstOpen <= today {
      if firstOpen < days.count {
        for outcome in days[firstOpen] { learn(outcome, firstOpen) }
        days[firstOpen] = []
      }
      firstOpen += 1
    }
    return true
  }

  /// The day of the session at a time from 1.
  func day(at time: Int) -> Int { (time - 1) / timing.sessionsPerDay }
}
