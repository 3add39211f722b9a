public import Inference

/// One check of the experiment behind the lift, and what it says.
public struct DiagnosticRow: FlatRow, Hashable {
  /// What is checked.
  public enum Diagnostic: String, CaseIterable, Sendable {
    /// Whether arms get their shares, session after session in the order of time.
    case sequentialSampleRatio = "sample_ratio_sequential"
    /// Whether the shares of the arms are the same at each level of a dimension.
    case sampleRatioByDimension = "sample_ratio_by_dimension"
    /// Whether the arms got their designed shares at one level.
    case sampleRatioByLevel = "sample_ratio_by_level"
    /// Whether an arm and the baseline have the same mix of levels, and what the mix does to the effect.
    case mix
    /// Whether the effect grows or fades.
    case novelty
    /// The effect of the later half of the periods less that of the earlier half.
    case earlyLate = "early_late"
    /// Whether the effect is the same on each day of the week.
    case weekday
    /// Whether the effect is the same at each level of a dimension.
    case heterogeneity
    /// The effect at one level or in one period, and whether it departs from the others.
    case effectByLevel = "effect_by_level"

    /// Whether it is of the shares of the arms, and not of their effects.
    var isOfShares: Bool {
      switch self {
      case .sequentialSampleRatio, .sampleRatioByDimension, .sampleRatioByLevel, .mix: true
      case .novelty, .earlyLate, .weekday, .heterogeneity, .effectByLevel: false
      }
    }
  }

  /// What a check comes to.
  public enum Verdict: String, Sendable {
    /// Nothing speaks against the experiment.
    case clean
    /// The adjusted p-value is below its level.
    case flagged
    /// The check could not be made.
    case refused
  }

  /// What is checked.
  public var diagnostic: Diagnostic
  /// The metric of the effect; nil of checks of shares.
  public var metric: String?
  /// The arm that is compared with the baseline; nil where all arms are looked at together.
  public var arm: String?
  /// The column, `weekday`, or the clock by which periods are counted.
  public var dimension: String
  /// The level or period; of a check of the effect over all levels, the one that departs most.
  public var value: String?
  /// The test by name.
  public var method: String
  /// The null hypothesis in words.
  public var null: String
  /// The statistic: a chi-squared, a `z`, or the logarithm of an e-value.
  public var statistic: Double?
  /// Its degrees of freedom, if it is a chi-squared.
  public var degreesOfFreedom: Int?
  /// The share of the spread between levels that is not chance, `I²`.
  public var inconsistency: Double?
  /// The estimate that the check is of, if there is one: an effect, a slope, a difference of effects.
  public var estimate: Double?
  /// The interval of the estimate.
  public var interval: Interval?
  /// The level of the interval.
  public var level: Double
  /// The p-value before adjustment.
  public var pValue: Double?
  /// The p-value adjusted over all rows of the same diagnostic.
  public var adjustedPValue: Double?
  /// The adjustment by name, and over what.
  public var adjustment = ""
  /// The sessions behind the row.
  public var sessions: Int
  /// What the check comes to.
  public var verdict = Verdict.clean
  /// Which sessions were used.
  public var sample: String
  /// Why the check could not be made.
  public var refusal: String?
  /// What to know before believing the row.
  public var warnings: [String] = []

  public static let columns: [Column<DiagnosticRow>] = [
    Column("diagnostic") { .text($0.diagnostic.rawValue) }, Column("metric") { .init($0.metric) },
    Column("arm") { .init($0.arm) }, Column("dimension") { .init($0.dimension) },
    Column("value") { .init($0.value) }, Column("method") { .init($0.method) },
    Column("null") { .init($0.null) }, Column("statistic") { .init($0.statistic) },
    Column("degrees_of_freedom") { .init($0.degreesOfFreedom) },
    Column("i_squared") { .init($0.inconsistency) }, Column("estimate") { .init($0.estimate) },
    Column("lower") { .init(bounded: $0.interval?.lower) },
    Column("upper") { .init(bounded: $0.interval?.upper) }, Column("level") { .init($0.level) },
    Column("p") { .init($0.pValue) }, Column("p_adjusted") { .init($0.adjustedPValue) },
    Column("adjustment") { .init($0.adjustment) }, Column("n") { .init($0.sessions) },
    Column("verdict") { .text($0.verdict.rawValue) }, Column("sample") { .init($0.sample) },
    Column("refusal") { .init($0.refusal) }, Column("warnings") { .init($0.warnings) },
  ]
}

extension DiagnosticRow {
  /// What the description of a test fills in.
  mutating func describe(_ method: TestDescription) {
    self.method = method.name
    null = method.nullHypothesis
  }

  /// A normal test's statistic, estimate, interval and p-value.
  mutating func fill(_ test: some NormalErrorTest) {
    describe(test.method)
    statistic = test.z
    estimate = test.estimate
    interval = test.interval(level: level)
    pValue = test.pValue(.twoSided)
  }
}
