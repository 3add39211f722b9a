public import Inference
internal import Probability

/// What a policy lost, gained, spent and got right in a world, as time went by.
///
/// Each point summarises the replications at one time; the order of merging is the order of the
/// replications, so the curve is the same whoever computed which.
public struct RegretCurve: Hashable, Sendable, Summary {
  /// The replications at one time.
  public struct Point: Hashable, Sendable {
    /// The number of sessions so far.
    public let time: Int
    /// The sum over the sessions of best rate minus the chosen arm's rate, a value a replication.
    public fileprivate(set) var regret = Moments()
    /// The total reward received, a value a replication.
    public fileprivate(set) var reward = Moments()
    /// The share of the sessions that were shown an arm of greatest rate, a value a replication.
    public fileprivate(set) var optimalShare = Moments()
    /// What the arms that a replication would recommend now lose a session, by the truth now.
    ///
    /// It recommends the arm of greatest posterior mean in each cell, from the outcomes it has learnt;
    /// where those take days, from the sessions whose window has closed.
    public fileprivate(set) var simpleRegret = Moments()
    /// The share of the sessions for which the recommended arm is best; with one cell its mean is the
    /// probability of correct selection.
    public fileprivate(set) var correctSelection = Moments()
    /// What the offers have cost, a value a replication.
    public fileprivate(set) var spend = Moments()
    /// The regret of each replication, in their order.
    public fileprivate(set) var regrets: [Double] = []
    /// The reward of each replication, in their order.
    public fileprivate(set) var rewards: [Double] = []
    /// The spend of each replication, in their order.
    public fileprivate(set) var spends: [Double] = []
  }

  /// The points, in the order of time.
  public private(set) var points: [Point]

  /// Creates the curve of no replication.
  public init() { points = [] }

  /// Creates the curve of one replication from what it had summed up at each time.
  init<P>(_ progress: [Replication<P>.Progress]) {
    points = progress.map { progress in
      var point = Point(time: progress.time)
      point.regret.add(progress.regret)
      point.reward.add(progress.reward)
      point.optimalShare.add(Double(progress.optimalChoices) / Double(progress.time))
      point.simpleRegret.add(progress.simpleRegret)
      point.correctSelection.add(progress.correctShare)
      point.spend.add(progress.spend)
      point.regrets = [progress.regret]
      point.rewards = [progress.reward]
      point.spends = [progress.spend]
      return point
    }
  }

  public mutating func merge(_ other: RegretCurve) {
    if points.isEmpty {
      points = other.points
      return
    }
    precondition(
      other.points.isEmpty || other.points.map(\.time) == points.map(\.time),
      "curves merge that have the same times")
    for (index, point) in other.points.enumerated() { points[index].merge(point) }
  }
}

extension RegretCurve.Point {
  fileprivate mutating func merge(_ other: Self) {
    regret.merge(other.regret)
    reward.merge(other.reward)
    optimalShare.merge(other.optimalShare)
    simpleRegret.merge(other.simpleRegret)
    correctSelection.merge(other.correctSelection)
    spend.merge(other.spend)
    regrets += other.regrets
    rewards += other.rewards
    spends += other.spends
  }

  /// The interval of the mean regret, `mean ± t SE` over the replications.
  ///
  /// - Throws: `tooFewSessions` below two replications.
  public func regretInterval(level: Double = 0.95) throws(InferenceError) -> Interval {
    try regret.meanInterval(level: level)
  }

  /// A quantile of the regret over the replications, with the interval of its order statistics.
  ///
  /// - Throws: `tooFewSessions` if there is no replication.
  public func regretQuantile(
    _ probability: Double, level: Double = 0.95
  ) throws(InferenceError) -> QuantileEstimate {
    try QuantileEstimate(ValueCounts(regrets), probability: probability, level: level)
  }
}

extension Moments {
  /// Student's interval of the mean.
  package func meanInterval(level: Double) throws(InferenceError) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    guard count > 1 else { throw .tooFewSessions(arm: 0, count: count, needed: 2) }
    let student = StudentTDistribution(degreesOfFreedom: Double(count - 1))
    let margin = student.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: mean - margin, upper: mean + margin)
  }
}
