import Foundation
import Holdfast
import Probability
import Testing

/// Regressions that have no answer.
@Suite struct RefusedModelTests {
  /// Weekly plans always stay: their coefficients are infinite, and are named; Firth's are finite.
  @Test(arguments: [
    ("{formula: arm + plan, family: logistic}", "planweekly"),
    ("{formula: plan ~ kept, family: multinomial}", "weekly: kept"),
    ("{formula: plan, family: conditional, strata: group}", "planweekly"),
  ])
  func separationIsNamed(_ model: String, _ column: String) async throws {
    let folder = try TemporaryFolder()
    var log = "arm,plan,reward,kept,group\n"
    for row in 0..<600 {
      let plan = ["annual", "monthly", "weekly"][row % 3]
      let kept = plan == "weekly" || row % 5 < 2 ? 1 : 0
      log += "\(row % 2 == 0 ? "none" : "call"),\(plan),\(kept),\(kept),g\(row / 60)\n"
    }
    try folder.write(log, to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        arm: arm
        propensity: uniform
        reward: {column: reward, minimum: 0, maximum: 1}
        covariates: {plan: category, kept: number, group: category}
      baseline: none
      segments: {columns: [plan], models: [\(model), {formula: plan, family: firth}]}
      """, to: "plan.yaml")
    let (_, found) = try await Run(try RunPlan(contentsOf: file, environment: [:])).segments()
    let row = try #require(found.models.first { $0.quantity == "fit" && $0.family != "firth" })
    let refusal = try #require(row.estimate.refusal)
    #expect(
      refusal.hasPrefix("outcomes are separated by ") && refusal.contains(column), "\(refusal)")
    let firth = found.models.filter { $0.family == "firth" && $0.quantity == "coefficient" }
    #expect(firth.count == 3 && firth.allSatisfy { $0.estimate.value != nil })
  }
}

/// Columns against their knockoffs.
@Suite struct KnockoffPlanTests {
  /// Ten of thirty numbers move the outcome: at a rate of 0.2 most are found, with few others.
  @Test func columnsThatSaySomethingAreSelected() async throws {
    var rng = Philox(StreamKey(seed: 13, purpose: .world))
    let names = (0..<30).map { "x\($0)" }
    var log = "arm," + names.joined(separator: ",") + ",reward\n"
    for row in 0..<3_000 {
      let x = names.map { _ in StandardNormal.quantile(rng.uniform()) }
      let eta = x.prefix(10).reduce(0) { $0 + 0.3 * $1 }
      let isKept = rng.uniform() < 1 / (1 + exp(-eta))
      log += "\(row % 2 == 0 ? "none" : "call"),"
      log += x.map { "\($0)" }.joined(separator: ",") + ",\(isKept ? 1 : 0)\n"
    }
    let folder = try TemporaryFolder()
    try folder.write(log, to: "log.csv")
    let covariates = names.map { "\($0): number" }.joined(separator: ", ")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        arm: arm
        propensity: uniform
        reward: {column: reward, minimum: 0, maximum: 1}
        covariates: {\(covariates)}
      baseline: none
      segments:
        columns: [x0]
        models:
          - {formula: \(names.joined(separator: " + ")), penalty: {choose: bic, stability: 0, knockoffs: 0.2}}
      """, to: "plan.yaml")
    let (_, found) = try await Run(try RunPlan(contentsOf: file, environment: [:])).segments()
    let selected = found.models.filter { $0.quantity == "selected" }
    let isTrue = selected.map { names.prefix(10).contains($0.term) }
    #expect(isTrue.count { $0 } >= 8, "\(selected.map(\.term))")
    #expect(isTrue.count { !$0 } <= 4)
    #expect(selected.allSatisfy { $0.statistic ?? 0 > 0 && $0.method.hasPrefix("knockoff+") })
  }
}
