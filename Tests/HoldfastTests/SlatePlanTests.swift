import Bandits
import Foundation
import Holdfast
import Probability
import Testing

/// Pages of several slots from a plan.
@Suite struct SlatePlanTests {
  static let mistakes: [(text: String, key: String)] = [
    ("rewards: [a]", "slates.slots"), ("slots: [a, a]", "slates.slots"),
    ("slots: [a, b], rewards: [r]", "slates.rewards"),
    ("slots: [a, b], propensities: known", "slates.propensities"),
    ("slots: [a, b], propensities: {}", "slates.propensities."),
    ("slots: [a, b], propensities: {marginal: [p]}", "slates.propensities.marginal"),
    ("slots: [a, b], estimators: [ips]", "slates.estimators"),
    ("slots: [a, b], policies: [best]", "slates.policies"),
    ("slots: [a, b], policies: [{plackettLuce: {x: -1}}]", "slates.policies[0].plackettLuce.x"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsToldAtItsKey(_ mistake: (text: String, key: String)) throws {
    let found = try problems(PlanTests.least + "slates: {\(mistake.text)}\n")
    #expect(found.map(\.key).contains(mistake.key), "\(found)")
  }

  /// Four cards in two slots, shown in every order alike; a slot is clicked by its own card's rate, half as
  /// often in the second slot. Nothing acts on anything else, so that every estimator's assumption holds.
  ///
  /// A page of the policy with weights 3, 1, 0, 0 shows card a then b with probability ¾, b then a with ¼;
  /// it is worth ¾ (0.8 + 0.6/2) + ¼ (0.6 + 0.8/2) = 1.075.
  @Test func everyEstimatorOfPagesIsReachedAndRight() async throws {
    let rates = [0.8, 0.6, 0.4, 0.2]
    let cards = ["a", "b", "c", "d"]
    var rng = Philox(StreamKey(seed: 12, purpose: .world))
    var log = "offer,visit,first,second,click1,click2,joint,own1,own2\n"
    for _ in 0..<6_000 {
      let first = rng.index(below: 4)
      let second = (first + 1 + rng.index(below: 3)) % 4
      let clicks = [rates[first], rates[second] / 2].map { rng.uniform() < $0 ? 1 : 0 }
      log += "none,0,\(cards[first]),\(cards[second]),\(clicks[0]),\(clicks[1]),"
      log += "\(1.0 / 12),0.25,0.25\n"
    }
    let folder = try TemporaryFolder()
    try folder.write(log, to: "log.csv")
    let names = SlateEstimatorCatalogue.entries.map(\.name).joined(separator: ", ")
    func findings(_ propensities: String) async throws -> [PolicyRow] {
      let file = try folder.write(
        """
        sessions: log.csv
        mapping:
          arm: offer
          reward: visit
          covariates:
            first: category
            second: category
            click1: integer
            click2: integer
            joint: number
            own1: number
            own2: number
        policies: [uniform]
        proof: {permutations: 0}
        segments: {columns: [first]}
        slates:
          slots: [first, second]
          rewards: [click1, click2]
          propensities: \(propensities)
          estimators: [\(names)]
          policies: [thompson, {name: leaders, plackettLuce: {a: 3, b: 1}}]
        """, to: "plan.yaml")
      return try await Run(try RunPlan(contentsOf: file, environment: [:])).run().policies
    }
    let rows = try await findings("uniform").filter { $0.policy == "leaders" }
    #expect(rows.count == SlateEstimatorCatalogue.entries.count)
    for row in rows {
      let value = try #require(row.estimate.value, "\(row.method): \(row.estimate)")
      let error = try #require(row.estimate.standardError)
      #expect(abs(value - 1.075) < 4 * error && error < 0.1, "\(row.method) \(value) ± \(error)")
      #expect(row.quantity == "page" && row.sessions == 6_000)
    }
    // What is recorded in columns gives the same; what is not recorded is refused by name.
    let recorded = try await findings("{joint: joint, marginal: [own1, own2]}")
      .filter { $0.policy == "leaders" }
    for method in ["SIPS", "IIPS"] {
      let row = try #require(recorded.first { $0.method == method })
      let same = try #require(rows.first { $0.method == method })
      #expect(abs((row.estimate.value ?? 0) / (same.estimate.value ?? 1) - 1) < 1e-12)
    }
    #expect(recorded.contains { $0.method == "RIPS" && $0.estimate.refusal != nil })
    // A learned policy shows the two cards with the greatest rates, and is worth no less than 1.075.
    let learned = try await findings("uniform").first {
      $0.policy == "Thompson pages" && $0.method == "IIPS"
    }
    let row = try #require(learned)
    #expect(row.sessions < 3_300 && abs((row.estimate.value ?? 0) - 1.1) < 0.12, "\(row)")
  }
}
