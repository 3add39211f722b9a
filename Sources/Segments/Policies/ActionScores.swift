/// One score for each session and arm: an unbiased guess of what the session would have brought
/// under that arm.
///
///     V(π) = (1/n) Σᵢ Γᵢ,π(xᵢ)
///
/// The mean of an arm's scores estimates its value, the mean difference of two arms' scores their
/// contrast, and a policy is worth the mean of the scores of the arms that it shows. So trees,
/// targeting curves and projections need the scores alone, whatever model made them.
///
/// Reference: Athey and Wager (2021), *Econometrica* 89, 133–161.
public struct ActionScores: Hashable, Sendable {
  /// The names of the arms.
  public let armNames: [String]
  /// The scores `Γᵢₖ`, session after session, the arms of a session side by side.
  public let values: [Double]

  /// Takes scores made elsewhere.
  ///
  /// - Throws: `lengthMismatch` unless each session has a score an arm, `scoreNotFinite`.
  public init(armNames: [String], values: [Double]) throws(SegmentError) {
    precondition(!armNames.isEmpty, "scores belong to arms")
    guard values.count.isMultiple(of: armNames.count) else {
      throw .lengthMismatch(
        column: "scores", count: values.count, sessions: values.count / armNames.count)
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .scoreNotFinite(row: place / armNames.count, arm: armNames[place % armNames.count])
    }
    (self.armNames, self.values) = (armNames, values)
  }

  private init(unchecked armNames: [String], _ values: [Double]) {
    (self.armNames, self.values) = (armNames, values)
  }

  /// The number of arms.
  public var armCount: Int { armNames.count }
  /// The number of sessions.
  public var sessionCount: Int { values.count / armNames.count }

  /// The score of a session under an arm.
  public subscript(row: Int, arm: Int) -> Double { values[row * armNames.count + arm] }

  /// The scores of one arm, one a session.
  public func scores(of arm: Int) -> [Double] {
    precondition(armNames.indices.contains(arm), "an arm is one of those scored")
    return (0..<sessionCount).map { self[$0, arm] }
  }

  /// The difference of the scores of an arm and a baseline, one a session.
  public func contrast(_ arm: Int, _ baseline: Int) -> [Double] {
    precondition(
      armNames.indices.contains(arm) && armNames.indices.contains(baseline),
      "an arm is one of those scored")
    return (0..<sessionCount).map { self[$0, arm] - self[$0, baseline] }
  }

  /// The scores in money: what the customer is worth times the score, less what the arm costs.
  ///
  ///     vᵢ Γᵢₖ − cₖ
  ///
  /// - Parameters:
  ///   - customerValues: The worth `v` of a saved session, one a session; nil for one.
  ///   - costs: The cost `c` of showing an arm, one an arm; nil for none.
  /// - Returns: The scores in the unit of the values and costs.
  /// - Throws: `lengthMismatch`, or `scoreNotFinite` where a value or cost is not finite.
  public func net(
    customerValues: [Double]? = nil, costs: [Double]? = nil
  ) throws(SegmentError) -> ActionScores {
    if let customerValues, customerValues.count != sessionCount {
      throw .lengthMismatch(
        column: "customer value", count: customerValues.count, sessions: sessionCount)
    }
    if let costs {
      precondition(costs.count == armCount, "one cost belongs to each arm")
    }
    var net = values
    for row in 0..<sessionCount {
      let worth = customerValues?[row] ?? 1
      for arm in 0..<armCount {
        net[row * armCount + arm] = worth * net[row * armCount + arm] - (costs?[arm] ?? 0)
      }
    }
    return try ActionScores(armNames: armNames, values: net)
  }

  /// The scores of some sessions, in the order given.
  public func subset(_ rows: [Int]) -> ActionScores {
    var values: [Double] = []
    values.reserveCapacity(rows.count * armCount)
    for row in rows { values += self.values[(row * armCount)..<((row + 1) * armCount)] }
    return ActionScores(unchecked: armNames, values)
  }

  /// What a policy is worth: the mean score of the arms that it shows.
  ///
  /// - Parameters:
  ///   - policy: The arm shown to each session, by its place.
  ///   - units: A stable hash of each session's customer.
  /// - Returns: The mean score of the arms shown, with its error.
  /// - Throws: `lengthMismatch`, `unknownArm`, or `tooFewSessions` for fewer than two customers.
  /// - Complexity: O(*n*).
  public func value(
    of policy: [Int32], units: [UInt64]
  ) throws(SegmentError) -> ScoreEstimate {
    guard policy.count == sessionCount else {
      throw .lengthMismatch(column: "policy", count: policy.count, sessions: sessionCount)
    }
    guard units.count == sessionCount else {
      throw .lengthMismatch(column: "customer", count: units.count, sessions: sessionCount)
    }
    if let row = policy.firstIndex(where: { $0 < 0 || Int($0) >= armCount }) {
      throw .unknownArm(row: row, code: policy[row])
    }
    let chosen = policy.indices.map { self[$0, Int(policy[$0])] }
    guard let estimate = ScoreEstimate(chosen, CustomerIndex(units)) else {
      throw .tooFewSessions(count: chosen.count, needed: 2)
    }
    return estimate
  }
}
