/// One arm in one period of the replay of a policy that learns: a tidy course of what it would have shown.
public struct ReplayRow: FlatRow, Hashable {
  /// The policy.
  public var policy: String
  /// The way of replaying by name.
  public var method: String
  /// The number of the period, from 1.
  public var period: Int
  /// The instant at which the period starts, RFC 3339; nil where batches have no dates.
  public var start: String?
  /// The sessions of the log in the period.
  public var sessions: Int
  /// The sessions that the replay kept.
  public var kept: Int
  /// The outcomes that the policy learnt at the start of the period.
  public var learnt: Int
  /// The reward of the sessions kept in the period, and in all so far.
  public var reward: Double
  public var cumulativeReward: Double
  /// The arm.
  public var arm: String
  /// The sessions kept of the arm, and their share of those kept; nil where none was kept.
  public var shown: Int
  public var share: Double?
  /// The policy's probability of the arm, on average over the sessions of the period.
  public var propensity: Double

  public static let columns: [Column<ReplayRow>] = [
    Column("policy") { .init($0.policy) }, Column("method") { .init($0.method) },
    Column("period") { .init($0.period) }, Column("start") { .init($0.start) },
    Column("n") { .init($0.sessions) }, Column("kept") { .init($0.kept) },
    Column("learnt") { .init($0.learnt) }, Column("reward") { .init($0.reward) },
    Column("cumulative_reward") { .init($0.cumulativeReward) }, Column("arm") { .init($0.arm) },
    Column("shown") { .init($0.shown) }, Column("share") { .init($0.share) },
    Column("propensity") { .init($0.propensity) },
  ]
}
