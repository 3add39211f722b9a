/// Models of what a page will earn from each slot on, fitted from the last slot upwards.
///
///     Q̂ₗ(x, a) = the shrunken mean of  rₗ + Σ_b π(b | x, a₁ … aₗ) Q̂ₗ₊₁(x, b)  over pages with `a` in slot l
///
/// The means are those of ``CellRewardModel``, by cell and arm. Each half of the pages has its own models,
/// from its last slot to its first, so that a page is looked up where nothing has seen it.
///
/// Reference: Kiyohara et al. (2022), *WSDM*, 487–497, with means for the regressions.
public struct CascadeRewardModel: Hashable, Sendable {
  /// The means; their seed decides the halves.
  public var means: CellRewardModel

  /// Creates the model; a seed decides the halves.
  public init(seed: UInt64) { means = CellRewardModel(seed: seed) }

  /// Fits two sets of models, each to the pages of the other's half.
  ///
  /// - Returns: For each slot, a model that looks every page up in the table that has not seen it.
  /// - Throws: `emptyLog` if a half holds no page.
  /// - Complexity: O(*nLK*) beyond one law of the target for each distinct start of a page.
  public func crossFit(
    _ log: SlateLog, for target: some SlatePolicy
  ) throws(OffPolicyError) -> [RewardModel] {
    let pages = Array(0..<log.count)
    let folds = means.crossFit(try log.decisions(ofSlot: 0, pages, log.rewards)).folds
    var laws = SlateLaws(target)
    var halves: [[ActionTable]] = []
    for half: UInt8 in [1, 0] {
      halves.append(try fit(log, pages.filter { folds[$0] == half }, &laws))
    }
    return (0..<log.slotCount).map { slot in
      RewardModel(tables: halves.map { $0[slot] }, folds: folds)
    }
  }

  /// The tables of the pages named, by slot.
  private func fit<Target: SlatePolicy>(
    _ log: SlateLog, _ pages: [Int], _ laws: inout SlateLaws<Target>
  ) throws(OffPolicyError) -> [ActionTable] {
    let slots = log.slotCount
    var tables: [ActionTable] = []
    var values = log.rewards
    for slot in (0..<slots).reversed() {
      let table = means.fit(try log.decisions(ofSlot: slot, pages, values)).tables[0]
      tables.append(table)
      for page in pages where slot > 0 {
        let place = page * slots + slot
        let law = laws.law(after: log.arms[page * slots..<place], in: log.cells[page])
        values[place - 1] += table.mean(of: law, Int(log.cells[page]))
      }
    }
    return tables.reversed()
  }
}

extension SlateLog {
  /// One slot of some of the pages as sessions of their own, without propensities, with values for rewards.
  fileprivate func decisions(
    ofSlot slot: Int, _ pages: [Int], _ values: [Double]
  ) throws(OffPolicyError) -> DecisionLog {
    let places = pages.map { $0 * slotCount + slot }
    return try DecisionLog(
      arms: places.map { arms[$0] }, rewards: places.map { values[$0] },
      propensities: Array(repeating: 1, count: pages.count), cells: pages.map { cells[$0] },
      armCount: armCount, cellCount: cellCount)
  }
}
