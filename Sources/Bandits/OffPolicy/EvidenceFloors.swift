/// What a log must show about a target policy before an estimator answers with a number.
///
/// Below a floor the estimator abstains and names the reason. The normal interval of a mean is off
/// by a term of order skewness / √ESS; at an effective size of 100 and a saved rate of a few per
/// cent or more, that is small against the interval itself.
public struct EvidenceFloors: Hashable, Sendable {
  /// The least effective sample size.
  public var effectiveSampleSize = 100.0
  /// The greatest share of the target's choices that the log does not support.
  public var unsupportedShare = 0.01

  /// Creates the default floors.
  public init() {}

  /// No floors: every number that can be computed is given.
  public static var none: EvidenceFloors {
    var floors = EvidenceFloors()
    floors.effectiveSampleSize = 0
    floors.unsupportedShare = 1
    return floors
  }
}

extension EvidenceFloors {
  /// The target's support in a log; throws if the two do not fit or too little is supported.
  func support(of target: ActionTable, in log: DecisionLog) throws(OffPolicyError) -> Double {
    precondition(
      target.cellCount == log.cellCount && target.armCount == log.armCount,
      "the target covers the cells and arms of the log")
    try target.checkProbabilities()
    let unsupported = log.unsupportedShare(of: target)
    guard unsupported <= unsupportedShare else {
      throw .noSupport(mass: unsupported, allowed: unsupportedShare)
    }
    return 1 - unsupported
  }

  /// The estimate, unless it is too thin, does not vary, or is not finite.
  func estimate(
    by estimator: String, value: Double, standardError: Double, weights: WeightSummary,
    supportedShare: Double
  ) throws(OffPolicyError) -> PolicyEstimate {
    guard weights.effectiveSampleSize.isFinite, value.isFinite, standardError.isFinite else {
      throw .overflow
    }
    guard weights.used > 0, weights.effectiveSampleSize >= effectiveSampleSize else {
      throw .effectiveSampleSizeTooSmall(
        weights.effectiveSampleSize, floor: effectiveSampleSize)
    }
    guard standardError > 0 else { throw .noVariation }
    return PolicyEstimate(
      estimator: estimator, value: value, standardError: standardError,
      sampleSize: weights.count, effectiveSampleSize: weights.effectiveSampleSize,
      meanWeight: weights.sum / Double(weights.count), maximumWeight: weights.greatest,
      usedShare: Double(weights.used) / Double(weights.count), supportedShare: supportedShare)
  }
}

extension DecisionLog {
  /// The share of a target's choices in cells where the log never made them.
  func unsupportedShare(of target: ActionTable) -> Double {
    target.unsupportedShare(counts: counts)
  }
}

extension ActionTable {
  /// The share of the choices with these probabilities in cells where a log, told by its sessions of each
  /// cell and arm, never made them.
  ///
  /// An arm that the log has nowhere is unsupported everywhere. An arm that it has elsewhere is
  /// unsupported in a cell where, at its overall frequency, at least seven sessions were expected:
  /// by chance alone none of them would be seen once in e⁷ ≈ 1,100 such cells. In a smaller cell
  /// its absence says nothing.
  func unsupportedShare(counts: [Int]) -> Double {
    let expectedByChance = 7.0
    var armTotals = Array(repeating: 0, count: armCount)
    for (place, count) in counts.enumerated() { armTotals[place % armCount] += count }
    let total = Double(armTotals.reduce(0, +))
    var mass = 0.0
    for cell in 0..<cellCount {
      let sessions = counts[cell * armCount..<(cell + 1) * armCount].reduce(0, +)
      for arm in 0..<armCount where counts[cell * armCount + arm] == 0 {
        let expected = Double(sessions) * (Double(armTotals[arm]) / total)
        if armTotals[arm] == 0 || expected >= expectedByChance {
          mass += Double(sessions) / total * self[cell, arm]
        }
      }
    }
    return mass
  }
}
