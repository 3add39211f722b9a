/// Two policies compared on the same customers: which is ahead, by how much, and from when on surely.
public struct ComparisonRow: FlatRow, Hashable {
  /// The name of the challenger.
  public let challenger: String
  /// The name of the policy that it is compared with.
  public let other: String
  /// The number of sessions of each replication.
  public let sessions: Int
  /// The number of replications.
  public let replications: Int
  /// The regret of the challenger less that of the other, at the horizon.
  public let regret: Estimate
  /// The saved sessions of the challenger less those of the other.
  public let saved: Estimate
  /// The spend of the challenger less that of the other; nil where nothing costs.
  public let spend: Estimate?
  /// The net margin of the challenger less that of the other; nil where no margin is told.
  public let netMargin: Estimate?
  /// The share of replications in which the challenger had saved more sessions by the horizon.
  public let ahead: Estimate
  /// The probability that is asked for.
  public let probability: Double
  /// The number of sessions of a day; nil tells no days.
  public let sessionsPerDay: Int?
  /// The sessions after which the challenger is ahead with that probability; nil if it is not by the
  /// horizon.
  public let winSessions: Int?
  /// The days that they take; nil where no traffic is told.
  public let winDays: Int?
  /// The share of replications in which it is ahead then.
  public let aheadThen: Estimate?
  /// The answer as a sentence.
  public let answer: String
  /// The level of the intervals.
  public let level: Double
  /// How the figures were computed.
  public let method: String
  /// What they are of, whatever the seed.
  public let sample: String
  /// What is to be minded of them.
  public let warnings: [String]

  public static let columns: [Column<ComparisonRow>] =
    [
      Column("challenger") { .init($0.challenger) }, Column("other") { .init($0.other) },
      Column("sessions") { .init($0.sessions) },
      Column("replications") { .init($0.replications) },
    ] + Column.named("regret_difference") { $0.regret }
    + Column.named("saved_difference") { $0.saved }
    + Column.named("spend_difference") { $0.spend }
    + Column.named("net_margin_difference") { $0.netMargin }
    + Column.named("ahead") { $0.ahead } + [
      Column("probability") { .init($0.probability) },
      Column("sessions_per_day") { .init($0.sessionsPerDay) },
      Column("win_sessions") { .init($0.winSessions) },
      Column("win_days") { .init($0.winDays) },
    ] + Column.named("ahead_then") { $0.aheadThen } + [
      Column("answer") { .init($0.answer) }, Column("level") { .init($0.level) },
      Column("method") { .init($0.method) }, Column("sample") { .init($0.sample) },
      Column("warnings") { .init($0.warnings) },
    ]
}
