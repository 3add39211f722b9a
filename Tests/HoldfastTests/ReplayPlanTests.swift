import Foundation
import Holdfast
import Probability
import Testing

/// Policies that learn on their way through the bundled log.
@Suite struct ReplayPlanTests {
  static let mistakes: [(text: String, key: String)] = [
    ("methods: [matching, magic]", "replay.methods"), ("outcomes: soon", "replay.outcomes"),
    ("batchDays: 0", "replay.batchDays"), ("batchSessions: 0", "replay.batchSessions"),
    ("batchDays: 1, batchSessions: 10", "replay.batchDays"),
    ("armValues: perhaps", "replay.armValues"), ("every: 1", "replay.every"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsToldAtItsKey(_ mistake: (text: String, key: String)) throws {
    let found = try problems(PlanTests.least + "replay: {\(mistake.text)}\n")
    #expect(found.map(\.key).contains(mistake.key), "\(found)")
  }

  /// What Thompson sampling is worth on the bundled log, by how long it waits for outcomes.
  private func findings(_ change: (inout RunPlan.ReplayPlan) -> Void) async throws -> Findings {
    var plan = try Project.plan("cancel_sessions")
    plan.policies = [.learner(LearnerPlan(.thompson(prior: .uniform), learnsByCell: true))]
    plan.proof.permutations = 0
    plan.segments.columns = ["device"]
    plan.replay.methods = RunPlan.ReplayPlan.Method.allCases
    change(&plan.replay)
    return try await Run(plan).run()
  }

  /// Learning late costs: of the 110 days of the experiment the first save is known on day 30.
  @Test func whoWaitsForOutcomesEarnsLess() async throws {
    let atOnce = try await findings { $0.outcomes = .atOnce }
    let dated = try await findings { $0.batchDays = 7 }
    #expect(atOnce.replays.isEmpty && atOnce.adaptive.isEmpty)
    for method in ["replay", "rejection replay", "DR replay"] {
      let soon = try #require(atOnce.policies.first { $0.method == method })
      let late = try #require(dated.policies.first { $0.method == method })
      let (a, b) = (try #require(soon.estimate.value), try #require(late.estimate.value))
      let error =
        (try #require(soon.estimate.standardError) * #require(soon.estimate.standardError)
        + (try #require(late.estimate.standardError) * #require(late.estimate.standardError)))
        .squareRoot()
      #expect(a - b > 3 * error, "\(method): \(a) against \(b)")
      #expect(
        late.warnings.contains { $0.hasPrefix("learned every 7 days what was known by then") })
      // Eight arms, shown evenly: one session in eight is kept.
      #expect(abs((late.acceptance ?? 0) - 0.125) < 0.01)
    }
  }

  /// The course adds up, and no save is learnt before its window has closed.
  @Test func theCourseAddsUp() async throws {
    let found = try await findings {
      $0.methods = [.rejection]
      $0.armValues = true
    }
    let value = try #require(found.policies.first { $0.method == "rejection replay" })
    let arms = Dictionary(grouping: found.replays, by: \.period)
    #expect(arms.count == 110)
    var (kept, reward) = (0, 0.0)
    for period in 1...110 {
      let rows = try #require(arms[period])
      #expect(rows.count == 8)
      #expect(rows.reduce(0) { $0 + $1.shown } == rows[0].kept)
      #expect(abs(rows.reduce(0) { $0 + $1.propensity } - 1) < 1e-9)
      kept += rows[0].kept
      reward += rows[0].reward
      #expect(abs(rows[0].cumulativeReward - reward) < 1e-9)
    }
    #expect(abs(reward / Double(kept) - (value.estimate.value ?? 0)) < 1e-12)
    #expect(found.replays[0].learnt == 0 && found.replays[0].start == "2026-01-01T00:00:00Z")
    #expect(found.adaptive.contains { $0.source.hasPrefix("rejection replay of Thompson") })
  }
}
