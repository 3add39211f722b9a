internal import Bandits

/// Learns a policy from logged decisions: the arm of greatest shrunken mean, overall or by cell.
struct PolicyLearner {
  let plan: RunPlan

  /// The learned probabilities, with a share `epsilon` spread evenly over all arms.
  func table(from log: DecisionLog, byCell: Bool, epsilon: Double) throws(OffPolicyError)
    -> ActionTable
  {
    guard log.count > 0 else { throw .emptyLog }
    let means = plan.cellRewardModel.fit(log).tables[0]
    let greedy = byCell ? means.greedy : try bestOverall(means, log).greedy
    let spread = epsilon / Double(log.armCount)
    return ActionTable(
      cellCount: log.cellCount, armCount: log.armCount,
      values: greedy.values.map { spread + (1 - epsilon) * $0 })
  }

  /// The mean of each arm over the cells as they occur, the same in every cell.
  ///
  /// Averaging cell means, and not the arm's own sessions, takes out that a log may have shown an
  /// arm to some cells more than to others.
  private func bestOverall(
    _ means: ActionTable, _ log: DecisionLog
  ) throws(OffPolicyError) -> ActionTable {
    var averages = Array(repeating: 0.0, count: log.armCount)
    for cell in 0..<log.cellCount {
      let sessions = log.counts[cell * log.armCount..<(cell + 1) * log.armCount].reduce(0, +)
      for arm in 0..<log.armCount {
        averages[arm] += Double(sessions) / Double(log.count) * means[cell, arm]
      }
    }
    return ActionTable(
      cellCount: log.cellCount, armCount: log.armCount,
      values: (0..<log.cellCount).flatMap { _ in averages })
  }
}
