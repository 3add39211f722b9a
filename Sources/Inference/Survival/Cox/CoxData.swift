/// The sessions of a Cox regression, in the order in which its sums are taken.
///
/// Rows are sorted once: by stratum, then from the longest watch to the shortest, events before
/// censorings of one time. So the sums over a risk set grow by the rows of each time in turn, and one
/// reading of the rows serves all risk sets.
///
/// A row may stand for several sessions that agree in everything: where covariates are few and times
/// are days, a fit then costs cells, not sessions.
public struct CoxData: Sendable {
  /// The rows of one time in one stratum.
  struct Block: Sendable {
    /// The rows that had the event, then those that were censored.
    let events: Range<Int>
    let censored: Range<Int>
    /// The number of sessions behind the events.
    let eventCount: Int
    let time: Double
    let stratum: Int
    /// Whether this is the latest time of its stratum.
    let beginsStratum: Bool
  }

  /// The number of covariates `p`.
  public let columnCount: Int
  /// The number of sessions.
  public let count: Int
  /// The number of events among them.
  public let eventCount: Int
  /// The covariates, row after row, each column about its mean.
  let covariates: [Double]
  /// How many sessions each row stands for.
  let weights: [Double]
  /// The cluster of each row, from zero, or nil if every session is its own.
  let clusters: [Int]?
  let clusterCount: Int
  let blocks: [Block]

  /// Sorts and checks the data.
  ///
  /// - Parameters:
  ///   - durations: How long each session was watched.
  ///   - events: Whether its watch ended in the event.
  ///   - covariates: The columns of the design, each as long as the durations.
  ///   - counts: How many sessions each row stands for; nil is one.
  ///   - strata: A code for each row; baseline hazards differ between strata.
  ///   - clusters: A code for each row, customers say; sessions of a cluster may depend on each other.
  /// - Throws: `tooFewSessions` if there are none, `noEvents` if none had the event, `invalidValue` for a
  ///   duration below zero or a number that is not finite.
  /// - Complexity: O(*n p*) for *n* rows.
  public init(
    durations: [Double], events: [Bool], covariates: [[Double]], counts: [Int]? = nil,
    strata: [Int]? = nil, clusters: [Int]? = nil
  ) throws(InferenceError) {
    let n = durations.count
    precondition(events.count == n && covariates.allSatisfy { $0.count == n }, "one value a row")
    precondition(counts?.count ?? n == n && strata?.count ?? n == n, "one value a row")
    precondition(clusters?.count ?? n == n, "one value a row")
    precondition(counts?.allSatisfy { $0 >= 0 } ?? true, "counts are not negative")
    precondition(!covariates.isEmpty, "a regression has a covariate")
    if let wrong = durations.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .invalidValue(arm: 0, value: wrong)
    }
    for column in covariates {
      if let wrong = column.first(where: { !$0.isFinite }) {
        throw .invalidValue(arm: 0, value: wrong)
      }
    }
    count = counts?.reduce(0, +) ?? n
    guard count > 0 else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }

    let order = Self.order(durations, events, strata)
    columnCount = covariates.count
    weights = order.map { Double(counts?[$0] ?? 1) }
    self.covariates = Self.centred(covariates, order, weights)
    if let clusters {
      var numbers: [Int: Int] = [:]
      self.clusters = order.map { row in
        if let number = numbers[clusters[row]] { return number }
        numbers[clusters[row]] = numbers.count
        return numbers.count - 1
      }
      clusterCount = numbers.count
    } else {
      (self.clusters, clusterCount) = (nil, count)
    }

    var blocks: [Block] = []
    var (start, total) = (0, 0)
    while start < n {
      let (first, stratum) = (order[start], strata?[order[start]])
      var (end, firstCensored, deaths) = (start, start, 0)
      while end < n, durations[order[end]] == durations[first], strata?[order[end]] == stratum {
        if events[order[end]] {
          deaths += counts?[order[end]] ?? 1
          firstCensored = end + 1
        }
        end += 1
      }
      let begins = start == 0 || strata?[order[start - 1]] != stratum
      blocks.append(
        Block(
          events: start..<firstCensored, censored: firstCensored..<end, eventCount: deaths,
          time: durations[first], stratum: (blocks.last?.stratum ?? -1) + (begins ? 1 : 0),
          beginsStratum: begins))
      total += deaths
      start = end
    }
    guard total > 0 else { throw .noEvents }
    eventCount = total
    self.blocks = blocks
  }

  /// The number of strata.
  var strataCount: Int { (blocks.last?.stratum ?? -1) + 1 }

  /// The order of the rows: stratum, longest watch first, events before censorings.
  private static func order(_ durations: [Double], _ events: [Bool], _ strata: [Int]?) -> [Int] {
    // The bits of numbers from zero up sort like the numbers, and their complements the other way.
    var order = sortedOrder(
      of: durations.indices.map { row in
        ~((durations[row] + 0).bitPattern << 1 | (events[row] ? 1 : 0))
      })
    guard let strata else { return order }
    let codes = order.map { UInt64(bitPattern: Int64(strata[$0])) ^ (1 << 63) }
    order = sortedOrder(of: codes).map { order[$0] }
    return order
  }

  /// The columns about their means, row after row in an order.
  private static func centred(
    _ columns: [[Double]], _ order: [Int], _ weights: [Double]
  ) -> [Double] {
    let width = columns.count
    var rows = Array(repeating: 0.0, count: order.count * width)
    let total = weights.reduce(0, +)
    rows.withUnsafeMutableBufferPointer { rows in
      for (index, column) in columns.enumerated() {
        var sum = 0.0
        for place in order.indices { sum += weights[place] * column[order[place]] }
        let mean = sum / total
        for place in order.indices { rows[place * width + index] = column[order[place]] - mean }
      }
    }
    return rows
  }
}

extension CoxData {
  /// The sessions of two arms, with one covariate: one for the offer, zero for the control.
  public init(offer: LifeTable, control: LifeTable) throws(InferenceError) {
    var (durations, events, counts, arm) = ([Double](), [Bool](), [Int](), [Double]())
    for (table, code) in [(control, 0.0), (offer, 1.0)] {
      for row in table.rows {
        for (count, isEvent) in [(row.events, true), (row.censored, false)] where count > 0 {
          durations.append(row.time)
          events.append(isEvent)
          counts.append(count)
          arm.append(code)
        }
      }
    }
    try self.init(durations: durations, events: events, covariates: [arm], counts: counts)
  }
}
