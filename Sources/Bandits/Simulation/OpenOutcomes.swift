/// A choice and what came of it.
struct Outcome {
  let arm: Arm
  let context: Context
  let reward: Double
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

  /// Adds the outcome of the session at a time from 1.
  mutating func add(_ outcome: Outcome, at time: Int, uniform: Double) {
    let day = today(time) + timing.day(of: outcome.reward, at: uniform)
    while days.count <= day { days.append([]) }
    days[day].append(outcome)
  }

  /// Hands over the outcomes of all days up to that of a time, in the order of days and sessions.
  mutating func learn(at time: Int, _ learn: (Outcome) -> Void) {
    let today = min(today(time), days.count - 1)
    while firstOpen <= today {
      for outcome in days[firstOpen] { learn(outcome) }
      days[firstOpen] = []
      firstOpen += 1
    }
  }

  private func today(_ time: Int) -> Int { (time - 1) / timing.sessionsPerDay }
}
