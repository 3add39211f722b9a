import Foundation
import Holdfast
import Sessions
import Testing

/// Whatever a log holds, a run ends in findings or in an error that names what is wrong.
@Suite struct HostileRunTests {
  /// Every hostile log by each metric.
  static let cases = HostileLogs.names.flatMap { name in
    RunPlan.Metric.allCases.map { (name, $0) }
  }

  private func plan(_ name: String, _ metric: RunPlan.Metric) -> RunPlan {
    var plan = RunPlan(sessions: HostileLogs.path(name), schema: HostileLogs.schema)
    plan.metric = metric
    plan.contexts = ["placement"]
    plan.policies += [.epsilonGreedy(0.1)]
    // As little evidence as may be: more is computed, less is refused.
    plan.offPolicy.minimumEffectiveSampleSize = 2
    plan.segments.minimumSessions = 2
    plan.recommend.minimumSessions = 1
    plan.maximumRejectedShare = 1
    return plan
  }

  /// Checks that each number is finite and the text of the findings is JSON.
  private func check(_ findings: Findings) throws {
    func check<Row: FlatRow>(_ rows: [Row]) {
      for row in rows {
        for column in Row.columns {
          if case .number(let number) = column.value(row) {
            #expect(number.isFinite, "\(column.name)")
          }
        }
      }
    }
    check(findings.lift)
    check(findings.policies)
    check(findings.segments.segments)
    check(findings.segments.models)
    check(findings.segments.uplift)
    check(findings.segments.policyTree)
    check(findings.recommendations.offers)
    check(Array(findings.recommendations))
    check([findings.sampleRatio])
    _ = try JSONSerialization.jsonObject(with: Data(findings.jsonText.utf8))
    #expect(!FindingsReport(findings).text.isEmpty)
  }

  @Test func theCorpusIsThere() {
    #expect(HostileLogs.names.count >= 55)
  }

  @Test(arguments: cases)
  func aHostileLogEndsInFindingsOrInATypedError(
    _ name: String, _ metric: RunPlan.Metric
  ) async throws {
    let folder = try TemporaryFolder()
    do {
      let findings = try await Run(plan(name, metric)).run()
      try check(findings)
      try findings.write(to: "\(folder.path)/results")
      #expect(try folder.names() == ["results"])
      #expect(try folder.names(in: "results") == Findings.fileNames.sorted())
    } catch let error as SessionError {
      #expect(error.file == HostileLogs.path(name))
      #expect(try folder.names() == [])
    } catch let error as RunError {
      #expect(!error.description.isEmpty)
      #expect(try folder.names() == [])
    }
    do {
      #expect(!(try LogCheck(plan(name, metric)).text(rejects: 5)).isEmpty)
    } catch is SessionError {
    } catch is RunError {
    }
  }

  /// Amounts up to the greatest double: what cannot be squared and summed is refused by its role.
  @Test(arguments: [("d01_mrr_edge.csv", false), ("d05_sum_overflow.csv", true)])
  func amountsWithoutACap(_ name: String, _ isTooLarge: Bool) async throws {
    var plan = plan(name, .reward)
    plan.schema = Schema(arm: ["offer"])
    plan.schema.propensity = .uniform
    plan.contexts = []
    for role in ["reward", "mrr"] {
      plan.schema.reward = Schema.RewardRole(column: role == "mrr" ? "outcome" : "mrr")
      plan.schema.mrr = Schema.MoneyRole(
        column: "mrr", currency: "USD", minimum: nil, maximum: nil)
      if role == "reward" { plan.schema.mrr = nil }
      guard isTooLarge else {
        try check(await Run(plan).run())
        continue
      }
      let error = await #expect(throws: RunError.self) { try await Run(plan).run() }
      #expect(error?.description.hasPrefix("\(role): a value is beyond") == true)
    }
  }

