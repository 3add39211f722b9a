extension BernoulliWorld {
  /// Creates the world that a log suggests: cells as often as they came, and shrunken mean rewards for
  /// rates.
  ///
  /// The rates are estimates: a policy that does well here does well if they are right.
  ///
  /// - Parameters:
  ///   - log: The sessions, with rewards in 0...1.
  ///   - model: How the means of cells and arms are shrunk.
  /// - Throws: `rateOutOfRange` if a mean reward is no probability.
  public init(fittedTo log: DecisionLog, by model: CellRewardModel) throws(WorldError) {
    let weights = (0..<log.cellCount).map { cell in
      Double(log.counts[cell * log.armCount..<(cell + 1) * log.armCount].reduce(0, +))
    }
    try self.init(rates: model.fit(log).tables[0], weights: weights)
  }
}
