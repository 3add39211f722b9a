internal import Bandits

/// The log of a policy that learned between batches: all sessions as one log, and each cell as its own.
struct BatchedLog {
  /// All sessions, batch after batch and, within one, cell after cell.
  let whole: AdaptiveLog
  /// The sessions of each cell, batch after batch.
  let byCell: StratifiedAdaptiveLog
  /// The number of batches.
  let batchCount: Int
  /// The cells of batches in which the probabilities of two arms or more had to be guessed.
  let guessedGroups: Int

  /// Reads the probabilities of all arms in each cell of each batch.
  ///
  /// - Parameters:
  ///   - decisions: The sessions.
  ///   - batches: The batch of each, from zero in the order of time.
  /// - Throws: What ``RecordedPropensities`` throws.
  init(_ decisions: DecisionLog, _ batches: [Int]) throws(OffPolicyError) {
    // 1. The cells of batches that occur, numbered in order.
    let keys = batches.indices.map { batches[$0] * decisions.cellCount + Int(decisions.cells[$0]) }
    let occurring = Set(keys).sorted()
    let numbers = Dictionary(
      uniqueKeysWithValues: zip(occurring, occurring.indices.map { Int32($0) }))
    let groups = keys.compactMap { numbers[$0] }
    // 2. Their probabilities.
    let recorded = try RecordedPropensities(
      decisions, groups: groups, groupCount: occurring.count)
    // 3. The sessions, group by group.
    let order = groups.indices.sorted { (groups[$0], $0) < (groups[$1], $1) }
    func log(_ rows: [Int]) throws(OffPolicyError) -> AdaptiveLog {
      try AdaptiveLog(
        arms: rows.map { decisions.arms[$0] }, rewards: rows.map { decisions.rewards[$0] },
        batches: rows.map { groups[$0] }, propensities: recorded.table)
    }
    whole = try log(order)
    var cells: [AdaptiveLog] = []
    for cell in 0..<decisions.cellCount {
      let rows = order.filter { Int(decisions.cells[$0]) == cell }
      if !rows.isEmpty { cells.append(try log(rows)) }
    }
    byCell = StratifiedAdaptiveLog(cells)
    batchCount = (batches.max() ?? 0) + 1
    guessedGroups = recorded.guessedGroups
  }

  /// Takes the sessions that a replay kept.
  ///
  /// - Throws: `emptyLog` if it kept none.
  init(_ course: ReplayCourse, cellCount: Int) throws(OffPolicyError) {
    // A cell of which none was kept has no log.
    let cells = (0..<cellCount).compactMap { try? course.adaptiveLog(cell: $0) }
    guard let first = cells.first else { throw .emptyLog }
    byCell = StratifiedAdaptiveLog(cells)
    var (arms, rewards, batches, table): ([Int32], [Double], [Int32], [Double]) = ([], [], [], [])
    for cell in cells {
      let offset = Int32(table.count / first.armCount)
      arms += cell.arms
      rewards += cell.rewards
      batches += cell.batches.map { $0 + offset }
      table += cell.propensities.values
    }
    whole = try AdaptiveLog(
      arms: arms, rewards: rewards, batches: batches,
      propensities: ActionTable(
        cellCount: table.count / first.armCount, armCount: first.armCount, values: table))
    batchCount = course.periods.count
    guessedGroups = 0
  }
}
