import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// What may be said of differences between customers, and what may not.
@Suite struct SegmentFindingsTests {
  /// How the arms of a made log come about.
  enum Choice: String, CaseIterable {
    /// By the toss of a coin.
    case drawn
    /// Long tenures get the call nine times out of ten, short ones one time.
    case byTenure
  }

  /// A log of 4,000 customers; long tenures stay more often, and the call adds `effect` for annual plans
  /// and `others` for monthly ones.
  static func log(_ choice: Choice, effect: Double = 0.3, others: Double = 0) -> String {
    var rng = Philox(StreamKey(seed: 11, purpose: .world))
    var text = "customer,offer,plan,tenure,kept,p\n"
    for customer in 0..<4_000 {
      let isAnnual = rng.uniform() < 0.5
      let tenure = Int(rng.uniform() * 100)
      let share = choice == .drawn ? 0.5 : tenure >= 50 ? 0.9 : 0.1
      let isCalled = rng.uniform() < share
      let chance = (tenure >= 50 ? 0.5 : 0.2) + (isCalled ? (isAnnual ? effect : others) : 0)
      let isKept = rng.uniform() < chance
      text +=
        "c\(customer),\(isCalled ? "call" : "none"),\(isAnnual ? "annual" : "monthly"),\(tenure),"
        + "\(isKept ? 1 : 0),\(isCalled ? share : 1 - share)\n"
    }
    return text
  }

