/// Walks the distinct times of several arms together, and knows who is at risk.
struct RiskSetCursor {
  private let tables: [LifeTable]
  private var next: [Int]
  private var gone: [Int]
  /// The time at which the walk stands.
  private(set) var time = -Double.infinity
  /// The number at risk at that time, by arm.
  private(set) var atRisk: [Int]
  /// The number of events at that time, by arm.
  private(set) var events: [Int]

  /// Stands before the first time.
  init(_ tables: [LifeTable]) {
    self.tables = tables
    next = Array(repeating: 0, count: tables.count)
    gone = next
    events = next
    atRisk = tables.map(\.count)
  }

  /// Goes on to the next distinct time, unless there is none.
  mutating func advance() -> Bool {
    var earliest = Double.infinity
    for arm in next.indices where next[arm] < tables[arm].rows.count {
      earliest = min(earliest, tables[arm].rows[next[arm]].time)
    }
    guard earliest.isFinite else { return false }
    time = earliest
    for arm in next.indices {
      atRisk[arm] -= gone[arm]
      (gone[arm], events[arm]) = (0, 0)
      guard next[arm] < tables[arm].rows.count else { continue }
      let row = tables[arm].rows[next[arm]]
      guard row.time == earliest else { continue }
      (gone[arm], events[arm]) = (row.events + row.censored, row.events)
      next[arm] += 1
    }
    return true
  }
}
