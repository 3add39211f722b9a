internal import Inference
public import Probability

/// Replay by rejection: sessions of a log of known propensities, kept as often as the target would
/// have had them.
///
///     session i is kept with the probability  c π(aᵢ | xᵢ)/pᵢ,    c = min pᵢ/π(aᵢ | xᵢ)
///     V̂ = mean of the rewards kept      SE = sd(r | kept) / √kept
///
/// What is kept is distributed as what the target would see, about a share `c` of the log, whatever the
/// logging policy: matching is the case of uniform choices. A single small propensity of an arm that
/// the target likes makes `c` small; ``expectedAcceptance(of:on:)`` says so before anything is drawn.
///
/// References: von Neumann (1951), *NBS Applied Mathematics Series* 12, 36–38; Dudík, Erhan, Langford
/// and Li (2012), *UAI*, 247–254, section 3, for its use off policy.
public struct RejectionReplay: OffPolicyEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The stream of the draws that keep or drop.
  public let key: StreamKey

  /// Creates the estimator; a seed decides which sessions are kept.
  public init(seed: UInt64, floors: EvidenceFloors = EvidenceFloors()) {
    key = StreamKey(seed: seed, purpose: .replay, index: 1)
    self.floors = floors
  }

  public var name: String { "rejection replay" }

  /// The share `c` of a log that is kept on average; times the number of sessions, the effective sample
  /// size to expect. Zero if the target never agrees with the log.
  public func expectedAcceptance(of target: ActionTable, on log: DecisionLog) -> Double {
    let least = (0..<log.count).reduce(Double.infinity) { least, row in
      min(least, log.propensities[row] / target.values[log.place(row)])
    }
    return least.isFinite ? min(1, least) : 0
  }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let scale = expectedAcceptance(of: target, on: log)
    guard scale > 0 else { throw .noMatches(rows: log.count) }
    var rng = Philox(key)
    let kept: KeptRewards = log.summary { kept, row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      kept.add(log.rewards[row], kept: rng.uniform() < scale * weight, scale)
    }
    return try estimate(from: kept, supportedShare: supportedShare)
  }

  /// The estimate from the sessions kept.
  func estimate(
    from kept: KeptRewards, supportedShare: Double
  ) throws(OffPolicyError) -> PolicyEstimate {
    guard kept.rewards.count > 0 else { throw .noMatches(rows: kept.weights.count) }
    guard kept.rewards.count > 1 else {
      throw .effectiveSampleSizeTooSmall(1, floor: max(2, floors.effectiveSampleSize))
    }
    return try floors.estimate(
      by: name, value: kept.rewards.mean, standardError: kept.rewards.standardError,
      weights: kept.weights, supportedShare: supportedShare)
  }

  /// The rewards that were kept, and the weights `1/c` or 0 that keeping gives.
  struct KeptRewards: Summary {
    private(set) var weights = WeightSummary()
    private(set) var rewards = Moments()

    mutating func add(_ reward: Double, kept: Bool, _ scale: Double) {
      weights.add(kept ? 1 / scale : 0)
      if kept { rewards.add(reward) }
    }

    mutating func merge(_ other: KeptRewards) {
      weights.merge(other.weights)
      rewards.merge(other.rewards)
    }
  }
}
