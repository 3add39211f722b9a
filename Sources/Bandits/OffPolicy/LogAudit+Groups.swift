internal import Inference
internal import Probability

extension LogAudit {
  /// The weights of a target in one segment or period of a log.
  public struct GroupRow: Hashable, Sendable {
    /// The number of the segment or period.
    public let group: Int
    /// The number of its sessions.
    public let sessions: Int
    /// The mean weight, 1 in expectation; zero of no sessions.
    public let meanWeight: Double
    /// How many standard errors the mean lies above 1; nil where that says nothing.
    public let z: Double?
    /// The two-sided p-value of `z`; nil where there is none.
    public let pValue: Double?
  }

  /// The mean weight in each cell of a log.
  ///
  /// Where the recorded propensities are right in a segment, `E[w | segment] = 1` there, too; a log whose
  /// mean weight is right over all may be wrong in two segments that make up for each other.
  ///
  /// - Complexity: O(*n*).
  public static func meanWeightByCell(_ target: ActionTable, _ log: DecisionLog) -> [GroupRow] {
    rows(target, log, groupCount: log.cellCount) { Int(log.cells[$0]) }
  }

  /// The mean weight in each of some periods of a log, all of as many sessions but for one.
  ///
  /// A drift of it tells of a policy that changed while the propensities recorded did not.
  ///
  /// - Complexity: O(*n*).
  public static func meanWeightByPeriod(
    _ target: ActionTable, _ log: DecisionLog, periods: Int
  ) -> [GroupRow] {
    precondition(periods > 0, "a log has a period")
    return rows(target, log, groupCount: periods) { $0 * periods / log.count }
  }

  private static func rows(
    _ target: ActionTable, _ log: DecisionLog, groupCount: Int, group: (Int) -> Int
  ) -> [GroupRow] {
    precondition(
      target.cellCount == log.cellCount && target.armCount == log.armCount,
      "the target covers the cells and arms of the log")
    var moments = Array(repeating: Moments(), count: groupCount)
    var greatest = Array(repeating: 0.0, count: groupCount)
    for row in 0..<log.count {
      let weight = target.values[log.place(row)] / log.propensities[row]
      moments[group(row)].add(weight)
      greatest[group(row)] = max(greatest[group(row)], weight)
    }
    return (0..<groupCount).map { group in
      let weights = moments[group]
      // A weight w is had once in w sessions: of fewer than ten such, the mean is not nearly normal.
      let enough = Double(weights.count) >= 10 * greatest[group]
      let z = enough ? weights.distanceFromOne : nil
      return GroupRow(
        group: group, sessions: weights.count,
        meanWeight: weights.count > 0 ? weights.mean : 0, z: z,
        pValue: z.map { 2 * StandardNormal.survival(abs($0)) })
    }
  }
}
