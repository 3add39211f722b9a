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

  public var fields: [Field] {
    [
      Field("metric", metric), Field("policy", policy), Field("method", method),
      Field("logging", logging),
    ] + estimate.fields(level: level) + [
      Field("n", sessions), Field("effective_n", effectiveSampleSize),
      Field("mean_weight", meanWeight), Field("max_weight", maximumWeight),
      Field("sample", sample), Field("refusal", estimate.refusal), Field("warnings", warnings),
    ]
  }
}
