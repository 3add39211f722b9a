/// Two policies compared on the same customers: which is ahead, by how much, and from when on surely.
public struct ComparisonRow: FlatRow, Hashable {
  /// The challenger, and the policy that it is compared with.
  public let challenger: String
  public let other: String
  /// The number of sessions and of replications of the comparison.
  public let sessions: Int
  public let replications: Int
  /// The regret, the saved sessions, the spend and the net margin of the challenger less those of the
  /// other, at the horizon.
  public let regret: Estimate
  public let saved: Estimate
  public let spend: Estimate?
  public let netMargin: Estimate?
  /// The share of replications in which the challenger had saved more sessions by the horizon.
  public let ahead: Estimate
  /// The probability that is asked for, and the number of sessions of a day; nil tells no days.
  public let probability: Double
  public let sessionsPerDay: Int?
  /// From when on the challenger is ahead with that probability; nil if it is not by the horizon.
  public let winSessions: Int?
  public let winDays: Int?
  /// The share of replications in which it is ahead then.
  public let aheadThen: Estimate?
  /// The answer as a sentence.
  public let answer: String
  /// The level of the intervals.
  public let level: Double
  /// How the figures were computed, from what, and what is to be minded.
  public let method: String
  public let sample: String
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
