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

  public var fields: [Field] {
    [
      Field("metric", metric), Field("rule", rule), Field("arm", arm),
      Field("baseline", baseline), Field("method", method),
    ] + estimate.fields(level: level) + [
      Field("outside", outside.value), Field("outside_lower", outside.interval?.lower),
      Field("outside_upper", outside.interval?.upper), Field("interaction", interaction.value),
      Field("interaction_lower", interaction.interval?.lower),
      Field("interaction_upper", interaction.interval?.upper), Field("p", pValue),
      Field("p_adjusted", adjustedPValue), Field("adjustment", adjustment),
      Field("n", sessions), Field("n_outside", sessionsOutside),
      Field("whole_sample_effect", wholeSampleEffect),
      Field("whole_sample_effect_outside", wholeSampleEffectOutside),
      Field("candidates_searched", candidates), Field("sample", sample),
      Field("predicate", predicate), Field("refusal", estimate.refusal),
      Field("warnings", warnings),
    ]
  }
}
