public import Inference

/// The naive figure: the plain mean of an arm's rewards, as if its sessions had been dealt at random.
///
///     ȳₐ = Σ rᵢ 1[aᵢ = a] / nₐ      SE² = s²ₐ / nₐ
///
/// After adaptive allocation it is biased and its intervals are too short. It stands
/// beside the other estimators to show what they correct.
public struct SampleMeans: AdaptiveEstimator, Hashable {
  /// Creates the estimator.
  public init() {}

  public var name: String { "naive" }

  public func value(of arm: Arm, in log: AdaptiveLog) throws(InferenceError) -> AdaptiveEstimate {
    let rewards = try rewards(of: arm, in: log)
    return try AdaptiveEstimate(
      name, rewards.mean, variance: rewards.variance / Double(rewards.count), arm: arm)
  }

  public func contrast(
    of arm: Arm, minus other: Arm, in log: AdaptiveLog
  ) throws(InferenceError) -> AdaptiveEstimate {
    let (a, b) = (try rewards(of: arm, in: log), try rewards(of: other, in: log))
    let variance = a.variance / Double(a.count) + b.variance / Double(b.count)
    return try AdaptiveEstimate(name, a.mean - b.mean, variance: variance, arm: arm)
  }

  private func rewards(of arm: Arm, in log: AdaptiveLog) throws(InferenceError) -> Moments {
    var rewards = Moments()
    for row in 0..<log.count where Int(log.arms[row]) == arm.index { rewards.add(log.rewards[row]) }
    guard rewards.count > 1 else {
      throw .tooFewSessions(arm: arm.index, count: rewards.count, needed: 2)
    }
    return rewards
  }
}