  private func plan(_ log: String, propensity: String?, more: String = "") throws -> (
    TemporaryFolder, RunPlan
  ) {
    let folder = try TemporaryFolder()
    try folder.write(log, to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        customer: customer
        arm: offer
        \(propensity.map { "propensity: \($0)" } ?? "")
        reward: {column: kept, minimum: 0, maximum: 1}
        covariates: {plan: category, tenure: {kind: integer, minimum: 0, maximum: 100}}
        \(propensity == "p" ? "" : "ignore: [p]")
      baseline: none
      proof: {permutations: 0}
      \(more)
      """, to: "plan.yaml")
    return (folder, try RunPlan(contentsOf: file, environment: [:]))
  }

  /// The words that claim a cause.
  private static let causal = ["effect", "lift", "works", "causes", "because of the"]

  /// No propensities, no experiment, and an arm that goes with tenure: nothing is said of effects, and why.
  @Test func effectsAreRefusedWhereArmsWereNotDrawn() async throws {
    let (folder, plan) = try plan(Self.log(.byTenure), propensity: nil)
    let run = Run(plan)
    let (_, found) = try await run.segments()
    let why = try #require(found.confounding)
    #expect(why.hasPrefix("arms are not known to have been drawn at random"))
    #expect(why.contains("the arm depends on tenure (Cramér's V 0.7"), "\(why)")
    #expect(!why.contains("plan (Cramér"))
    #expect(found.uplift.isEmpty && found.policyTree.isEmpty && found.policyValues.isEmpty)
    #expect(!found.segments.isEmpty && !found.models.isEmpty)
    #expect(found.segments.allSatisfy { $0.claim == "association" && $0.source != "tree" })
    #expect(found.models.allSatisfy { $0.claim == "association" })
    let text = FindingsReport.segments(found).lowercased()
    #expect(text.hasPrefix("associations against none\nrefused: "))
    for word in Self.causal { #expect(!text.contains(word), "\(word)") }
    let report = try await run.recommendations()
    #expect(report.recommendations.count == 4_000)
    #expect(report.recommendations.allSatisfy { $0.offer == nil && $0.reason == why })
    _ = folder
  }

  /// A mapping that calls the same log randomised is contradicted by the log.
  @Test func whatAPlanSaysOfItsArmsIsNotTakenOnTrust() async throws {
    for (choice, isBelieved) in [(Choice.byTenure, false), (.drawn, true)] {
      let (folder, plan) = try plan(Self.log(choice), propensity: "uniform")
      let (_, found) = try await Run(plan).segments()
      #expect((found.confounding == nil) == isBelieved)
      if !isBelieved { #expect(found.confounding?.contains("the log contradicts it") == true) }
      #expect(found.policyTree.isEmpty == !isBelieved)
      _ = folder
    }
  }

  /// Chances that vary and are logged: rules compare unlike customers, and scores weighted by the chances
  /// do not. The call brings everybody to 0.35 + 0.15, and annual plans gain 0.3.
  @Test func loggedChancesAllowWhatPlainDifferencesDoNot() async throws {
    let (folder, plan) = try plan(Self.log(.byTenure), propensity: "p")
    let (_, found) = try await Run(plan).segments()
    #expect(found.confounding == nil)
    let rules = found.segments.filter { $0.source != "tree" }
    #expect(rules.allSatisfy { $0.claim == "association" && $0.warnings.count == 1 })
    let leaves = found.segments.filter { $0.source == "tree" }
    let annual = try #require(leaves.first { $0.rule == "plan is annual" })
    #expect(annual.claim == "effect" && annual.estimate.interval?.contains(0.3) == true)
    #expect(!(annual.estimate.interval?.contains(0) ?? true))
    let arm = try #require(found.policyValues.first { $0.policy == "best single arm" })
    #expect(arm.estimate.interval?.contains(0.5) == true, "\(arm.estimate)")
    #expect(found.uplift.allSatisfy { !["qini", "auuc", "bin"].contains($0.measure) })
    _ = folder
  }

  /// A call that adds the same to everybody: no segment, and what the search would have seen.
  @Test func whereNothingIsFoundItIsSaidWhatWouldHaveBeen() async throws {
    let (folder, plan) = try plan(Self.log(.drawn, effect: 0), propensity: "uniform")
    let (_, found) = try await Run(plan).segments()
    let notes = Dictionary(grouping: found.notes, by: \.part).mapValues { $0.map(\.note) }
    let rules = try #require(notes["rules"]?.first)
    #expect(rules.hasPrefix("no segment found among ") && rules.contains("of the customers of "))
    #expect(notes["tree"]?.first?.hasPrefix("no covariate changes the difference of call") == true)
    #expect(notes["uplift"]?.first?.hasPrefix("no prediction ranks customers better") == true)
    #expect(notes["policy"]?.first?.contains("is not shown to beat the best single arm") == true)
    let report = try await Run(plan).recommendations()
    #expect(report.recommendations.policyName.hasPrefix("best single arm ("))
    #expect(Set(report.recommendations.map(\.segment)) == ["everybody"])
    // Two arms of equal worth: neither is worth showing for its own sake.
    for row in report.recommendations where row.leader == "call" {
      #expect(row.offer == nil && row.reason.hasPrefix("no clear winner"))
    }
    _ = folder
  }

  /// The laws of predictions: the gain of a budget for all is the mean effect, whoever ranks; and each
  /// p-value is adjusted over its like.
  @Test func predictionsAreJudgedAlike() async throws {
    let (folder, plan) = try plan(
      Self.log(.drawn), propensity: "uniform",
      more: "segments: {uplift: {learners: [t, s, x, dr, r], budgets: [0.5, 1], bins: 4}}")
    let (_, found) = try await Run(plan).segments()
    let all = found.uplift.filter { $0.measure == "gain" && $0.setting == "the first 100 %" }
    #expect(all.count == 5 && Set(all.map(\.learner)).count == 5)
    let gains = all.compactMap(\.estimate.value)
    #expect(gains.allSatisfy { abs($0 - gains[0]) < 1e-12 } && gains.count == 5)
    #expect(all[0].estimate.interval?.contains(0.15) == true)
    for learner in Set(all.map(\.learner)) {
      let own = found.uplift.filter { $0.learner == learner }
      // Half of the customers gain 0.3, the others nothing: the first half by a good score gains all.
      let half = try #require(own.first { $0.setting == "the first 50 %" })
      #expect(abs(try #require(half.estimate.value) - gains[0]) < 0.03, "\(learner)")
      let area = try #require(own.first { $0.measure == "autoc" })
      #expect(
        try #require(area.adjustedPValue) < 0.01 && area.adjustment == "holm over 5 rows of autoc")
      let bins = own.filter { $0.measure == "bin" }
      #expect((2...4).contains(bins.count))
      #expect(try #require(bins.first?.estimate.value) > 0.2)
      #expect(abs(try #require(bins.last?.estimate.value)) < 0.12)
    }
    let slope = try #require(
      found.uplift.first { $0.measure == "projection" && $0.setting == "plan is monthly" })
    #expect(slope.estimate.interval?.contains(-0.3) == true)
    _ = folder
  }

  /// The call helps annual plans and drives others away: the tree parts them, beats the best single arm by
  /// 0.15 / 2, and each customer gets the arm of the leaf.
  @Test func customersGetTheArmOfTheirLeaf() async throws {
    let (folder, plan) = try plan(
      Self.log(.drawn, others: -0.15), propensity: "uniform",
      more: "segments: {policy: {depth: 1}}")
    let report = try await Run(plan).recommendations()
    let leaves = Dictionary(
      uniqueKeysWithValues: report.policyTree.map { ($0.rule, $0.arm) })
    #expect(leaves == ["plan is annual": "call", "plan is not annual": "none"])
    #expect(report.recommendations.policyName == "tree of depth 1")
    let gain = try #require(
      report.policyValues.first { $0.policy == "tree of depth 1 less the best single arm" })
    let whole = try #require(
      report.policyValues.first { $0.policy == "tree of depth 1 less none" })
    #expect(whole.estimate.interval?.contains(0.15) == true)
    #expect(gain.estimate.interval?.contains(0.075) == true)
    let value = try #require(report.policyValues.first?.estimate)
    #expect(value.interval?.contains(0.35 + 0.15) == true)
    for row in report.recommendations {
      #expect(row.offer == leaves[row.segment] && row.policyValue == value)
    }
    let counted = report.recommendations.offers.reduce(0) { $0 + $1.customers }
    #expect(counted == report.recommendations.count)
    _ = folder
  }
}

/// Policies that look at money.
@Suite struct NetMarginPolicyTests {
  /// A call saves 0.3 more sessions of both plans, costs 20, and a month is worth 10 or 100: over three
  /// months it earns 0.3 · 3 · 10 − 20 = −11 with the one and 0.3 · 3 · 100 − 20 = 70 with the other.
  @Test func anOfferThatSavesMayNotPay() async throws {
    var rng = Philox(StreamKey(seed: 12, purpose: .world))
    var log = "at,offer,plan,outcome,mrr,cost\n"
    for _ in 0..<6_000 {
      let (isCalled, isLarge) = (rng.uniform() < 0.5, rng.uniform() < 0.5)
      let isKept = rng.uniform() < (isCalled ? 0.6 : 0.3)
      log +=
        "2026-01-01T00:00:00Z,\(isCalled ? "call" : "none"),\(isLarge ? "large" : "small"),"
        + "\(isKept ? "kept" : "canceled"),\(isLarge ? 100 : 10),\(isCalled ? 20 : 0)\n"
    }
    let folder = try TemporaryFolder()
    try folder.write(log, to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        time: at
        arm: offer
        propensity: uniform
        outcome: {column: outcome, words: {kept: deflected, canceled: canceled}}
        mrr: {column: mrr, currency: USD}
        offerCost: {column: cost, currency: USD}
        covariates: {plan: category}
      asOf: 2026-06-01T00:00:00Z
      baseline: none
      segments: {policy: {depth: 1, netMargin: {months: 3}}}
      """, to: "plan.yaml")
    var plan = try RunPlan(contentsOf: file, environment: [:])
    let report = try await Run(plan).recommendations()
    let leaves = Dictionary(
      uniqueKeysWithValues: report.policyTree.map { ($0.rule, $0) })
    let (large, small) = (
      try #require(leaves["plan is large"]), try #require(leaves["plan is not large"])
    )
    #expect(large.arm == "call" && small.arm == "none")
    #expect(large.gain.interval?.contains(70) == true, "\(large.gain)")
    #expect(report.recommendations.first?.metric == "net margin of 3 months")
    #expect(report.policyValues.allSatisfy { $0.quantity == "net margin of 3 months" })
    // By saved rates the call is for everybody.
    plan.segments.policy.netMarginMonths = nil
    let saved = try await Run(plan).recommendations()
    #expect(Set(saved.recommendations.map(\.offer)) == ["call"])
    #expect(saved.recommendations.first?.metric == "saved")
  }
}
