internal import Inference
public import Probability

/// Replay by matching: the mean reward of the sessions where the target chose as the log did.
///
///     V̂ = Σ rᵢ 1[bᵢ = aᵢ] / Σ 1[bᵢ = aᵢ]      bᵢ ~ π(· | xᵢ)      SE = sd(r | match) / √matches
///
/// The log's choices are uniform, so the sessions that match are a fair sample of those the target
/// would see, about one in *K*. A target that is not certain of its choice draws it, from a stream
/// of its own. In a log that is not uniform the matches over-represent what it favoured; such a log
/// is refused unless `acceptsUnevenLogs` says otherwise.
///
/// Reference: Li, Chu, Langford and Wang (2011), *WSDM*, 297–306, algorithm 2.
public struct ReplayMatching: OffPolicyEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The stream of the target's draws.
  public let key: StreamKey
  /// Whether a log with propensities other than 1/*K* is replayed all the same, with that bias.
  public var acceptsUnevenLogs = false

  /// Creates the estimator; a seed decides the draws of targets that draw.
  public init(seed: UInt64, floors: EvidenceFloors = EvidenceFloors()) {
    key = StreamKey(seed: seed, purpose: .replay)
    self.floors = floors
  }

  public var name: String { "replay" }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    try checkUniform(log)
    var rng = Philox(key)
    let summary: Matches = log.summary { matches, row in
      let choice = target.draw(in: Context(cell: Int(log.cells[row])), using: &rng)
      matches.add(log.rewards[row], matched: choice.index == Int(log.arms[row]), log.armCount)
    }
    return try estimate(from: summary, supportedShare: supportedShare)
  }

  /// Throws unless every choice of the log was uniform, or this replay does not mind.
  func checkUniform(_ log: DecisionLog) throws(OffPolicyError) {
    if acceptsUnevenLogs { return }
    let uniform = 1 / Double(log.armCount)
    for (row, propensity) in log.propensities.enumerated()
    where !(abs(propensity - uniform) <= 1e-9 * uniform) {
      throw .notUniform(row: row, propensity: propensity)
    }
  }

  /// The estimate from the sessions that matched.
  func estimate(
    from matches: Matches, supportedShare: Double
  ) throws(OffPolicyError) -> PolicyEstimate {
    guard matches.rewards.count > 0 else { throw .noMatches(rows: matches.weights.count) }
    guard matches.rewards.count > 1 else {
      throw .effectiveSampleSizeTooSmall(1, floor: max(2, floors.effectiveSampleSize))
    }
    return try floors.estimate(
      by: name, value: matches.rewards.mean, standardError: matches.rewards.standardError,
      weights: matches.weights, supportedShare: supportedShare)
  }

  /// The rewards of the sessions that matched, and the weights `K` or 0 that matching gives.
  struct Matches: Summary {
    private(set) var weights = WeightSummary()
    private(set) var rewards = Moments()

    mutating func add(_ reward: Double, matched: Bool, _ armCount: Int) {
      weights.add(matched ? Double(armCount) : 0)
      if matched { rewards.add(reward) }
    }

    mutating func merge(_ other: Matches) {
      weights.merge(other.weights)
      rewards.merge(other.rewards)
    }
  }
}
