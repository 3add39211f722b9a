internal import Bandits

/// The sessions that a policy is learned from or valued on.
struct PolicySample: Sendable {
  /// Which sessions these are, in words.
  let description: String
  /// The rows of the log that they are.
  let rows: [Int]
  /// What a session is worth.
  let rewards: [Double]
  /// The stable hash of each one's customer.
  let units: [UInt64]
  /// Where the propensities come from, in words.
  let logging: String
  /// Whether the propensities are those of a mixture of loggers, and right over all periods only.
  let isMixture: Bool
  /// The sessions as decisions of a logging policy, or why they cannot be read so.
  let decisions: Result<DecisionLog, OffPolicyError>

  /// Takes some rows of a log.
  ///
  /// - Parameters:
  ///   - log: The log, with propensities.
  ///   - rows: The rows.
  ///   - description: Which sessions these are, in words.
  ///   - rewards: What each of the rows is worth; nil takes the metric.
  ///   - balances: Whether several loggers, where the plan names them, are taken for their mixture.
  init(
    _ log: EncodedLog, rows: [Int], _ description: String, rewards: [Double]? = nil,
    balances: Bool = true
  ) {
    self.description = description
    self.rows = rows
    let rewards = rewards ?? rows.compactMap { log.rewards[$0] }
    self.rewards = rewards
    units = rows.map { log.units[$0] }
    let loggers = balances ? log.offPolicy.loggers : nil
    isMixture = loggers != nil
    logging =
      loggers.map { "\(log.logging), balanced over the \($0.levels.count) loggers of \($0.name)" }
      ?? log.logging
    decisions = Result { () throws(OffPolicyError) in
      let (armCount, cellCount) = (log.arms.levels.count, log.cells.levels.count)
      guard armCount > 0, cellCount > 0 else { throw .emptyLog }
      guard let propensities = log.propensities else { throw .noPropensities }
      let recorded = try DecisionLog(
        arms: rows.map { log.arms.codes[$0] }, rewards: rewards,
        propensities: rows.map { propensities[$0] },
        cells: rows.map { log.cells.codes[$0] }, armCount: armCount, cellCount: cellCount)
      guard let loggers else { return recorded }
      return try Self.balanced(recorded, rows.map { loggers.codes[$0] }, loggers.levels.count)
    }
  }

  /// The log with the propensities of the mixture of its loggers; sessions without one make another.
  private static func balanced(
    _ log: DecisionLog, _ codes: [Int32], _ levelCount: Int
  ) throws(OffPolicyError) -> DecisionLog {
    let loggers = codes.map { $0 < 0 ? Int32(levelCount) : $0 }
    let size = log.cellCount * log.armCount
    let recorded = try RecordedPropensities(
      log, groups: log.cells.indices.map { loggers[$0] * Int32(log.cellCount) + log.cells[$0] },
      groupCount: (levelCount + 1) * log.cellCount)
    let tables = (0...levelCount).map { logger in
      ActionTable(
        cellCount: log.cellCount, armCount: log.armCount,
        values: Array(recorded.table.values[logger * size..<(logger + 1) * size]))
    }
    return try LoggerMixture(
      loggers: tables, loggerOfSession: loggers.map { UInt8(truncatingIfNeeded: $0) }
    ).balanced(log)
  }
}
