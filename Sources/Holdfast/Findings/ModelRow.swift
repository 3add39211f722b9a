internal import Inference

/// A coefficient of a regression, a test of some of them, or a measure of its fit.
public struct ModelRow: FlatRow, Hashable {
  /// The model's name; its formula where it has no other.
  public var model: String
  /// The outcome.
  public var outcome: String
  /// The law of the outcome.
  public var family: String
  /// What the row is of: `selected` (a column that beats its knockoff), `coefficient`, `joint` (all coefficients of a term), `interaction` (does the
  /// difference between arms depend on a covariate), `fit`.
  public var quantity: String
  /// The coefficient, the term, the covariate or the measure, by name.
  public var term: String
  /// What a difference between the arms is: `effect` or `association`.
  public var claim: String
  /// The coefficient on the scale of the predictor, or the measure.
  public var estimate: Estimate
  /// The coefficient as an odds ratio, or a ratio of means; nil for a model without such.
  public var ratio: Estimate?
  /// The level of the intervals.
  public var level: Double
  /// The statistic of a test.
  public var statistic: Double?
  /// Its degrees of freedom.
  public var degreesOfFreedom: Int?
  /// The p-value of the null that the coefficients are zero.
  public var pValue: Double?
  /// The p-value adjusted over the rows of the same quantity in this model.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment: String?
  /// The share of half-samples that select the column; of penalised coefficients alone.
  public var stability: Double?
  /// The sessions that were fitted.
  public var sessions: Int
  /// The rows of the design after equal sessions were counted together.
  public var cells: Int?
  /// How the interval and the test were made.
  public var method: String
  /// Which sessions were used.
  public var sample: String
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<ModelRow>] =
    [
      Column("model") { .init($0.model) }, Column("outcome") { .init($0.outcome) },
      Column("family") { .init($0.family) }, Column("quantity") { .init($0.quantity) },
      Column("term") { .init($0.term) }, Column("claim") { .init($0.claim) },
    ] + Column.estimate({ $0.estimate }, level: { $0.level }) + [
      Column("ratio") { .init(bounded: $0.ratio?.value) },
      Column("ratio_lower") { .init(bounded: $0.ratio?.interval?.lower) },
      Column("ratio_upper") { .init(bounded: $0.ratio?.interval?.upper) },
      Column("statistic") { .init($0.statistic) },
      Column("degrees_of_freedom") { .init($0.degreesOfFreedom) },
      Column("p") { .init($0.pValue) }, Column("p_adjusted") { .init($0.adjustedPValue) },
      Column("adjustment") { .init($0.adjustment) },
      Column("stability") { .init($0.stability) }, Column("n") { .init($0.sessions) },
      Column("cells") { .init($0.cells) }, Column("method") { .init($0.method) },
      Column("sample") { .init($0.sample) }, Column("refusal") { .init($0.estimate.refusal) },
      Column("warnings") { .init($0.warnings) },
    ]
}
