public import Inference

/// One look at one comparison: what is read as if it were the only look, beside what may be read at
/// every look.
public struct LookRow: FlatRow, Hashable {
  /// The experiment.
  public var experiment: String
  /// The arm.
  public var arm: String
  /// The arm it is compared with.
  public var baseline: String
  /// When the counts were taken.
  public var look: Double
  /// The sessions of the arm.
  public var sessions: Int?
  /// The sessions of the baseline.
  public var baselineSessions: Int?
  /// The difference of means; nil if it was refused.
  public var difference: EffectEstimate?
  /// Why there is no difference.
  public var refusal: String?
  /// The level of the intervals.
  public var level: Double
  /// The p-value as if this were the only look.
  public var naivePValue: Double?
  /// The interval as if this were the only look.
  public var naiveInterval: Interval?
  /// The always-valid p-value, the least of the looks so far.
  public var alwaysValidPValue: Double?
  /// The interval which, with those of all other looks, holds the difference with the confidence
  /// that one interval has.
  public var alwaysValidInterval: Interval?

  public static let columns: [Column<LookRow>] = [
    Column("experiment") { .init($0.experiment) }, Column("arm") { .init($0.arm) },
    Column("baseline") { .init($0.baseline) }, Column("look") { .init($0.look) },
    Column("n") { .init($0.sessions) }, Column("baseline_n") { .init($0.baselineSessions) },
    Column("difference") { .init($0.difference?.value) },
    Column("standard_error") { .init($0.difference?.standardError) },
    Column("level") { .init($0.level) }, Column("naive_p") { .init($0.naivePValue) },
    Column("naive_lower") { .init(bounded: $0.naiveInterval?.lower) },
    Column("naive_upper") { .init(bounded: $0.naiveInterval?.upper) },
    Column("always_valid_p") { .init($0.alwaysValidPValue) },
    Column("always_valid_lower") { .init(bounded: $0.alwaysValidInterval?.lower) },
    Column("always_valid_upper") { .init(bounded: $0.alwaysValidInterval?.upper) },
    Column("refusal") { .init($0.refusal) },
  ]
}
