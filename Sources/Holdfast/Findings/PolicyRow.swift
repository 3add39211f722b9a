/// What a policy would have been worth, by one estimator.
public struct PolicyRow: FlatRow, Hashable {
  /// The metric whose mean a session is the value.
  public var metric: String
  /// The policy.
  public var policy: String
  /// What is estimated: `mean`, `net margin`, or a quantile of the metric.
  public var quantity: String
  /// The estimator by name.
  public var method: String
  /// The interval by name; nil where nothing was estimated.
  public var intervalMethod: String?
  /// Where the propensities of the log come from.
  public var logging: String
  /// The value of the policy, a session.
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
  /// The share of the sessions that a replay kept; nil where there is no replay.
  public var acceptance: Double?
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  /// Whether a quantile of the metric is estimated.
  var isQuantile: Bool { quantity.hasPrefix("quantile") }

  /// How the warning begins that says why a value has no interval.
  static let withheld = "the interval is withheld: "

  public static let columns: [Column<PolicyRow>] =
    [
      Column("metric") { .init($0.metric) }, Column("policy") { .init($0.policy) },
      Column("quantity") { .init($0.quantity) }, Column("method") { .init($0.method) },
      Column("interval_method") { .init($0.intervalMethod) },
      Column("logging") { .init($0.logging) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("n") { .init($0.sessions) }, Column("effective_n") { .init($0.effectiveSampleSize) },
      Column("mean_weight") { .init($0.meanWeight) },
      Column("max_weight") { .init($0.maximumWeight) },
      Column("acceptance") { .init($0.acceptance) }, Column("sample") { .init($0.sample) },
      Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
