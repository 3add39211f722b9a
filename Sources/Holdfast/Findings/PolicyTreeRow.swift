internal import Inference

/// Whom the optimal shallow policy shows which arm: a leaf of its tree.
public struct PolicyTreeRow: FlatRow, Hashable {
  /// The metric.
  public var metric: String
  /// The policy's name.
  public var policy: String
  /// The leaf, from 1, left to right.
  public var leaf: Int
  /// Whom it holds, as a readable rule.
  public var rule: String
  /// The same as an SQL predicate.
  public var predicate: String
  /// The arm to show.
  public var arm: String
  /// What the arm is worth there, a session.
  public var estimate: Estimate
  /// What it is worth there more than the baseline.
  public var gain: Estimate
  /// The arm it is compared with.
  public var baseline: String
  /// The level of the intervals.
  public var level: Double
  /// The sessions in the leaf.
  public var sessions: Int
  /// Their share of all.
  public var share: Double
  /// How the row was made.
  public var method: String
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<PolicyTreeRow>] =
    [
      Column("metric") { .init($0.metric) }, Column("policy") { .init($0.policy) },
      Column("leaf") { .init($0.leaf) }, Column("rule") { .init($0.rule) },
      Column("arm") { .init($0.arm) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("baseline") { .init($0.baseline) },
      Column("gain") { .init($0.gain.value) },
      Column("gain_lower") { .init($0.gain.interval?.lower) },
      Column("gain_upper") { .init($0.gain.interval?.upper) },
      Column("n") { .init($0.sessions) }, Column("share") { .init($0.share) },
      Column("method") { .init($0.method) }, Column("sample") { .init($0.sample) },
      Column("predicate") { .init($0.predicate) },
      Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
