internal import Inference

/// How an arm does inside a segment, against the baseline there, and against how it does elsewhere.
public struct SegmentRow: FlatRow, Hashable {
  /// What found the segment: `rules` (the search), `tree`, or `cells` (every cell of a table).
  public var source: String
  /// What a difference between the arms is: ``effect`` or ``association``.
  public var claim: String
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
  /// The difference inside the segment, on sessions that did not find it.
  public var estimate: Estimate
  /// The difference outside, on the same sessions.
  public var outside: Estimate
  /// Inside less outside, on the same sessions.
  public var interaction: Estimate
  /// The difference inside once small cells lean on what is known elsewhere; of cells alone.
  public var shrunken: Estimate
  /// The level of the intervals.
  public var level: Double
  /// The p-value before adjustment: of the interaction, for cells of the difference inside.
  public var pValue: Double?
  /// The p-value adjusted for all rows of one source.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment: String
  /// The sessions inside, in the arm and the baseline, on that half.
  public var sessions: Int
  /// The sessions outside, in the arm and the baseline, on that half.
  public var sessionsOutside: Int?
  /// The share of half-samples whose search finds the rule again; of rules alone.
  public var stability: Double?
  /// The difference inside in the whole sample: descriptive, not corrected for the search.
  public var wholeSample: Double?
  /// The difference outside in the whole sample: descriptive, not corrected for the search.
  public var wholeSampleOutside: Double?
  /// The candidates that the search went through.
  public var candidates: Int?
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  /// The arms were drawn, or their chances are known: a difference between them is what the arm does.
  static let effect = "effect"
  /// Nobody knows how the arms were chosen: a difference may come from those who got them.
  static let association = "association"

  public static let columns: [Column<SegmentRow>] =
    [
      Column("source") { .init($0.source) }, Column("claim") { .init($0.claim) },
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
      Column("shrunken") { .init($0.shrunken.value) },
      Column("shrunken_lower") { .init($0.shrunken.interval?.lower) },
      Column("shrunken_upper") { .init($0.shrunken.interval?.upper) },
      Column("p") { .init($0.pValue) },
      Column("p_adjusted") { .init($0.adjustedPValue) },
      Column("adjustment") { .init($0.adjustment) },
      Column("n") { .init($0.sessions) }, Column("n_outside") { .init($0.sessionsOutside) },
      Column("stability") { .init($0.stability) },
      Column("whole_sample") { .init($0.wholeSample) },
      Column("whole_sample_outside") { .init($0.wholeSampleOutside) },
      Column("candidates_searched") { .init($0.candidates) }, Column("sample") { .init($0.sample) },
      Column("predicate") { .init($0.predicate) }, Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
