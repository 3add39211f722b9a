internal import Bandits

/// The sessions that a policy is learned from or valued on.
struct PolicySample: Sendable {
  /// Which sessions these are, in words.
  let description: String
  /// The metric of each.
  let rewards: [Double]
  /// The stable hash of each one's customer.
  let units: [UInt64]
  private let arms: [Int32]
  private let propensities: [Double]
  private let cells: [Int32]
  private let armCount: Int
  private let cellCount: Int

  init(_ log: EncodedLog, rows: [Int], _ description: String) {
    self.description = description
    rewards = rows.compactMap { log.rewards[$0] }
    units = rows.map { log.units[$0] }
    arms = rows.map { log.arms.codes[$0] }
    propensities = log.propensities.map { values in rows.map { values[$0] } } ?? []
    cells = rows.map { log.cells.codes[$0] }
    armCount = log.arms.levels.count
    cellCount = log.cells.levels.count
  }

  /// The sessions as decisions of a logging policy.
  func decisions() throws(OffPolicyError) -> DecisionLog {
    guard armCount > 0, cellCount > 0 else { throw .emptyLog }
    return try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities, cells: cells, armCount: armCount,
      cellCount: cellCount)
  }
}
