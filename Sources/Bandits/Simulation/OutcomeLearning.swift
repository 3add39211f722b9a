/// How a policy learns outcomes that take their time: one by one as they are known or, if it is a
/// ``MaturingPolicy`` and windows have a length, by the life tables of a day.
struct OutcomeLearning {
  private let armCount: Int
  /// How the sessions stand, for a policy that learns from open windows.
  private var cohorts: CohortTables?

  init(_ policy: some Policy, cellCount: Int, window: Int?) {
    armCount = policy.armCount
    cohorts = window.flatMap { window in
      policy is any MaturingPolicy
        ? CohortTables(places: cellCount * policy.armCount, window: window) : nil
    }
  }

  /// Whether the policy learns from life tables.
  var readsTables: Bool { cohorts != nil }

  /// Takes note of a session, the outcome of which is not known yet.
  mutating func open(_ outcome: Outcome) {
    cohorts?.add(outcome.place(armCount), day: outcome.day)
  }

  /// Learns an outcome that is known on a day; a reward of zero is a loss.
  mutating func learn<P: Policy>(_ outcome: Outcome, on day: Int, into policy: inout P) {
    if cohorts == nil {
      policy.learn(outcome.arm, reward: outcome.reward, in: outcome.context)
    } else if outcome.reward == 0 {
      cohorts?.lose(outcome.place(armCount), day: outcome.day, on: day)
    }
  }

  /// Hands the policy the life tables of a day that is over.
  func teach<P: Policy>(_ policy: inout P, on day: Int) {
    guard day > 0, let cohorts, var maturing = policy as? any MaturingPolicy else { return }
    maturing.learn(asOf: cohorts.tables(on: day))
    if let learned = maturing as? P { policy = learned }
  }
}
