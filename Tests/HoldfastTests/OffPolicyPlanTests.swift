import Bandits
import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// What a plan's `offPolicy` section reaches, and what it refuses.
@Suite struct OffPolicyPlanTests {
  /// Mistakes, each with the key at which it is told.
  static let mistakes: [(text: String, key: String)] = [
    ("estimators: [ips, magic]", "offPolicy.estimators"),
    ("estimators: ips", "offPolicy.estimators"),
    ("estimators: [{ips: 3}]", "offPolicy.estimators[0].ips"),
    ("estimators: [{switch: -1}]", "offPolicy.estimators[0].switch"),
    ("estimators: [{sg-dr: 2}]", "offPolicy.estimators[0].sg-dr"),
    ("estimators: [{switch: {slope: [1, x]}}]", "offPolicy.estimators[0].switch.slope"),
    ("estimators: [{switch: {}}]", "offPolicy.estimators[0].switch."),
    ("intervals: [wald]", "offPolicy.intervals"), ("rewardModel: forest", "offPolicy.rewardModel"),
    ("audit: {onDoubt: ignore}", "offPolicy.audit.onDoubt"),
    ("audit: {alpha: 2}", "offPolicy.audit.alpha"), ("quantiles: [1]", "offPolicy.quantiles"),
    ("netMargin: {}", "offPolicy.netMargin.months"),
    ("adaptive: {periodDays: 0}", "offPolicy.adaptive.periodDays"),
    ("adaptive: {batches: week, periodDays: 7}", "offPolicy.adaptive.periodDays"),
    ("adaptive: {floor: {start: 2}}", "offPolicy.adaptive.floor.start"),
    ("epsilon: 1", "offPolicy.epsilon"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsToldAtItsKey(_ mistake: (text: String, key: String)) throws {
    let found = try problems(PlanTests.least + "offPolicy: {\(mistake.text)}\n")
    #expect(found.map(\.key).contains(mistake.key), "\(found)")
  }

  /// Every estimator and every interval of the catalogues, on the log whose truth is known.
  ///
  /// A right engine's greatest |z| of these 60 rows passes the Bonferroni limit one time in a thousand;
  /// an interval that shrinks weights may leave out a bias, and is not asked to cover.
  @Test func everyEstimatorAndIntervalIsReached() async throws {
    var plan = try Project.plan("cancel_sessions")
    plan.policies = [.uniform, .always("pause30 × after_reason")]
    plan.proof.permutations = 0
    plan.segments.columns = ["device"]
    plan.offPolicy.estimators = EstimatorCatalogue.entries.map { EstimatorPlan($0.name) }
    plan.offPolicy.intervals = IntervalCatalogue.entries.map(\.name)
    let findings = try await Run(plan).run()
    let truth = try CancelSessions.truth().policies
    var checked = 0
    for entry in EstimatorCatalogue.entries where entry.makeShrinking == nil {
      for policy in ["uniform", "always pause30 × after_reason"] {
        let name = entry.make(
          RewardModel(ActionTable(cellCount: 1, armCount: 1, values: [0])), 1, .none
        ).name
        let rows = findings.policies.filter { $0.policy == policy && $0.method == name }
        #expect(!rows.isEmpty, "\(name)")
        for row in rows where row.estimate.value != nil {
          let z =
            (try #require(row.estimate.value) - truth[policy, default: 0])
            / (try #require(row.estimate.standardError))
          #expect(abs(z) < StandardNormal.upperQuantile(0.001 / 2 / 60), "\(name): z \(z)")
          let interval = try #require(row.estimate.interval, "\(name) \(row.warnings)")
          #expect(interval.lower < interval.upper)
          checked += 1
        }
      }
    }
    #expect(checked >= 60)
    let names = Set(findings.policies.compactMap(\.intervalMethod))
    #expect(names == Set(IntervalCatalogue.entries.map(\.name)))
    // The log is what it says: no check of it fails.
    #expect(findings.audit.count > 100)
    #expect(findings.audit.allSatisfy { $0.isPassed ?? true })
  }

  /// A log of two arms dealt evenly, half of the sessions saved, recorded with other probabilities.
  private func miscalibrated(_ onDoubt: String) throws -> RunPlan {
    let folder = try TemporaryFolder()
    var text = "offer,visit,p\n"
    var rng = Philox(StreamKey(seed: 1, purpose: .world))
    for _ in 0..<4_000 {
      let arm = rng.index(below: 2)
      text += "\(arm == 0 ? "none" : "call"),\(rng.index(below: 2)),\(arm == 0 ? 0.4 : 0.6)\n"
    }
    let log = try folder.write(text, to: "log.csv")
    let file = try folder.write(
      """
      sessions: \(log)
      mapping: {arm: offer, reward: visit, propensity: p}
      baseline: none
      policies: [{always: call}]
      proof: {permutations: 0}
      offPolicy: {audit: {onDoubt: \(onDoubt)}, estimators: [ips, dm]}
      """, to: "plan.yaml")
    let plan = try RunPlan(contentsOf: file, environment: [:])
    return try withExtendedLifetime(folder) {
      var plan = plan
      plan.sessions = try Self.kept(log)
      return plan
    }
  }

  /// A copy of a log that outlives its folder.
  private static func kept(_ log: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".csv")
    try FileManager.default.copyItem(atPath: log, toPath: path.path)
    return path.path
  }

  @Test func wrongPropensitiesAreRefusedByName() async throws {
    let plan = try miscalibrated("abstain")
    let findings = try await Run(plan).run()
    try FileManager.default.removeItem(atPath: plan.sessions)
    let weighted = try #require(findings.policies.first { $0.method == "IPS" })
    #expect(weighted.estimate.value == nil)
    let refusal = try #require(weighted.estimate.refusal)
    #expect(
      refusal.hasPrefix("audit: everybody was shown none in ")
        && refusal.contains("recorded as 40.00 %"))
    // The direct method takes no propensity into account.
    #expect(findings.policies.first { $0.method == "DM" }?.estimate.value != nil)
    #expect(findings.audit.contains { $0.check == .calibration && $0.isPassed == false })
  }

  @Test func orWarnedOfWhereThePlanPrefersThat() async throws {
    let plan = try miscalibrated("warn")
    let findings = try await Run(plan).run()
    try FileManager.default.removeItem(atPath: plan.sessions)
    let weighted = try #require(findings.policies.first { $0.method == "IPS" })
    #expect(weighted.estimate.value != nil && weighted.estimate.interval != nil)
    #expect(weighted.warnings.contains { $0.hasPrefix("audit: everybody was shown none") })
  }
}
