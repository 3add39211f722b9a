internal import Bandits
public import Inference

/// A policy at one time of a simulation: a line of a tidy curve.
public struct CurveRow: FlatRow, Hashable {
  /// The name of the policy.
  public let policy: String
  /// The number of sessions so far.
  public let sessions: Int
  /// The days that they take; nil where no traffic is told.
  public let days: Int?
  /// The number of replications.
  public let replications: Int
  /// The mean regret in saved sessions, with Student's interval.
  public let regret: Estimate
  /// The median of the regret over the replications.
  public let regretMedian: Double
  /// The quantiles of the regret that 10 and 90 % of the replications lie below.
  public let regretQuantiles: Interval
  /// The mean number of saved sessions.
  public let saved: Estimate
  /// The mean share of the sessions that were shown an arm of greatest rate.
  public let optimalShare: Double
  /// The mean loss a session of what would be recommended now.
  public let simpleRegret: Double
  /// The probability that what would be recommended now is best, with its interval.
  public let correctSelection: Estimate
  /// The mean cost of all offers.
  public let spend: Estimate?
  /// The mean of margins of saved sessions less spend.
  public let netMargin: Estimate?
  /// The level of the intervals.
  public let level: Double
  /// How the figures were computed.
  public let method: String
  /// What they are of, whatever the seed.
  public let sample: String
  /// What is to be minded of them.
  public let warnings: [String]

  public static let columns: [Column<CurveRow>] =
    [
      Column("policy") { .init($0.policy) }, Column("sessions") { .init($0.sessions) },
      Column("days") { .init($0.days) }, Column("replications") { .init($0.replications) },
    ] + Column.named("regret") { $0.regret } + [
      Column("regret_median") { .init($0.regretMedian) },
      Column("regret_q10") { .init($0.regretQuantiles.lower) },
      Column("regret_q90") { .init($0.regretQuantiles.upper) },
    ] + Column.named("saved") { $0.saved } + [
      Column("optimal_share") { .init($0.optimalShare) },
      Column("simple_regret") { .init($0.simpleRegret) },
    ] + Column.named("correct_selection") { $0.correctSelection }
    + Column.named("spend") { $0.spend } + Column.named("net_margin") { $0.netMargin } + [
      Column("level") { .init($0.level) }, Column("method") { .init($0.method) },
      Column("sample") { .init($0.sample) }, Column("warnings") { .init($0.warnings) },
    ]
}

extension Column {
  /// The columns of an estimate with a name of its own; empty where there is none.
  static func named(
    _ name: String, _ estimate: @escaping @Sendable (Row) -> Estimate?
  ) -> [Column] {
    [
      Column(name) { .init(estimate($0)?.value) },
      Column("\(name)_standard_error") { .init(estimate($0)?.standardError) },
      Column("\(name)_lower") { .init(bounded: estimate($0)?.interval?.lower) },
      Column("\(name)_upper") { .init(bounded: estimate($0)?.interval?.upper) },
    ]
  }
}

extension Estimate {
  /// The mean of a value a replication with Student's interval; of one replication the mean alone.
  init(_ moments: Moments, level: Double) {
    guard moments.count > 1, let interval = try? moments.meanInterval(level: level) else {
      self.init(moments.mean, interval: nil)
      return
    }
    self.init(moments.mean, standardError: moments.standardError, interval: interval)
  }

  /// A share of the replications with its Clopper–Pearson interval.
  init(_ tally: Tally, level: Double) {
    let share = tally.proportion
    self.init(
      share, standardError: (share * (1 - share) / Double(tally.trials)).squareRoot(),
      interval: ClopperPearsonInterval(level: level).proportion(tally))
  }
}
