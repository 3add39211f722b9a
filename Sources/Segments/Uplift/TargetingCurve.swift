/// What is gained by giving an arm to the sessions of the highest priority, for any budget.
///
///     G(q) = (1/n) Σᵢ 1[Sᵢ among the top share q] Γᵢ        TOC(q) = G(q)/q − G(1)
///
/// `Γ` is the difference of the scores of the arm and the baseline, net of costs where they are
/// given; `S` any priority that was not made from these scores. Where a share ends amid sessions of
/// one priority, each counts by the part that fits in, so that the order of the log plays no role.
///
/// Reference: Yadlowsky, Fleming, Shah, Brunskill and Wager (2025), *JASA* 120, 38–51.
public struct TargetingCurve: Hashable, Sendable {
  /// The contrast scores by priority, the highest first, ties in the order of the scores.
  let contrasts: [Double]
  /// The customer of each of them.
  let units: [UInt64]
  /// The place behind the last session of each distinct priority.
  let groupEnds: [Int]

  /// Ranks sessions.
  ///
  /// - Parameters:
  ///   - priorities: The priority of each session, finite.
  ///   - contrast: What the arm adds in each session; see ``ActionScores/contrast(_:_:)``.
  ///   - units: A stable hash of each session's customer.
  /// - Throws: `lengthMismatch`, `scoreNotFinite`, or `tooFewSessions` below two.
  /// - Complexity: O(*n* log *n*).
  public init(
    priorities: [Double], contrast: [Double], units: [UInt64]
  ) throws(SegmentError) {
    let count = priorities.count
    guard contrast.count == count else {
      throw .lengthMismatch(column: "contrast", count: contrast.count, sessions: count)
    }
    guard units.count == count else {
      throw .lengthMismatch(column: "customer", count: units.count, sessions: count)
    }
    if let row = priorities.indices.first(where: {
      !priorities[$0].isFinite || !contrast[$0].isFinite
    }) {
      throw .scoreNotFinite(row: row, arm: "contrast")
    }
    guard count > 1 else { throw .tooFewSessions(count: count, needed: 2) }
    let order = priorities.indices.sorted {
      (priorities[$1], contrast[$0], units[$0]) < (priorities[$0], contrast[$1], units[$1])
    }
    contrasts = order.map { contrast[$0] }
    self.units = order.map { units[$0] }
    groupEnds = (1...count).filter {
      $0 == count || priorities[order[$0]] < priorities[order[$0 - 1]]
    }
  }

  /// The number of sessions.
  public var sessionCount: Int { contrasts.count }

  /// The mean gain a session, over all sessions, if the top share gets the arm.
  ///
  /// The error takes the ranking as given.
  ///
  /// - Throws: `tooFewSessions` for fewer than two customers.
  /// - Complexity: O(*n*).
  public func gain(top share: Double) throws(SegmentError) -> ScoreEstimate {
    precondition(0 < share && share <= 1, "a share lies between 0 and 1")
    let taken = Double(sessionCount) * share
    var (terms, start) = (contrasts, 0)
    for end in groupEnds {
      let part = max(0, min(1, (taken - Double(start)) / Double(end - start)))
      for place in start..<end { terms[place] *= part }
      start = end
    }
    guard let estimate = ScoreEstimate(terms, CustomerIndex(units)) else {
      throw .tooFewSessions(count: sessionCount, needed: 2)
    }
    return estimate
  }

  /// The mean effect among the top share less that among all.
  public func excess(top share: Double) throws(SegmentError) -> Double {
    (try gain(top: share)).mean / share - contrasts.reduce(0, +) / Double(sessionCount)
  }
}
