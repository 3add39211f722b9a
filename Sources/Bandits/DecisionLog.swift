internal import Inference

/// What a policy did: for each session its cell, the arm shown, the propensity and the reward.
///
/// Four columns side by side, checked once when the log is made and never again. The rows are in
/// the order of time. Memory is 24 bytes a session.
public struct DecisionLog: Sendable {
  /// The number of arms `K`, shown or not.
  public let armCount: Int
  /// The number of cells.
  public let cellCount: Int
  /// The arm that each session was shown.
  public let arms: [Int32]
  /// The reward that followed, in the unit of the outcome.
  public let rewards: [Double]
  /// The probability with which the logging policy chose the arm it showed.
  public let propensities: [Double]
  /// The cell of each session.
  public let cells: [Int32]
  /// The number of sessions of each cell and arm, cell after cell.
  public let counts: [Int]

  /// Creates a log from its columns.
  ///
  /// - Parameters:
  ///   - arms: The arm that each session was shown, below `armCount`.
  ///   - rewards: The reward of each session, a finite number.
  ///   - propensities: The probability with which each arm was chosen, in (0, 1]; a subnormal number,
  ///     the reciprocal of which may overflow, counts as zero.
  ///   - cells: The cell of each session, below `cellCount`.
  ///   - armCount: The number of arms, shown or not.
  ///   - cellCount: The number of cells.
  /// - Throws: The first row that breaks one of these, or `emptyLog`.
  /// - Complexity: O(*n*) for *n* sessions.
  public init(
    arms: [Int32], rewards: [Double], propensities: [Double], cells: [Int32],
    armCount: Int, cellCount: Int
  ) throws(OffPolicyError) {
    let count = arms.count
    precondition(
      rewards.count == count && propensities.count == count && cells.count == count,
      "the columns of a log are of one length")
    precondition(armCount > 0 && cellCount > 0, "a log has an arm and a cell")
    guard count > 0 else { throw .emptyLog }
    var counts = Array(repeating: 0, count: armCount * cellCount)
    for row in 0..<count {
      let (arm, cell) = (Int(arms[row]), Int(cells[row]))
      guard 0 <= arm, arm < armCount else { throw .armOutOfRange(row: row, arm: arm) }
      guard 0 <= cell, cell < cellCount else { throw .cellOutOfRange(row: row, cell: cell) }
      guard propensities[row] >= .leastNormalMagnitude, propensities[row] <= 1 else {
        throw .propensityOutOfRange(row: row)
      }
      guard rewards[row].isFinite else { throw .rewardNotFinite(row: row) }
      counts[cell * armCount + arm] += 1
    }
    self.armCount = armCount
    self.cellCount = cellCount
    self.arms = arms
    self.rewards = rewards
    self.propensities = propensities
    self.cells = cells
    self.counts = counts
  }

  /// The number of sessions.
  public var count: Int { arms.count }
}

extension DecisionLog {
  /// The rows that are summarised together before their summary is merged.
  static let chunkLength = 65_536

  /// Folds the rows into a summary, chunk by chunk, and merges the chunks in their order.
  ///
  /// The result depends on the rows alone, not on who folds which chunk.
  @inline(__always)
  func summary<S: Summary>(adding row: (inout S, Int) -> Void) -> S {
    var total = S()
    var start = 0
    while start < count {
      let end = min(start + Self.chunkLength, count)
      var chunk = S()
      for index in start..<end { row(&chunk, index) }
      total.merge(chunk)
      start = end
    }
    return total
  }

  /// The place of a row in a table of cells and arms.
  @inline(__always)
  func place(_ row: Int) -> Int { Int(cells[row]) &* armCount &+ Int(arms[row]) }
}
