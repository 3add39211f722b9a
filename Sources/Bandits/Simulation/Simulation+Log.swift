extension Simulation {
  /// The log of one replication, with the exact probabilities of all arms in every batch, for the
  /// estimators of ``AdaptiveCatalogue``.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start.
  ///   - world: A world of one cell and without a budget, which would change the probabilities.
  ///   - index: Which replication.
  /// - Returns: The sessions up to the horizon.
  /// - Throws: What ``AdaptiveLog`` throws: `propensityOutOfRange` where a policy chose what it said it
  ///   would not.
  /// - Complexity: O(horizon) choices and, for each batch, one call of `propensities`.
  public func log<P: Policy>(
    of policy: P, in world: RetentionWorld, replication index: Int = 0
  ) throws(OffPolicyError) -> AdaptiveLog {
    check(policy.armCount, world)
    precondition(world.cellCount == 1, "an adaptive log is of one cell")
    precondition(world.budget == nil, "a budget changes the probabilities of a policy")
    var replication = Replication(policy, in: world, self, index: UInt64(index))
    var (arms, rewards, batches): ([Int32], [Double], [Int32]) = ([], [], [])
    var table: [Double] = []
    for time in 0..<horizon {
      if time % batchSize == 0 { table += replication.policy.propensities(in: Context()) }
      let outcome = replication.step()
      arms.append(Int32(outcome.arm.index))
      rewards.append(outcome.reward)
      batches.append(Int32(time / batchSize))
    }
    return try AdaptiveLog(
      arms: arms, rewards: rewards, batches: batches,
      propensities: ActionTable(
        cellCount: table.count / world.armCount, armCount: world.armCount, values: table))
  }
}
