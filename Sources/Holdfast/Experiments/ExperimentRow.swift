public import Inference

/// One arm of one of many experiments against its baseline, by one test.
public struct ExperimentRow: FlatRow, Hashable {
  /// What a run may say of an arm.
  public enum Verdict: String, CaseIterable, Sendable {
    /// The adjusted p-value is below the error rate, and the effect is good.
    case better
    /// The adjusted p-value is below the error rate, and the effect is bad.
    case worse
    /// No difference is shown; that is not to say that there is none.
    case unclear
    /// The arms did not get their shares of sessions, so that nothing else is said.
    case mismatch = "sample ratio mismatch"
    /// There is no answer.
    case refused
  }

  /// The experiment.
  public var experiment: String
  /// The group that it is summarised in.
  public var group: String?
  /// The arm.
  public var arm: String
  /// The arm it is compared with.
  public var baseline: String
  /// The test and the interval by name.
  public var method = ""
  /// Why this test: named in the plan, or chosen for what the counts are.
  public var choice = ""
  /// The scale of the estimate; nil where there is no answer.
  public var scale: TestDescription.Scale?
  /// The estimated effect at the last look.
  public var estimate: Estimate
  /// The level of the intervals.
  public var level: Double
  /// The p-value before adjustment.
  public var pValue: Double?
  /// The p-value adjusted over every comparison of the run by the same test.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment = ""
  /// The p-value of the experiment's sample ratio.
  public var sampleRatioPValue: Double?
  /// The difference of means and its standard error, whatever the test.
  public var difference: EffectEstimate?
  /// The difference drawn towards the mean of all differences of the run, with its interval.
  public var shrunken: Estimate?
  /// The sessions of the arm.
  public var sessions: Int?
  /// The sessions of the baseline.
  public var baselineSessions: Int?
  /// The mean of the metric in the arm.
  public var mean: Double?
  /// The mean of the metric in the baseline.
  public var baselineMean: Double?
  /// What was seen on the way to the last look; nil where the plan names no looks.
  public var looks: LookSummary?
  /// What is said of the arm.
  public var verdict = Verdict.refused
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<ExperimentRow>] =
    [
      Column("experiment") { .init($0.experiment) }, Column("group") { .init($0.group) },
      Column("arm") { .init($0.arm) }, Column("baseline") { .init($0.baseline) },
      Column("method") { .init($0.method) }, Column("choice") { .init($0.choice) },
      Column("scale") { .init($0.scale?.rawValue) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("p") { .init($0.pValue) }, Column("p_adjusted") { .init($0.adjustedPValue) },
      Column("adjustment") { .init($0.adjustment) },
      Column("sample_ratio_p") { .init($0.sampleRatioPValue) },
      Column("difference") { .init($0.difference?.value) },
      Column("difference_standard_error") { .init($0.difference?.standardError) },
      Column("shrunken_difference") { .init($0.shrunken?.value) },
      Column("shrunken_lower") { .init(bounded: $0.shrunken?.interval?.lower) },
      Column("shrunken_upper") { .init(bounded: $0.shrunken?.interval?.upper) },
      Column("n") { .init($0.sessions) }, Column("baseline_n") { .init($0.baselineSessions) },
      Column("mean") { .init($0.mean) }, Column("baseline_mean") { .init($0.baselineMean) },
      Column("looks") { .init($0.looks?.count) }, Column("last_look") { .init($0.looks?.last) },
      Column("naive_crossed_at") { .init($0.looks?.naiveCrossing) },
      Column("naive_crossed_last") { .init($0.looks?.crossesLast.map { $0 ? 1 : 0 }) },
      Column("always_valid_crossed_at") { .init($0.looks?.alwaysValidCrossing) },
      Column("always_valid_p") { .init($0.looks?.alwaysValidPValue) },
      Column("verdict") { .init($0.verdict.rawValue) },
      Column("refusal") { .init($0.estimate.refusal) }, Column("warnings") { .init($0.warnings) },
    ]
}
