public import Inference

/// One design: what was asked, and the sessions, power, effect and days that fit together.
public struct DesignRow: FlatRow, Hashable {
  /// The test by its name.
  public var test: String
  /// What the numbers rest on.
  public var method: String
  /// Why this test, and why this row.
  public var choice: String
  /// What was solved for: `sessions`, `power` or `effect`.
  public var solvedFor: String
  /// The null hypothesis in words.
  public var null: String
  /// How the test counts its tails.
  public var tail: String
  /// The scale of the effect.
  public var scale: TestDescription.Scale
  /// Whether means are shares.
  var isShare = false
  /// The error of the experiment, and that of one comparison.
  public var alpha: Double
  public var level: Double?
  /// The correction for several offers, and over how many.
  public var adjustment: String
  /// How often the experiment is looked at.
  public var looks: String
  /// The control's mean outcome, if it is known, and that of an offer with the effect.
  public var baseline: Double?
  public var offer: Double?
  /// The effect, on ``scale``, and as a difference and a relative lift where it can be stated so.
  public var effect: Double?
  public var difference: Double?
  public var lift: Double?
  /// The power: the one asked for, and the one at whole sessions.
  public var powerAsked: Double?
  public var power: Double?
  /// How many offers there are, the sessions of each and of the control.
  public var offers: Int
  public var sessionsPerOffer: Int?
  public var controlSessions: Int?
  /// The share of the control.
  public var controlShare: Double
  /// The sessions of all arms, whole and before rounding.
  public var total: Int?
  public var exactTotal: Double?
  /// Whole days until all sessions have come in, and until the outcome of each is known.
  public var enrolmentDays: Int?
  public var windowDays: Int
  public var days: Int?
  /// The day on which the outcome of every session is known, as RFC 3339.
  public var verdict: String?
  /// What the choices cost.
  public var inflation: DesignInflation?
  /// What was taken from a log.
  public var sources: [String]
  /// What to know before believing the row.
  public var warnings: [String] = []
  /// Why there is no answer.
  public var refusal: String?

  public static let columns: [Column<DesignRow>] = [
    Column("test") { .init($0.test) }, Column("method") { .init($0.method) },
    Column("choice") { .init($0.choice) }, Column("solved_for") { .init($0.solvedFor) },
    Column("null") { .init($0.null) }, Column("tail") { .init($0.tail) },
    Column("scale") { .init($0.scale.rawValue) }, Column("alpha") { .init($0.alpha) },
    Column("alpha_per_comparison") { .init($0.level) },
    Column("adjustment") { .init($0.adjustment) }, Column("looks") { .init($0.looks) },
    Column("baseline") { .init($0.baseline) }, Column("offer") { .init($0.offer) },
    Column("effect") { .init($0.effect) }, Column("difference") { .init($0.difference) },
    Column("lift") { .init($0.lift) }, Column("power_asked") { .init($0.powerAsked) },
    Column("power") { .init($0.power) }, Column("offers") { .init($0.offers) },
    Column("n_per_offer") { .init($0.sessionsPerOffer) },
    Column("n_control") { .init($0.controlSessions) },
    Column("control_share") { .init($0.controlShare) }, Column("n") { .init($0.total) },
    Column("n_unrounded") { .init($0.exactTotal) },
    Column("enrolment_days") { .init($0.enrolmentDays) },
    Column("window_days") { .init($0.windowDays) }, Column("days") { .init($0.days) },
    Column("verdict") { .init($0.verdict) },
    Column("inflation_allocation") { .init($0.inflation?.allocation) },
    Column("inflation_adjustment") { .init($0.inflation?.adjustment) },
    Column("inflation_looks") { .init($0.inflation?.looks) },
    Column("inflation_clusters") { .init($0.inflation?.clusters) },
    Column("inflation") { .init($0.inflation?.total) },
    Column("sources") { .init($0.sources) }, Column("refusal") { .init($0.refusal) },
    Column("warnings") { .init($0.warnings) },
  ]
}
