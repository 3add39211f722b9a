/// What a policy of pages did: for each page its cell, and for each slot the arm and the reward.
///
/// Columns side by side, checked once when the log is made and never again. Columns of slots are page
/// after page. A reward of the page as a whole belongs in its last slot, which may depend on all slots
/// above under every assumption but that of independent slots.
public struct SlateLog: Sendable {
  /// The number of arms `K`, shown or not.
  public let armCount: Int
  /// The number of slots of every page, `L`.
  public let slotCount: Int
  /// The number of cells.
  public let cellCount: Int
  /// The cell of each page.
  public let cells: [Int32]
  /// The arm of each slot.
  public let arms: [Int32]
  /// The reward of each slot, in the unit of the outcome.
  public let rewards: [Double]
  /// How probable the pages were, as far as it is recorded.
  public let propensities: SlatePropensities
  /// The number of pages of each cell and arm by slot, cell after cell.
  public let counts: [[Int]]

  /// Whether a chance is at most another, but for rounding: of either, and of an integral that made it.
  private static func isAtMost(_ chance: Double, _ other: Double) -> Bool {
    chance <= other * (1 + 1e-9) + 1e-12
  }

  /// Creates a log from its columns.
  ///
  /// - Parameters:
  ///   - cells: The cell of each page, below `cellCount`.
  ///   - arms: The arm of each slot, below `armCount`.
  ///   - rewards: The reward of each slot, a finite number.
  ///   - propensities: The columns that are recorded, all in (0, 1]. Down a page the cascade does not
  ///     rise, it ends with the joint chance, and no slot's marginal chance is below it.
  ///   - slotCount: The number of slots of every page.
  ///   - armCount: The number of arms, shown or not.
  ///   - cellCount: The number of cells.
  /// - Throws: The first page (`row`) that breaks one of these, or `emptyLog`.
  /// - Complexity: O(*nL*) for *n* pages.
  public init(
    cells: [Int32], arms: [Int32], rewards: [Double], propensities: SlatePropensities,
    slotCount: Int, armCount: Int, cellCount: Int
  ) throws(OffPolicyError) {
    precondition(
      slotCount > 0 && armCount > 0 && cellCount > 0, "a log has a slot, an arm and a cell")
    let pages = cells.count
    precondition(
      arms.count == pages * slotCount && rewards.count == pages * slotCount,
      "every slot has an arm and a reward")
    guard pages > 0 else { throw .emptyLog }
    let recorded = try Self.checked(propensities, pages: pages, slots: slotCount)
    var counts = Array(
      repeating: Array(repeating: 0, count: armCount * cellCount), count: slotCount)
    for page in 0..<pages {
      let cell = Int(cells[page])
      guard 0 <= cell, cell < cellCount else { throw .cellOutOfRange(row: page, cell: cell) }
      for slot in 0..<slotCount {
        let arm = Int(arms[page * slotCount + slot])
        guard 0 <= arm, arm < armCount else { throw .armOutOfRange(row: page, arm: arm) }
        guard rewards[page * slotCount + slot].isFinite else { throw .rewardNotFinite(row: page) }
        counts[slot][cell * armCount + arm] += 1
      }
    }
    self.armCount = armCount
    self.slotCount = slotCount
    self.cellCount = cellCount
    self.cells = cells
    self.arms = arms
    self.rewards = rewards
    self.propensities = recorded
    self.counts = counts
  }

  /// The number of pages.
  public var count: Int { cells.count }

  /// The sum of the rewards of each page.
  public var pageRewards: [Double] {
    (0..<count).map { page in
      var sum = 0.0
      for slot in 0..<slotCount { sum += rewards[page * slotCount + slot] }
      return sum
    }
  }

  /// The recorded columns, the joint one taken from the cascade where it is missing.
  private static func checked(
    _ given: SlatePropensities, pages: Int, slots: Int
  ) throws(OffPolicyError) -> SlatePropensities {
    let (joint, cascade, marginal) = (given.joint, given.cascade, given.marginal)
    precondition(
      [0, pages].contains(joint.count) && [0, pages * slots].contains(cascade.count)
        && [0, pages * slots].contains(marginal.count),
      "a column of propensities has a number a page, or a slot, or is empty")
    func isChance(_ chance: Double) -> Bool { chance >= .leastNormalMagnitude && chance <= 1 }
    for page in 0..<pages {
      var (sound, above) = (joint.isEmpty || isChance(joint[page]), 1.0)
      for place in page * slots..<(page + 1) * slots {
        if !cascade.isEmpty {
          sound = sound && isChance(cascade[place]) && isAtMost(cascade[place], above)
          above = cascade[place]
        }
        if !marginal.isEmpty {
          let least = cascade.isEmpty ? (joint.isEmpty ? 0 : joint[page]) : cascade[place]
          sound = sound && isChance(marginal[place]) && isAtMost(least, marginal[place])
        }
      }
      if !joint.isEmpty, !cascade.isEmpty {
        sound = sound && isAtMost(joint[page], above) && isAtMost(above, joint[page])
      }
      guard sound else { throw .propensityOutOfRange(row: page) }
    }
    guard joint.isEmpty, !cascade.isEmpty else { return given }
    return SlatePropensities(
      joint: (0..<pages).map { cascade[$0 * slots + slots - 1] }, cascade: cascade,
      marginal: marginal)
  }
}
