extension LifeTable {
  /// The latest time about which the table says something, or infinity if every session that was
  /// left at the latest time had the event: then nothing remains to be known.
  public var followUp: Double {
    guard let last = rows.last else { return 0 }
    return last.censored == 0 ? .infinity : last.time
  }

  /// The number of sessions watched at least until a time.
  ///
  /// - Complexity: O(*k*).
  public func atRisk(at time: Double) -> Int {
    rows[firstIndex(in: rows.indices) { rows[$0].time >= time }...]
      .reduce(0) { $0 + $1.events + $1.censored }
  }

  /// The same sessions as if every watch had ended at a horizon: later events are not seen.
  ///
  /// - Complexity: O(*k*).
  public func censored(at horizon: Double) -> LifeTable {
    var table = LifeTable()
    for row in rows where row.time <= horizon {
      table.add(duration: row.time, events: row.events, censored: row.censored)
    }
    table.add(duration: horizon, censored: count - table.count)
    return table
  }

  /// The latest time up to which two arms can be compared: the shorter of their longest watches.
  public static func commonFollowUp(_ a: LifeTable, _ b: LifeTable) -> Double {
    let shorter = Swift.min(a.followUp, b.followUp)
    if shorter.isFinite { return shorter }
    return Swift.max(a.rows.last?.time ?? 0, b.rows.last?.time ?? 0)
  }

  /// Throws unless an arm has sessions.
  func requireSessions(arm: Int) throws(InferenceError) {
    guard count > 0 else { throw .tooFewSessions(arm: arm, count: 0, needed: 1) }
  }

  /// Throws unless an arm has sessions, and was watched to a horizon.
  func requireFollowUp(to horizon: Double, arm: Int) throws(InferenceError) {
    try requireSessions(arm: arm)
    guard horizon <= followUp else {
      throw .beyondFollowUp(arm: arm, horizon: horizon, followUp: followUp)
    }
  }
}
