/// The effect of an arm in groups of sessions from the highest scores to the lowest.
///
/// If the score ranks well, effects fall from group to group; if it predicts well, they agree with
/// its mean there.
public struct UpliftBins: Hashable, Sendable {
  /// One group.
  public struct Bin: Hashable, Sendable {
    /// The lowest and highest score.
    public let (lowest, highest): (Double, Double)
    /// The mean score.
    public let meanScore: Double
    /// The sessions of the arm, and of the baseline.
    public let sessions: SegmentFinding.Sessions
    /// The effect; nil if an arm has fewer than two sessions or rewards do not vary.
    public let effect: SegmentEffect?
  }

  /// The groups, the highest scores first; fewer than asked for where scores are tied.
  public let bins: [Bin]

  /// Measures the groups of a score.
  ///
  /// - Parameters:
  ///   - scores: The score of each session, finite.
  ///   - data: The sessions; those of other arms are left out.
  ///   - arm: The treatment, by its place.
  ///   - baseline: The arm that it is compared with.
  ///   - count: The number of groups.
  ///   - level: The level of the intervals.
  /// - Throws: As ``UpliftCurve/init(scores:_:arm:baseline:)``.
  /// - Complexity: O(*n* log *n*).
  public init(
    scores: [Double], _ data: SegmentData, arm: Int, baseline: Int, count: Int = 10,
    level: Double = 0.95
  ) throws(SegmentError) {
    try UpliftCurve.check(scores, data, [arm, baseline])
    let rows = data.arms.indices.filter {
      data.arms[$0] == Int32(arm) || data.arms[$0] == Int32(baseline)
    }
    let customers = CustomerIndex(data.units)
    let isScoreInterval = data.hasBinaryRewards && !customers.hasRepeats
    bins = ScoreGroups(scores, rows: rows, count: count).groups.map { group in
      let treated = group.count { data.arms[$0] == Int32(arm) }
      let values = group.map { scores[$0] }
      return Bin(
        lowest: values[values.count - 1], highest: values[0],
        meanScore: values.reduce(0, +) / Double(values.count),
        sessions: .init(arm: treated, baseline: group.count - treated),
        effect: ArmDifference(data, group, arm: arm, baseline: baseline, customers: customers)?
          .effect(level: level, isScoreInterval: isScoreInterval))
    }
  }
}
