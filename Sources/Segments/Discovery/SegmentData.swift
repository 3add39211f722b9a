/// The sessions among which segments are sought, column by column.
public struct SegmentData: Hashable, Sendable {
  /// The arm of each session, by its place in `armNames`.
  public let arms: [Int32]
  /// The names of the arms.
  public let armNames: [String]
  /// The reward of each session: 1 if it was saved and 0 if not, or a bounded number.
  public let rewards: [Double]
  /// What is known of each session beforehand.
  public let covariates: [Covariate]
  /// A stable hash of each session's customer; all sessions of one customer go together.
  public let units: [UInt64]

  /// Creates the data from their columns, all of one length.
  ///
  /// - Throws: ``SegmentError`` that names the first column or element that does not fit.
  /// - Complexity: O(*n k*) for *n* sessions and *k* covariates.
  public init(
    arms: [Int32], armNames: [String], rewards: [Double], covariates: [Covariate], units: [UInt64]
  ) throws(SegmentError) {
    let sessions = arms.count
    let lengths =
      [("reward", rewards.count), ("customer", units.count)]
      + covariates.map { ($0.name, $0.count) }
    if let (column, count) = lengths.first(where: { $0.1 != sessions }) {
      throw .lengthMismatch(column: column, count: count, sessions: sessions)
    }
    if let row = arms.firstIndex(where: { $0 < 0 || $0 >= armNames.count }) {
      throw .unknownArm(row: row, code: arms[row])
    }
    if let row = rewards.firstIndex(where: { !$0.isFinite }) { throw .rewardNotFinite(row: row) }
    var names: Set<String> = []
    for covariate in covariates {
      guard names.insert(covariate.name).inserted else {
        throw .duplicateCovariate(covariate.name)
      }
      try covariate.check()
    }
    self.arms = arms
    self.armNames = armNames
    self.rewards = rewards
    self.covariates = covariates
    self.units = units
  }

  /// Whether every reward is 0 or 1.
  public var hasBinaryRewards: Bool { rewards.allSatisfy { $0 == 0 || $0 == 1 } }

  /// The sessions of some rows, in the order given.
  ///
  /// - Complexity: O(*m k*) for *m* rows.
  public func subset(_ rows: [Int]) -> SegmentData {
    SegmentData(
      unchecked: rows.map { arms[$0] }, armNames, rows.map { rewards[$0] },
      covariates.map { $0.subset(rows) }, rows.map { units[$0] })
  }

  /// The sessions of two arms alone.
  public func comparing(_ arm: Int, with baseline: Int) -> SegmentData {
    subset(arms.indices.filter { arms[$0] == Int32(arm) || arms[$0] == Int32(baseline) })
  }

  func covariate(_ name: String) throws(SegmentError) -> Covariate {
    guard let covariate = covariates.first(where: { $0.name == name }) else {
      throw .unknownCovariate(name)
    }
    return covariate
  }

  private init(
    unchecked arms: [Int32], _ armNames: [String], _ rewards: [Double],
    _ covariates: [Covariate], _ units: [UInt64]
  ) {
    self.arms = arms
    self.armNames = armNames
    self.rewards = rewards
    self.covariates = covariates
    self.units = units
  }
}

extension Covariate {
  /// Checks that each element is missing or what the column says it is.
  fileprivate func check() throws(SegmentError) {
    switch column {
    case .category(let codes, let levels):
      var texts: Set<String> = []
      for level in levels where !texts.insert(level).inserted {
        throw .duplicateLevel(covariate: name, level: level)
      }
      if let row = codes.firstIndex(where: { $0 < -1 || $0 >= levels.count }) {
        throw .unknownLevel(covariate: name, row: row, code: codes[row])
      }
    case .number(let values, let isPresent):
      guard isPresent.count == values.count else {
        throw .lengthMismatch(column: name, count: isPresent.count, sessions: values.count)
      }
      if let row = values.indices.first(where: { isPresent[$0] && !values[$0].isFinite }) {
        throw .numberNotFinite(covariate: name, row: row)
      }
    }
  }
}
