/// How long each session of an arm was watched, and which of several events ended its watch.
///
/// A customer who leaves of their own will can no longer fail to pay, and the other way round: the
/// causes compete. Treating the other causes as censoring overstates each; the estimates of this
/// folder do not.
///
/// Tables merge exactly. Causes are counted from zero.
public struct CompetingRiskTable: Summary, Hashable {
  /// The events of each cause; the events of other causes, and what was censored, are censored there.
  private var byCause: [LifeTable]
  /// The events of any cause.
  private var ofAny: LifeTable

  /// Creates the table of no sessions.
  public init() {
    byCause = []
    ofAny = LifeTable()
  }

  /// Counts sessions by their durations.
  ///
  /// - Parameters:
  ///   - durations: How long each session was watched.
  ///   - causes: The cause that ended its watch, from zero, or nil if it was censored.
  ///   - arm: The arm that an error names.
  /// - Throws: `invalidValue` for a duration that is negative, infinite or not a number.
  /// - Complexity: O(*c n* log *n*) for *c* causes.
  public init(durations: [Double], causes: [Int?], arm: Int = 0) throws(InferenceError) {
    precondition(causes.allSatisfy { $0 ?? 0 >= 0 }, "causes are counted from zero")
    ofAny = try LifeTable(durations: durations, events: causes.map { $0 != nil }, arm: arm)
    byCause = []
    for cause in 0..<((causes.compactMap { $0 }.max() ?? -1) + 1) {
      byCause.append(
        try LifeTable(durations: durations, events: causes.map { $0 == cause }, arm: arm))
    }
  }

  /// The number of sessions.
  public var count: Int { ofAny.count }
  /// The number of causes: one more than the last that had an event.
  public var causeCount: Int { byCause.count }
  /// The life table of the event of any cause.
  public var anyCause: LifeTable { ofAny }

  /// The life table of one cause, in which the others count as censoring: for the hazard of the cause
  /// and its log-rank test, not for the probability of its event.
  public func lifeTable(of cause: Int) -> LifeTable {
    precondition(cause >= 0, "causes are counted from zero")
    return cause < byCause.count ? byCause[cause] : ofAny.withoutEvents
  }

  /// The life table of all causes but one, in which that one counts as censoring.
  func lifeTable(exceptOf cause: Int) -> LifeTable {
    let own = lifeTable(of: cause)
    var table = LifeTable()
    for (any, own) in zip(ofAny.rows, own.rows) {
      table.add(
        duration: any.time, events: any.events - own.events, censored: any.censored + own.events)
    }
    return table
  }

  /// Counts sessions that share a duration and a cause, nil for censored ones.
  public mutating func add(duration: Double, cause: Int?, count: Int = 1) {
    precondition(cause ?? 0 >= 0, "causes are counted from zero")
    let before = ofAny
    while let cause, cause >= byCause.count { byCause.append(before.withoutEvents) }
    let events = cause == nil ? 0 : count
    ofAny.add(duration: duration, events: events, censored: count - events)
    for index in byCause.indices {
      let own = index == cause ? count : 0
      byCause[index].add(duration: duration, events: own, censored: count - own)
    }
  }

  public mutating func merge(_ other: CompetingRiskTable) {
    let causes = Swift.max(causeCount, other.causeCount)
    byCause = (0..<causes).map { cause in
      LifeTable(merging: [lifeTable(of: cause), other.lifeTable(of: cause)])
    }
    ofAny.merge(other.ofAny)
  }
}

extension LifeTable {
  /// The same watches, none of which ended in an event.
  fileprivate var withoutEvents: LifeTable {
    var table = LifeTable()
    for row in rows { table.add(duration: row.time, censored: row.events + row.censored) }
    return table
  }
}
