internal import Inference

/// Saved and all sessions by cell and arm.
struct ArmCellTallies: Sendable {
  let cellNames: [String]
  private let armCount: Int
  private var tallies: [Tally]
  private var overall: [Tally]

  /// Counts the sessions of a log; every metric there is 0 or 1.
  init(_ log: EncodedLog, rows: [Int]) {
    cellNames = log.cells.levels
    armCount = log.arms.levels.count
    tallies = Array(repeating: Tally(), count: cellNames.count * armCount)
    overall = Array(repeating: Tally(), count: armCount)
    for row in rows {
      guard let reward = log.rewards[row] else { continue }
      let arm = Int(log.arms.codes[row])
      tallies[Int(log.cells.codes[row]) * armCount + arm].add(success: reward == 1)
      overall[arm].add(success: reward == 1)
    }
  }

  subscript(cell: Int, arm: Int) -> Tally { tallies[cell * armCount + arm] }

  /// The sessions of an arm in all cells.
  func overall(_ arm: Int) -> Tally { overall[arm] }
}
