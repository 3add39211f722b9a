/// What a policy would have been worth, by one estimator.
public struct PolicyRow: FlatRow, Hashable {
  /// The metric whose mean a session is the value.
  public var metric: String
  /// The policy.
  public var policy: String
  /// The estimator by name.
  public var method: String
  /// Where the propensities of the log come from.
  public var logging: String
  /// The value of the policy: the mean of the metric a session.
  public var estimate: Estimate
  /// The level of the interval.
  public var level: Double
  /// The sessions behind the estimate.
  public var sessions: Int
  /// Kish's effective sample size of the weights; for replay, the matched sessions.
  public var effectiveSampleSize: Double?
  /// The mean weight, 1 in expectation.
  public var meanWeight: Double?
  /// The greatest weight.
  public var maximumWeight: Double?
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<PolicyRow>] =
    [
      Column("metric") { .init($0.metric) }, Column("policy") { .init($0.policy) },
      Column("method") { .init($0.method) },
      Column("logging") { .init($0.logging) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("n") { .init($0.sessions) }, Column("effective_n") { .init($0.effectiveSampleSize) },
      Column("mean_weight") { .init($0.meanWeight) },
      Column("max_weight") { .init($0.maximumWeight) },
      Column("sample") { .init($0.sample) }, Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
