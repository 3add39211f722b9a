import Foundation
import Holdfast
import Sessions

/// The hostile logs, which are shared with the tests of Sessions.
enum HostileLogs {
  static let folder = Project.path("Tests/SessionsTests/Reference/nasty")

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The names of the logs: every CSV and JSON Lines file, compressed or not.
  static let names: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.contains(".csv") || $0.hasSuffix(".jsonl") }.sorted()
  }()

  /// The columns of the corpus in their roles; the outcome is also the reward.
  static let schema: Schema = {
    var schema = Schema(arm: ["offer"])
    schema.session = "session_id"
    schema.customer = "customer_id"
    schema.time = Schema.InstantRole(column: "timestamp")
    schema.reason = "reason"
    schema.propensity = .column("propensity")
    schema.outcome = Schema.OutcomeRole(
      column: "outcome", words: ["1": .deflected, "0": .canceled])
    schema.reward = Schema.RewardRole(column: "outcome", minimum: 0, maximum: 1)
    schema.mrr = Schema.MoneyRole(column: "mrr", currency: "USD")
    schema.covariates = [
      "placement": Schema.Covariate(kind: .category),
      "tenure_days": Schema.Covariate(kind: .integer, minimum: 0, maximum: 40_000),
    ]
    return schema
  }()
}
