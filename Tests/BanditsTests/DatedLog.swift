import Bandits
import Probability

/// A log with the dates of its sessions and outcomes, from a world of one cell: so many sessions a day, a loss
/// on a day of the window by its hazards, a save at the window's end.
///
/// It draws the days by itself, by the hazards' definition.
struct DatedLog {
  let log: DecisionLog
  let times: [Double]
  /// The middle of the day on which an outcome is known.
  let known: [Double?]

  init(
    of world: BernoulliWorld, by logging: [Double], hazards: [Double], days: Int,
    sessionsPerDay: Int, seed: UInt64, index: Int
  ) throws {
    var rng = Philox(StreamKey(seed: seed, purpose: .generation, index: UInt64(index)))
    var (arms, rewards, times, known): ([Int32], [Double], [Double], [Double?]) = ([], [], [], [])
    let lost = hazards.reduce(1) { $0 * (1 - $1) }
    for day in 0..<days {
      for session in 0..<sessionsPerDay {
        var (arm, uniform) = (0, rng.uniform())
        while arm < logging.count - 1, uniform >= logging[arm] {
          uniform -= logging[arm]
          arm += 1
        }
        let isSaved = rng.uniform() < world.rates[0, arm]
        arms.append(Int32(arm))
        rewards.append(isSaved ? 1 : 0)
        times.append(Double(day) + (Double(session) + 0.5) / Double(sessionsPerDay))
        // Given that it comes in the window: P(later than day d) = (Π_{s≤d}(1 − h_s) − S)/(1 − S).
        var (duration, there, point) = (1, 1 - hazards[0], rng.uniform())
        point = point * (1 - lost)
        while duration < hazards.count, 1 - there <= point {
          there *= 1 - hazards[duration]
          duration += 1
        }
        known.append(Double(day + (isSaved ? hazards.count : duration)) + 0.5)
      }
    }
    log = try DecisionLog(
      arms: arms, rewards: rewards, propensities: arms.map { logging[Int($0)] },
      cells: arms.map { _ in 0 }, armCount: world.armCount, cellCount: 1)
    (self.times, self.known) = (times, known)
  }

  /// The policy learns each midnight.
  func daily(window: Int? = nil) throws -> ReplaySchedule {
    try ReplaySchedule(times: times, known: known, window: window)
  }
}
