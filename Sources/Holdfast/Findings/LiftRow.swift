public import Inference

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
  /// Why this method: named in the plan, or chosen for what the data are.
  public var choice: String
  /// The scale of the estimate; nil where there is no answer.
  public var scale: TestDescription.Scale?
  /// Whether the metric is 0 or 1, so that means are shares.
  var isShare = false
  /// Whether a difference is one of shares, and not of days, say.
  var isShareDifference = false
  /// The estimated effect.
  public var estimate: Estimate
  /// The level of the interval.
  public var level: Double
  /// The p-value before adjustment.
  public var pValue: Double?
  /// The p-value adjusted for the number of arms.
  public var adjustedPValue: Double?
  /// The interval that agrees with the adjusted p-value: it excludes the null exactly where that is
  /// below `α`.
  public var adjustedInterval: Interval?
  /// The adjustment by name, and over what.
  public var adjustment: String
  /// Which arm is the better one after adjustment; nil where the row does not ask.
  public var better: Better?
  /// The statistic of a test that has one in the place of an effect.
  public var statistic: Double?
  /// The degrees of freedom of the statistic.
  public var degreesOfFreedom: Double?
  /// What a posterior says; nil in other rows.
  var posterior: LiftAnswer.Posterior?
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
  /// Its proof sheet in few words; nil where none was made.
  public var proof: String?

  /// Which arm is the better one.
  public enum Better: String, Hashable, Sendable {
    case offer, control, unclear
  }

  /// The probability, in a posterior row, that the offer is the better arm.
  public var chanceToBeat: Double? { posterior?.chanceToBeat }
  /// What is lost on average, in a posterior row, by showing the offer.
  public var expectedLoss: Double? { posterior?.expectedLoss }
  /// The probability, in a posterior row, of an effect that is as good as none.
  public var ropeProbability: Double? { posterior?.ropeProbability }

  public static let columns: [Column<LiftRow>] =
    [
      Column("metric") { .init($0.metric) }, Column("arm") { .init($0.arm) },
      Column("baseline") { .init($0.baseline) },
      Column("method") { .init($0.method) }, Column("null") { .init($0.null) },
      Column("tail") { .init($0.tail) },
      Column("choice") { .init($0.choice) }, Column("scale") { .init($0.scale?.rawValue) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("p") { .init($0.pValue) }, Column("p_adjusted") { .init($0.adjustedPValue) },
      Column("lower_adjusted") { .init(bounded: $0.adjustedInterval?.lower) },
      Column("upper_adjusted") { .init(bounded: $0.adjustedInterval?.upper) },
      Column("adjustment") { .init($0.adjustment) },
      Column("better") { .init($0.better?.rawValue) },
      Column("statistic") { .init($0.statistic) },
      Column("degrees_of_freedom") { .init($0.degreesOfFreedom) },
      Column("chance_to_beat") { .init($0.chanceToBeat) },
      Column("expected_loss") { .init($0.expectedLoss) },
      Column("rope_probability") { .init($0.ropeProbability) },
      Column("n") { .init($0.sessions) }, Column("baseline_n") { .init($0.baselineSessions) },
      Column("mean") { .init($0.mean) },
      Column("baseline_mean") { .init($0.baselineMean) }, Column("sample") { .init($0.sample) },
      Column("refusal") { .init($0.estimate.refusal) }, Column("warnings") { .init($0.warnings) },
      Column("proof") { .init($0.proof) },
    ]
}
