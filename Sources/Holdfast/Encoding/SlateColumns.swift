/// The columns of pages with several slots, in replay order.
struct SlateColumns: Sendable {
  /// The names of the arms of all slots, in byte order.
  let arms: [String]
  /// The arm of each slot, page after page; −1 where it is missing.
  let codes: [Int32]
  /// The reward of each slot, page after page; empty where the metric is that of the page.
  let rewards: [Double?]
  /// The recorded chances of the page, and of each slot page after page; empty where they are not recorded.
  let joint: [Double?]
  let cascade: [Double?]
  let marginal: [Double?]

  /// Takes the columns from a table.
  ///
  /// - Throws: ``RunError/unknownColumn(key:column:allowed:)`` where the plan names what is not there.
  init(_ table: TableColumns, plan: SlatePlan, order: [Int]) throws(RunError) {
    func numbers(_ key: String, _ names: [String]) throws(RunError) -> [Double?] {
      var columns: [[Double?]] = []
      for name in names {
        guard let column = table.numbers(name) else {
          throw .unknownColumn(
            key: "slates.\(key)", column: name, allowed: table.numberNames)
        }
        try MetricColumn.checkSize(column, role: "slates.\(key)")
        columns.append(column)
      }
      return order.flatMap { row in columns.map { $0[row] } }
    }
    var slots: [CategoryCodes] = []
    for name in plan.slots {
      guard let column = table.category(name) else {
        throw .unknownColumn(key: "slates.slots", column: name, allowed: table.categoryNames)
      }
      slots.append(column)
    }
    let arms = Set(slots.flatMap(\.levels)).sorted { left, right in
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(arms, arms.indices.map { Int32($0) }))
    let armOfLevel = slots.map { slot in slot.levels.map { places[$0] ?? -1 } }
    self.arms = arms
    codes = order.flatMap { row in
      slots.indices.map { slot in
        let code = slots[slot].codes[row]
        return code < 0 ? -1 : armOfLevel[slot][Int(code)]
      }
    }
    rewards = try numbers("rewards", plan.rewards)
    if case .columns(let page, let down, let own) = plan.propensities {
      joint = try numbers("propensities.joint", page.map { [$0] } ?? [])
      cascade = try numbers("propensities.cascade", down)
      marginal = try numbers("propensities.marginal", own)
    } else {
      (joint, cascade, marginal) = ([], [], [])
    }
  }
}
