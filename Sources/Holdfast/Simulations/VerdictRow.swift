/// When a policy's data name a winner, and how often a false one.
public struct VerdictRow: FlatRow, Hashable {
  /// The name of the policy.
  public let policy: String
  /// The number of replications, and of those that named a winner by the horizon.
  public let replications: Int
  public let decided: Int
  /// The mean number of sessions until a winner was named, of those that named one; nil if none did.
  public let sessions: Estimate?
  /// The same in days; nil where no days are told.
  public let days: Estimate?
  /// The replications that named a best arm, that named another, and that named none.
  public let correct: Int
  public let falseWinners: Int
  public let undecided: Int
  /// The share of all replications that named a false winner, with its Clopper–Pearson interval.
  public let falseWinnerRate: Estimate
  /// The posterior probability that names a winner, and the sessions from one look to the next.
  public let confidence: Double
  public let interval: Int
  /// The level of the intervals.
  public let level: Double
  /// How the figures were computed, from what, and what is to be minded.
  public let method: String
  public let sample: String
  public let warnings: [String]

  public static let columns: [Column<VerdictRow>] =
    [
      Column("policy") { .init($0.policy) },
      Column("replications") { .init($0.replications) },
      Column("decided") { .init($0.decided) },
    ] + Column.named("sessions") { $0.sessions } + Column.named("days") { $0.days } + [
      Column("correct") { .init($0.correct) },
      Column("false_winners") { .init($0.falseWinners) },
      Column("undecided") { .init($0.undecided) },
    ] + Column.named("false_winner_rate") { $0.falseWinnerRate } + [
      Column("confidence") { .init($0.confidence) }, Column("every") { .init($0.interval) },
      Column("level") { .init($0.level) }, Column("method") { .init($0.method) },
      Column("sample") { .init($0.sample) }, Column("warnings") { .init($0.warnings) },
    ]
}
