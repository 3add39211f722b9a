public import Inference

/// Two policies compared replication by replication on the same customers.
///
///     Dᵢ(t) = regret of B in replication i − regret of A in it
///
/// Replications of one seed share their customers, so the difference varies less than either policy.
/// A *win* is the greater total reward by a time: what the owner of both would see.
public struct PolicyComparison: Hashable, Sendable {
  /// The comparison at one time.
  public struct Point: Hashable, Sendable {
    /// The number of sessions so far.
    public let time: Int
    /// The regret of the challenger less that of the other, a value a replication.
    public let regretDifference: Moments
    /// The reward of the challenger less that of the other.
    public let rewardDifference: Moments
    /// The spend of the challenger less that of the other.
    public let spendDifference: Moments
    /// The replications in which the challenger had received the greater reward; ties are no wins.
    public let wins: Tally

    /// The interval of the mean difference of regret, `mean ± t SE`.
    ///
    /// - Throws: `tooFewSessions` below two replications.
    public func regretInterval(level: Double = 0.95) throws(InferenceError) -> Interval {
      try regretDifference.meanInterval(level: level)
    }
  }

  /// The comparison at each time.
  public let points: [Point]

  /// Compares the curves of two policies that the same ``Simulation`` ran in the same world.
  public init(of challenger: RegretCurve, against other: RegretCurve) {
    precondition(
      challenger.points.map(\.time) == other.points.map(\.time)
        && challenger.points.map(\.regrets.count) == other.points.map(\.regrets.count),
      "curves compare that have the same times and replications")
    points = zip(challenger.points, other.points).map { b, a in
      let differences = { (values: [Double], others: [Double]) in
        Moments(zip(values, others).lazy.map { $0 - $1 })
      }
      return Point(
        time: b.time, regretDifference: differences(b.regrets, a.regrets),
        rewardDifference: differences(b.rewards, a.rewards),
        spendDifference: differences(b.spends, a.spends),
        wins: Tally(
          successes: zip(b.rewards, a.rewards).count { $0 > $1 }, trials: b.rewards.count))
    }
  }

  /// When a challenger is ahead with a probability, in days.
  public struct Horizon: Hashable, Sendable {
    /// The number of days.
    public let days: Int
    /// The number of sessions, a checkpoint of the simulation.
    public let sessions: Int
    /// The replications in which the challenger was ahead by then.
    public let wins: Tally
    /// The Clopper–Pearson interval of the probability that it is.
    public let interval: Interval
  }

  /// The answer to "with so many cancels a day, after how many days is B ahead of A with 80 %
  /// probability?"
  ///
  /// - Parameters:
  ///   - probability: The share of replications in which the challenger is to be ahead.
  ///   - sessionsPerDay: The number of sessions of a day.
  ///   - level: The confidence level of the interval of that share.
  /// - Returns: The first checkpoint from which on the share is reached at every later one too; nil if it
  ///   is not at the last.
  public func horizon(
    toWinWith probability: Double = 0.8, sessionsPerDay: Int, level: Double = 0.95
  ) -> Horizon? {
    precondition(0 < probability && probability < 1, "a probability lies between 0 and 1")
    precondition(sessionsPerDay > 0, "a day has a session")
    var first: Point?
    for point in points.reversed() {
      guard point.wins.proportion >= probability else { break }
      first = point
    }
    return first.map { point in
      Horizon(
        days: (point.time + sessionsPerDay - 1) / sessionsPerDay, sessions: point.time,
        wins: point.wins,
        interval: ClopperPearsonInterval(level: level).proportion(point.wins))
    }
  }
}
