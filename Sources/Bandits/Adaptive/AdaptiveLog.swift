/// What an adaptive policy did in one cell: for each session the arm and the reward, and for each batch
/// the probabilities of all arms.
///
/// A batch is a run of sessions between two updates of the policy; a policy that learns after every
/// session has batches of one. Weights that calm an estimate need the probability of *every* arm at every
/// time, not of the arm shown alone, so this log keeps what a ``DecisionLog`` does not. Where cells learn
/// apart, each is a log of its own. Memory is O(*n* + batches · *K*).
public struct AdaptiveLog: Sendable {
  /// The arm that each session was shown.
  public let arms: [Int32]
  /// The reward that followed, in the unit of the outcome.
  public let rewards: [Double]
  /// The batch of each session; it never falls.
  public let batches: [Int32]
  /// The probability of each arm in each batch: a row is a batch.
  public let propensities: ActionTable

  /// Creates a log from its columns, in the order of time.
  ///
  /// - Parameters:
  ///   - arms: The arm that each session was shown.
  ///   - rewards: The reward of each session, a finite number.
  ///   - batches: The batch of each session, which never falls; nil makes each session a batch.
  ///   - propensities: The probability of each arm in each batch.
  /// - Throws: The first row or batch that breaks one of these, or `emptyLog`; a batch that is out of
  ///   range or that runs back is a `cellOutOfRange`.
  /// - Complexity: O(*n* + batches · *K*).
  public init(
    arms: [Int32], rewards: [Double], batches: [Int32]? = nil, propensities: ActionTable
  ) throws(OffPolicyError) {
    let batches = batches ?? arms.indices.map { Int32($0) }
    precondition(
      rewards.count == arms.count && batches.count == arms.count,
      "the columns of a log are of one length")
    guard !arms.isEmpty else { throw .emptyLog }
    try propensities.checkProbabilities()
    var last = 0
    for row in arms.indices {
      let (arm, batch) = (Int(arms[row]), Int(batches[row]))
      guard 0 <= arm, arm < propensities.armCount else {
        throw .armOutOfRange(row: row, arm: arm)
      }
      guard last <= batch, batch < propensities.cellCount else {
        throw .cellOutOfRange(row: row, cell: batch)
      }
      guard propensities[batch, arm] >= .leastNormalMagnitude else {
        throw .propensityOutOfRange(row: row)
      }
      guard rewards[row].isFinite else { throw .rewardNotFinite(row: row) }
      last = batch
    }
    self.arms = arms
    self.rewards = rewards
    self.batches = batches
    self.propensities = propensities
  }

  /// The number of sessions.
  public var count: Int { arms.count }
  /// The number of arms, shown or not.
  public var armCount: Int { propensities.armCount }

  /// The number of sessions that were shown an arm.
  func count(of arm: Arm) -> Int { arms.count { Int($0) == arm.index } }
}
