extension LogAudit {
  /// The share of `Σ w|r|` that the hundredth part of the sessions with the greatest weights carries.
  ///
  /// Equal weights at the border share what they carry. Nil where all terms are zero. Near 0.01 no
  /// session matters more than another; near 1 the estimate is the reward of a few.
  ///
  /// - Complexity: O(*n* log *n*).
  public static func topWeightShare(_ target: ActionTable, _ log: DecisionLog) -> Double? {
    precondition(
      target.cellCount == log.cellCount && target.armCount == log.armCount,
      "the target covers the cells and arms of the log")
    let weights = (0..<log.count).map { target.values[log.place($0)] / log.propensities[$0] }
    let top = (log.count + 99) / 100
    let border = weights.sorted(by: >)[top - 1]
    var (above, aboveCount, level, levelCount, total) = (0.0, 0, 0.0, 0, 0.0)
    for row in 0..<log.count {
      let term = weights[row] * abs(log.rewards[row])
      total += term
      if weights[row] > border {
        (above, aboveCount) = (above + term, aboveCount + 1)
      } else if weights[row] == border {
        (level, levelCount) = (level + term, levelCount + 1)
      }
    }
    guard total > 0, total.isFinite else { return nil }
    return (above + level * Double(top - aboveCount) / Double(levelCount)) / total
  }
}
