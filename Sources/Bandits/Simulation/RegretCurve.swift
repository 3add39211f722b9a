public import Inference

/// What a policy lost, gained and got right in a world, as time went by.
///
/// Each point summarises the replications at one time; the order of merging is the order of the
/// replications, so the curve is the same whoever computed which.
public struct RegretCurve: Hashable, Sendable, Summary {
  /// The replications at one time.
  public struct Point: Hashable, Sendable {
    /// The number of sessions so far.
    public let time: Int
    /// The sum over the sessions of best rate minus the chosen arm's rate, a value a replication.
    public fileprivate(set) var regret: Moments
    /// The total reward received, a value a replication.
    public fileprivate(set) var reward: Moments
    /// The share of the sessions that were shown an arm of greatest rate, a value a replication.
    public fileprivate(set) var optimalShare: Moments
  }

  /// The points, in the order of time.
  public private(set) var points: [Point]

  /// Creates the curve of no replication.
  public init() { points = [] }

  /// Creates the curve of one replication from what it had summed up at each time.
  init(_ progress: [Replication.Progress]) {
    points = progress.map { progress in
      Point(
        time: progress.time, regret: Moments(CollectionOfOne(progress.regret)),
        reward: Moments(CollectionOfOne(progress.reward)),
        optimalShare: Moments(
          CollectionOfOne(Double(progress.optimalChoices) / Double(progress.time))))
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
    for (index, point) in other.points.enumerated() {
      points[index].regret.merge(point.regret)
      points[index].reward.merge(point.reward)
      points[index].optimalShare.merge(point.optimalShare)
    }
  }
}