  /// The greatest amounts that are taken: every method answers or refuses, none overflows.
  @Test func theGreatestAmountsAreComputedWith() async throws {
    let folder = try TemporaryFolder()
    var text = "offer,pay,price,age,p\n"
    for row in 0..<400 {
      let great = ["1e100", "-1e100", "0", "1e-320"][row % 4]
      let age = ["1.7e308", "-1.7e308", "1e-320", "3"][row / 2 % 4]
      text +=
        "\("abc".map(String.init)[row % 3]),\(great),\(great),\(age),\(row % 5 == 0 ? "1e-9" : "0.3")\n"
    }
    var plan = RunPlan(
      sessions: try folder.write(text, to: "log.csv"), schema: Schema(arm: ["offer"]))
    plan.metric = .reward
    plan.schema.propensity = .column("p")
    plan.schema.reward = Schema.RewardRole(column: "pay")
    plan.schema.mrr = Schema.MoneyRole(column: "price", currency: "USD", minimum: nil, maximum: nil)
    plan.schema.covariates["age"] = Schema.Covariate(kind: .number)
    plan.offPolicy.minimumEffectiveSampleSize = 2
    plan.segments.minimumSessions = 2
    try check(await Run(plan).run())
  }

  @Test func byDefaultARejectedRowStopsTheRun() async throws {
    var plan = plan("c11_pii.csv", .reward)
    plan.maximumRejectedShare = 0
    let error = await #expect(throws: RunError.self) { try await Run(plan).run() }
    #expect(error?.description.contains("c11_pii.csv:4: propensity: BAD_PROPENSITY") == true)
    #expect(error?.description.contains("example.com") == false)
  }

  /// Customers are named where they are recommended something, and nowhere else.
  @Test(arguments: RunPlan.Metric.allCases)
  func nobodyIsNamedInMessages(_ metric: RunPlan.Metric) async throws {
    let plan = plan("c11_pii.csv", metric)
    let findings = try await Run(plan).run()
    let files = try files(of: findings).filter { $0.key != "recommendations.csv" }
    let texts =
      Array(files.values) + [FindingsReport(findings).text, try LogCheck(plan).text(rejects: 20)]
    // All files but one, and two texts.
    #expect(texts.count == Findings.fileNames.count + 1)
    for text in texts {
      for secret in ["@example.com", "4111111111111111", "555 0100"] {
        #expect(!text.lowercased().contains(secret))
      }
    }
  }

  /// An offer called `../../etc/passwd` is an offer like any other.
  @Test func offersLikePathsAreOnlyNames() async throws {
    let folder = try TemporaryFolder()
    let findings = try await Run(plan("c10_offer_as_path.csv", .reward)).run()
    try findings.write(to: "\(folder.path)/a/b/results")
    #expect(try folder.names() == ["a"])
    #expect(try folder.names(in: "a") == ["b"])
    #expect(try folder.names(in: "a/b") == ["results"])
    #expect(try folder.names(in: "a/b/results") == Findings.fileNames.sorted())
    #expect(findings.sampleRatio.arms.contains("../../etc/passwd"))
  }

  /// A single offer: no contrast, and nobody is recommended anything.
  @Test func withoutAContrastNothingIsClaimed() async throws {
    let findings = try await Run(plan("d08_one_arm_only.csv", .reward)).run()
    #expect(findings.lift.isEmpty)
    #expect(findings.recommendations.allSatisfy { $0.offer == nil && !$0.reason.isEmpty })
    #expect(FindingsReport(findings).text.contains("No contrast"))
  }

  @Test(arguments: RunPlan.Metric.allCases)
  func aHeaderWithoutRowsEndsTheRunByName(_ metric: RunPlan.Metric) async throws {
    let error = await #expect(throws: RunError.self) {
      try await Run(plan("a10_header_only.csv", metric)).run()
    }
    #expect(error?.description.contains("a10_header_only.csv: no session was accepted") == true)
  }
}
