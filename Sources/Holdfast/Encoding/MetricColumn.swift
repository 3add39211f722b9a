internal import Sessions

/// The metric of every session of a table, in file order, and the states behind it.
///
/// A session counts once its window has closed by the as-of date, however it ended: to count
/// cancels at once and saves a month later would hold the newest sessions' failures against them.
struct MetricColumn {
  /// The metric; nil where the session does not count (yet).
  private(set) var rewards: [Double?] = []
  /// How long each session was watched; empty where the metric is not `saved`, nil where a session
  /// was not watched at all.
  private(set) var watches: [Watch?] = []
  /// How many sessions are in each state.
  private(set) var states = StateCounts()
  /// The instant that the states are as of.
  private(set) var asOf: Int64?

  init(_ table: SessionTable, plan: RunPlan) throws(RunError) {
    switch plan.metric {
    case .reward:
      guard table.schema.reward != nil else {
        throw .noMetric("the plan asks for 'reward', but the mapping gives no column that role")
      }
      for chunk in table.chunks { rewards += (chunk.rewards ?? []).map(Optional.some) }
      try Self.checkSize(rewards, role: "reward")
    case .saved:
      guard table.schema.outcome != nil, table.schema.time != nil else {
        throw .noMetric(
          "the plan asks for 'saved', which needs the roles 'time' and 'outcome' in the mapping")
      }
      guard let asOf = plan.asOf ?? Self.latestInstant(of: table) else { return }
      self.asOf = asOf
      let lifecycle = Lifecycle(windowDays: plan.windowDays, asOf: asOf)
      for chunk in table.chunks { add(chunk, lifecycle) }
    }
  }

  /// The greatest value that is taken: squares of such, weighted and summed over any log, are finite.
  static let greatest = 1e100

  /// Refuses values whose sums could overflow.
  static func checkSize(_ values: [Double?], role: String) throws(RunError) {
    guard values.allSatisfy({ abs($0 ?? 0) <= greatest }) else { throw .tooLarge(role: role) }
  }

  private mutating func add(_ chunk: SessionChunk, _ lifecycle: Lifecycle) {
    let times = chunk.times ?? []
    for (row, state) in lifecycle.states(of: chunk).enumerated() {
      switch state {
      case .canceled: states.canceled += 1
      case .watchlist: states.watchlist += 1
      case .lost: states.lost += 1
      case .saved: states.saved += 1
      case .invalid: states.invalid += 1
      case .unknown: states.unknown += 1
      }
      let isMature = times[row] + lifecycle.windowLength <= lifecycle.asOf
      let reward: Double? =
        switch state {
        case .saved: 1
        case .canceled, .lost: 0
        case .watchlist, .invalid, .unknown: nil
        }
      if !isMature, state != .invalid { states.immature += 1 }
      rewards.append(isMature ? reward : nil)
      watches.append(
        Watch(
          state: state, outcome: chunk.outcomes?[row], time: times[row],
          canceledAt: chunk.canceledAt?[row],
          lastSeenAt: chunk.lastSeenAt?[row], lifecycle))
    }
  }

  /// The latest instant that the log speaks of; nil if it has no session.
  private static func latestInstant(of table: SessionTable) -> Int64? {
    guard table.rowCount > 0 else { return nil }
    var latest = Int64.min
    for chunk in table.chunks {
      for time in chunk.times ?? [] { latest = max(latest, time) }
      for column in [chunk.canceledAt, chunk.lastSeenAt] {
        guard let column else { continue }
        for row in 0..<column.count { latest = max(latest, column[row] ?? latest) }
      }
    }
    return latest
  }
}
