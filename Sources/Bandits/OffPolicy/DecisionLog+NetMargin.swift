extension DecisionLog {
  /// The same decisions with other rewards.
  ///
  /// - Parameter reward: The new reward of a row.
  /// - Returns: The log; its arms, propensities and cells are shared.
  /// - Throws: `rewardNotFinite` at the first row where it is not a number.
  /// - Complexity: O(*n*).
  public func withRewards(
    _ reward: (_ row: Int) -> Double
  ) throws(OffPolicyError) -> DecisionLog {
    try DecisionLog(
      arms: arms, rewards: (0..<count).map(reward), propensities: propensities, cells: cells,
      armCount: armCount, cellCount: cellCount)
  }

  /// The same decisions with what each was worth after the cost of its offer.
  ///
  ///     mᵢ = rᵢ (margin(cᵢ) − costIfSaved(cᵢ, aᵢ)) − costIfShown(cᵢ, aᵢ)
  ///
  /// The reward `r` is 1 for a session that was saved and 0 else. A discount is a cost of those saved,
  /// also of those who would have stayed without it; a gift or a call is one of those shown. Every
  /// estimator then gives the net margin a session, in the unit of the margin.
  ///
  /// - Parameters:
  ///   - margin: What a saved session is worth before the offer, by cell.
  ///   - costIfSaved: The cost of an offer that saved, by cell and arm.
  ///   - costIfShown: The cost of an offer that was shown, by cell and arm.
  /// - Returns: The log of net margins.
  /// - Throws: `rewardNotFinite` at the first row where the margin is not a number.
  /// - Complexity: O(*n*).
  public func netMargins(
    margin: [Double], costIfSaved: ActionTable, costIfShown: ActionTable? = nil
  ) throws(OffPolicyError) -> DecisionLog {
    precondition(margin.count == cellCount, "every cell has a margin")
    for costs in [costIfSaved, costIfShown ?? costIfSaved] {
      precondition(
        costs.cellCount == cellCount && costs.armCount == armCount,
        "the costs cover the cells and arms of the log")
    }
    return try withRewards { row in
      let (cell, place) = (Int(cells[row]), place(row))
      return rewards[row] * (margin[cell] - costIfSaved.values[place])
        - (costIfShown?.values[place] ?? 0)
    }
  }
}
