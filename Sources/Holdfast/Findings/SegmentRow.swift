internal import Inference

/// The effect of an arm inside a segment, against its effect outside.
public struct SegmentRow: FlatRow, Hashable {
  /// The metric.
  public var metric: String
  /// The segment as a readable rule.
  public var rule: String
  /// The segment as an SQL predicate.
  public var predicate: String
  /// The arm.
  public var arm: String
  /// The arm it is compared with.
  public var baseline: String
  /// The tests and intervals by name.
  public var method: String
  /// The effect inside the segment, on the half that did not find it.
  public var estimate: Estimate
  /// The effect outside, on the same half.
  public var outside: Estimate
  /// Inside less outside, on the same half.
  public var interaction: Estimate
  /// The level of the intervals.
  public var level: Double
  /// The p-value of the interaction before adjustment.
  public var pValue: Double?
  /// The p-value adjusted for every rule and arm tested.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment: String
  /// The sessions inside, in the arm and the baseline, on that half.
  public var sessions: Int
  /// The sessions outside, in the arm and the baseline, on that half.
  public var sessionsOutside: Int
  /// The effect inside in the whole sample: descriptive, not corrected for the search.
  public var wholeSampleEffect: Double?
  /// The effect outside in the whole sample: descriptive, not corrected for the search.
  public var wholeSampleEffectOutside: Double?
  /// The candidates that the search went through.
  public var candidates: Int
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<SegmentRow>] =
    [
      Column("metric") { .init($0.metric) }, Column("rule") { .init($0.rule) },
      Column("arm") { .init($0.arm) },
      Column("baseline") { .init($0.baseline) }, Column("method") { .init($0.method) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("outside") { .init($0.outside.value) },
      Column("outside_lower") { .init($0.outside.interval?.lower) },
      Column("outside_upper") { .init($0.outside.interval?.upper) },
      Column("interaction") { .init($0.interaction.value) },
      Column("interaction_lower") { .init($0.interaction.interval?.lower) },
      Column("interaction_upper") { .init($0.interaction.interval?.upper) },
      Column("p") { .init($0.pValue) },
      Column("p_adjusted") { .init($0.adjustedPValue) },
      Column("adjustment") { .init($0.adjustment) },
      Column("n") { .init($0.sessions) }, Column("n_outside") { .init($0.sessionsOutside) },
      Column("whole_sample_effect") { .init($0.wholeSampleEffect) },
      Column("whole_sample_effect_outside") { .init($0.wholeSampleEffectOutside) },
      Column("candidates_searched") { .init($0.candidates) }, Column("sample") { .init($0.sample) },
      Column("predicate") { .init($0.predicate) }, Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
