/// When a policy's data name a winner, and how often a false one.
public struct VerdictRow: FlatRow, Hashable {
  /// The name of the policy.
  public let policy: String
  /// The number of replications.
  public let replications: Int
  /// The replications that named a winner by the horizon.
  public let decided: Int
  /// The mean number of sessions until a winner was named, of those that named one; nil if none did.
  public let sessions: Estimate?
  /// The same in days; nil where no days are told.
  public let days: Estimate?
  /// The replications that named an arm of greatest worth.
  public let correct: Int
  /// The replications that named another.
  public let falseWinners: Int
  /// The replications that named none by the horizon.
  public let undecided: Int
  /// The share of all replications that named a false winner, with its Clopper–Pearson interval.
  public let falseWinnerRate: Estimate
  /// The posterior probability that names a winner.
  public let confidence: Double
  /// The number of sessions from one look to the next.
  public let interval: Int
  /// The level of the intervals.
  public let level: Double
  /// How the figures were computed.
  public let method: String
  /// What they are of, whatever the seed.
  public let sample: String
  /// What is to be minded of them.
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
