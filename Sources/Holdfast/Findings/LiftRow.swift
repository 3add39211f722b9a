/// One comparison of an arm with the baseline, by one method.
public struct LiftRow: FlatRow, Hashable {
  /// What is compared: `saved`, `reward`, `saved_revenue`.
  public var metric: String
  /// The arm.
  public var arm: String
  /// The arm it is compared with.
  public var baseline: String
  /// The test and the interval by name.
  public var method: String
  /// The null hypothesis in words.
  public var null: String
  /// How the p-value counts its tails.
  public var tail: String
  /// The difference or the relative lift.
  public var estimate: Estimate
  /// The level of the interval.
  public var level: Double
  /// The p-value before adjustment.
  public var pValue: Double?
  /// The p-value adjusted for the number of arms.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment: String
  /// The sessions of the arm.
  public var sessions: Int
  /// The sessions of the baseline.
  public var baselineSessions: Int
  /// The mean of the metric in the arm.
  public var mean: Double?
  /// The mean of the metric in the baseline.
  public var baselineMean: Double?
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  public var fields: [Field] {
    [
      Field("metric", metric), Field("arm", arm), Field("baseline", baseline),
      Field("method", method), Field("null", null), Field("tail", tail),
    ] + estimate.fields(level: level) + [
      Field("p", pValue), Field("p_adjusted", adjustedPValue), Field("adjustment", adjustment),
      Field("n", sessions), Field("baseline_n", baselineSessions), Field("mean", mean),
      Field("baseline_mean", baselineMean), Field("sample", sample),
      Field("refusal", estimate.refusal), Field("warnings", warnings),
    ]
  }
}
