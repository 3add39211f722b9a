/// The value of an arm, or a contrast with the baseline, from the log of a policy that learned as it went.
public struct AdaptiveRow: FlatRow, Hashable {
  /// Whose log it is: `log`, or a replay of a policy.
  public var source: String
  /// The metric.
  public var metric: String
  /// The arm; `best arm` where the row is about whichever came out best.
  public var arm: String
  /// The arm that it is compared with; nil for the value of one arm.
  public var baseline: String?
  /// The estimator by name.
  public var method: String
  /// The value, or the difference.
  public var estimate: Estimate
  /// The level of the interval.
  public var level: Double
  /// The sessions of the log.
  public var sessions: Int
  /// The sessions that were shown the arm.
  public var armSessions: Int?
  /// The batches between two updates of the policy.
  public var batches: Int
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<AdaptiveRow>] =
    [
      Column("source") { .init($0.source) }, Column("metric") { .init($0.metric) },
      Column("arm") { .init($0.arm) }, Column("baseline") { .init($0.baseline) },
      Column("method") { .init($0.method) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("n") { .init($0.sessions) }, Column("n_arm") { .init($0.armSessions) },
      Column("batches") { .init($0.batches) },
      Column("refusal") { .init($0.estimate.refusal) }, Column("warnings") { .init($0.warnings) },
    ]
}
