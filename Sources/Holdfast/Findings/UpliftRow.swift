internal import Inference

/// How well the effect of an arm on a customer is predicted, by one measure.
public struct UpliftRow: FlatRow, Hashable {
  /// The metric.
  public var metric: String
  /// The arm.
  public var arm: String
  /// The arm it is compared with.
  public var baseline: String
  /// What predicts: a learner, or nobody for a projection of the effects themselves.
  public var learner: String
  /// What is measured: `qini`, `autoc`, `bin`, `gain`, `projection` …
  public var measure: String
  /// The part that is measured: a group of scores, a budget, a covariate.
  public var setting: String?
  /// The measure with its interval.
  public var estimate: Estimate
  /// The level of the interval.
  public var level: Double
  /// The p-value of the measure's null: nothing is gained by ranking, no effect, a coefficient of zero.
  public var pValue: Double?
  /// The p-value adjusted over the rows of the same measure.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment: String?
  /// The sessions behind the row.
  public var sessions: Int
  /// How the row was made, and its null.
  public var method: String
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<UpliftRow>] =
    [
      Column("metric") { .init($0.metric) }, Column("arm") { .init($0.arm) },
      Column("baseline") { .init($0.baseline) }, Column("learner") { .init($0.learner) },
      Column("measure") { .init($0.measure) }, Column("setting") { .init($0.setting) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("p") { .init($0.pValue) }, Column("p_adjusted") { .init($0.adjustedPValue) },
      Column("adjustment") { .init($0.adjustment) }, Column("n") { .init($0.sessions) },
      Column("method") { .init($0.method) }, Column("sample") { .init($0.sample) },
      Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
