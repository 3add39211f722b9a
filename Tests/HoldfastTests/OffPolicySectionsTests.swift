import Bandits
import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// Logs small enough to be worked out by hand.
@Suite struct OffPolicySectionsTests {
  /// The findings of a plan about a log, each given as text.
  private func findings(_ log: String, _ plan: String) async throws -> Findings {
    let folder = try TemporaryFolder()
    try folder.write(log, to: "log.csv")
    let file = try folder.write(plan, to: "plan.yaml")
    return try await Run(try RunPlan(contentsOf: file, environment: [:])).run()
  }

  /// Six sessions of two arms, shown evenly; the offer costs 4 where it is shown, a month is worth 10 or 20.
  ///
  /// Always the offer: its three sessions weigh 2 and have the margins 12 · 10 − 4, −4 and 12 · 20 − 4, so
  /// that their mean over six is (116 − 4 + 236) · 2 / 6 = 116.
  @Test func netMarginsAreWorkedOutByHand() async throws {
    let found = try await findings(
      """
      offer,at,outcome,mrr,cost
      call,2026-01-01T00:00:00Z,kept,10,4
      call,2026-01-01T01:00:00Z,canceled,10,4
      call,2026-01-01T02:00:00Z,kept,20,4
      none,2026-01-01T03:00:00Z,kept,10,0
      none,2026-01-01T04:00:00Z,canceled,20,0
      none,2026-01-01T05:00:00Z,canceled,20,0

      """,
      """
      sessions: log.csv
      mapping:
        time: at
        arm: offer
        propensity: uniform
        outcome: {column: outcome, words: {kept: deflected, canceled: canceled}}
        mrr: {column: mrr, currency: USD}
        offerCost: {column: cost, currency: USD}
      asOf: 2026-06-01T00:00:00Z
      baseline: none
      policies: [{always: call}]
      proof: {permutations: 0}
      offPolicy: {estimators: [ips], netMargin: {months: 12}, minimumEffectiveSampleSize: 2, audit: {onDoubt: warn}}
      """)
    let row = try #require(found.policies.first { $0.quantity == "net margin of 12 months" })
    #expect(row.method == "IPS" && abs((row.estimate.value ?? 0) - 116) < 1e-12, "\(row)")
    let mean = try #require(found.policies.first { $0.quantity == "mean" && $0.method == "IPS" })
    #expect(abs((mean.estimate.value ?? 0) - 2.0 / 3) < 1e-15)
  }

  /// Two loggers, of 3/4 and 1/4 for the offer, each of half of the sessions: balanced, both of its
  /// probabilities are 1/2, so that IPS is twice the mean of the offer's rewards over all sessions.
  @Test func severalLoggersAreTakenForTheirMixture() async throws {
    var log = "offer,visit,p,phase\n"
    var rng = Philox(StreamKey(seed: 8, purpose: .world))
    var (sum, count) = (0.0, 0.0)
    for _ in 0..<2_000 {
      for (phase, share) in [("a", 0.75), ("b", 0.25)] {
        let isOffer = rng.uniform() < share
        let reward = rng.uniform() < 0.3 ? 1 : 0
        log += "\(isOffer ? "call" : "none"),\(reward),\(isOffer ? share : 1 - share),\(phase)\n"
        if isOffer { sum += Double(reward) }
        count += 1
      }
    }
    let found = try await findings(
      log,
      """
      sessions: log.csv
      mapping: {arm: offer, reward: visit, propensity: p, covariates: {phase: category}}
      baseline: none
      policies: [{always: call}]
      proof: {permutations: 0}
      offPolicy: {estimators: [ips], loggers: phase}
      """)
    let row = try #require(found.policies.first { $0.method == "IPS" })
    #expect(abs((row.estimate.value ?? 0) - 2 * sum / count) < 1e-12, "\(row)")
    #expect(row.logging == "logged in column p, balanced over the 2 loggers of phase")
    #expect(abs((row.maximumWeight ?? 0) - 2) < 1e-12)
  }

  /// A Thompson sampler's log through a plan gives what the library gives for the log itself.
  @Test func armsOfAnAdaptiveLogAreValuedAsByTheLibrary() async throws {
    var simulation = Simulation(replications: 1, horizon: 2_000, seed: 4)
    simulation.batchSize = 100
    let log = try simulation.log(
      of: ThompsonSampling(armCount: 3, floor: 0.1),
      in: RetentionWorld(try BernoulliWorld(rates: [0.3, 0.4, 0.5])))
    var text = "offer,visit,p,batch\n"
    for row in 0..<log.count {
      let arm = Int(log.arms[row])
      text += "offer\(arm),\(Int(log.rewards[row])),"
      text += "\(log.propensities[Int(log.batches[row]), arm]),b\(log.batches[row])\n"
    }
    let found = try await findings(
      text,
      """
      sessions: log.csv
      mapping: {arm: offer, reward: visit, propensity: p, covariates: {batch: category}}
      baseline: offer0
      policies: [uniform]
      proof: {permutations: 0}
      offPolicy: {adaptive: {batches: batch, floor: {start: 0.1}}}
      """)
    for entry in AdaptiveCatalogue.entries {
      let estimator = entry.make(DecayingFloor(start: 0.1, decay: 0))
      for arm in 0..<3 {
        let expected = try estimator.value(of: Arm(arm), in: log)
        let row = try #require(
          found.adaptive.first {
            $0.method == estimator.name && $0.arm == "offer\(arm)" && $0.baseline == nil
          })
        #expect(abs((row.estimate.value ?? 0) - expected.value) < 1e-9, "\(entry.name)")
        #expect(abs((row.estimate.standardError ?? 0) / expected.standardError - 1) < 1e-6)
        #expect(row.batches == 20 && row.sessions == 2_000)
      }
    }
    let methods = Set(found.adaptive.map(\.method))
    #expect(methods.contains("any-time aipw"))
    #expect(found.adaptive.contains { $0.arm == "best arm" && $0.estimate.interval != nil })
  }
}
