internal import Inference
internal import Probability

/// The weights and the terms of all sessions of a log, as the intervals read them.
///
/// Memory is 16 bytes a session.
public struct SessionTerms: Sendable {
  /// The weight `w` of each session, before any shrinkage.
  public let weights: [Double]
  /// The term `ψ` of each session; their mean is the estimate.
  public let values: [Double]
  /// The least and the greatest reward that is possible.
  public let rewards: ClosedRange<Double>
  /// Whether a term is a model's value with a weighted residual, rather than a weighted reward.
  public let modelsRewards: Bool
  /// The estimate that the terms make.
  public let estimate: PolicyEstimate
}

extension TermwiseEstimator {
  /// The terms of a target in a log.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - log: The sessions, in the order of time.
  ///   - rewards: The rewards that are possible; it is widened to those of the log, and without it
  ///     theirs is taken.
  /// - Returns: The terms, with the estimate that they make.
  /// - Throws: What ``OffPolicyEstimator/estimate(_:on:)`` throws.
  /// - Complexity: O(*n*) for *n* sessions.
  public func sessionTerms(
    _ target: ActionTable, on log: DecisionLog, rewards: ClosedRange<Double>? = nil
  ) throws(OffPolicyError) -> SessionTerms {
    let estimate = try estimate(target, on: log)
    let term = try terms(of: target, in: log)
    var weights: [Double] = []
    var values: [Double] = []
    weights.reserveCapacity(log.count)
    values.reserveCapacity(log.count)
    var (least, greatest) = (log.rewards[0], log.rewards[0])
    for row in 0..<log.count {
      let session = term(row)
      weights.append(session.weight)
      values.append(session.value)
      least = min(least, log.rewards[row])
      greatest = max(greatest, log.rewards[row])
    }
    if let rewards {
      least = min(least, rewards.lowerBound)
      greatest = max(greatest, rewards.upperBound)
    }
    return SessionTerms(
      weights: weights, values: values, rewards: least...greatest, modelsRewards: modelsRewards,
      estimate: estimate)
  }
}

extension SessionTerms {
  /// The number of sessions.
  public var count: Int { values.count }

  /// The length of the range of rewards.
  var span: Double { rewards.upperBound - rewards.lowerBound }

  /// The least and the greatest term that a session of a weight could have.
  ///
  /// Without a model these are the weight times the extreme rewards. With one, `v` and `q̂` lie in the
  /// range of the rewards, and the term within `w` times its length of it.
  func possible(atWeight weight: Double) -> ClosedRange<Double> {
    modelsRewards
      ? (rewards.lowerBound - weight * span)...(rewards.upperBound + weight * span)
      : (weight * rewards.lowerBound)...(weight * rewards.upperBound)
  }

  /// An interval within the range of the rewards, from bounds that may lie outside it.
  func interval(_ lower: Double, _ upper: Double) -> Interval {
    func clamped(_ bound: Double) -> Double {
      min(max(bound, rewards.lowerBound), rewards.upperBound)
    }
    return Interval(lower: clamped(min(lower, upper)), upper: clamped(max(lower, upper)))
  }
}
