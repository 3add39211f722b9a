/// A dated replay, period by period, with the log that the policy would have left.
public struct ReplayCourse: Hashable, Sendable {
  /// One batch: the policy stays as it is from its start to that of the next.
  public struct Period: Hashable, Sendable {
    /// When it starts, in days.
    public let start: Double
    /// The number of outcomes that the policy learnt at the start.
    public let learnt: Int
    /// The number of sessions of the log.
    public fileprivate(set) var sessions = 0
    /// The number of sessions kept of each arm.
    public fileprivate(set) var shown: [Int]
    /// The sum of the rewards of the sessions kept.
    public fileprivate(set) var reward = 0.0
    /// The sum of the rewards of the sessions kept, in this period and all before.
    public fileprivate(set) var cumulativeReward: Double
    /// The policy's probability of each arm, on average over the sessions of the log; in one cell, the same
    /// for all.
    public fileprivate(set) var propensities: [Double]

    /// The number of sessions kept.
    public var kept: Int { shown.reduce(0, +) }

    /// The share of an arm in the sessions kept; nil if there is none.
    public func share(of arm: Arm) -> Double? {
      kept > 0 ? Double(shown[arm.index]) / Double(kept) : nil
    }
  }

  /// The periods that have sessions, in the order of time.
  public private(set) var periods: [Period] = []
  private let armCount: Int
  /// The probabilities of the policy for each batch and cell that came.
  private var laws: [Double] = []
  private var lawCells: [Int32] = []
  /// The arm, reward and law of each session kept.
  private var arms: [Int32] = []
  private var rewards: [Double] = []
  private var rowLaws: [Int32] = []

  init(armCount: Int) { self.armCount = armCount }

  /// The sessions kept of a cell, with the exact probabilities of all arms in every batch: what the policy
  /// would have logged, for the estimators of ``AdaptiveCatalogue``.
  ///
  /// - Throws: `emptyLog` if none was kept, or `propensityOutOfRange` where a policy chose what it said it
  ///   would not.
  /// - Complexity: O(kept + batches · *K*).
  public func adaptiveLog(cell: Int = 0) throws(OffPolicyError) -> AdaptiveLog {
    // The laws of the cell are its batches.
    var batches = Array(repeating: Int32(0), count: lawCells.count)
    var table: [Double] = []
    for (law, owner) in lawCells.enumerated() where Int(owner) == cell {
      batches[law] = Int32(table.count / armCount)
      table += laws[law * armCount..<(law + 1) * armCount]
    }
    let own = rowLaws.indices.filter { Int(lawCells[Int(rowLaws[$0])]) == cell }
    guard !own.isEmpty else { throw .emptyLog }
    return try AdaptiveLog(
      arms: own.map { arms[$0] }, rewards: own.map { rewards[$0] },
      batches: own.map { batches[Int(rowLaws[$0])] },
      propensities: ActionTable(
        cellCount: table.count / armCount, armCount: armCount, values: table))
  }
}

extension ReplayCourse {
  /// Begins a period.
  mutating func begin(at start: Double, learnt: Int) {
    finish()
    periods.append(
      Period(
        start: start, learnt: learnt, shown: Array(repeating: 0, count: armCount),
        cumulativeReward: periods.last?.cumulativeReward ?? 0,
        propensities: Array(repeating: 0, count: armCount)))
  }

  /// Takes the mean of the probabilities of the last period.
  mutating func finish() {
    guard let last = periods.indices.last else { return }
    for arm in 0..<armCount { periods[last].propensities[arm] /= Double(periods[last].sessions) }
  }

  /// Adds the probabilities of a batch for a cell.
  ///
  /// - Returns: The number by which sessions name them.
  mutating func add(law: ArraySlice<Double>, cell: Int32) -> Int32 {
    laws += law
    lawCells.append(cell)
    return Int32(lawCells.count - 1)
  }

  /// Adds a session to the last period, by the number of its law.
  mutating func add(law: Int32, arm: Int32, reward: Double, kept: Bool) {
    let last = periods.count - 1
    periods[last].sessions += 1
    for other in 0..<armCount {
      periods[last].propensities[other] += laws[Int(law) * armCount + other]
    }
    guard kept else { return }
    periods[last].shown[Int(arm)] += 1
    periods[last].reward += reward
    periods[last].cumulativeReward += reward
    arms.append(arm)
    rewards.append(reward)
    rowLaws.append(law)
  }
}
