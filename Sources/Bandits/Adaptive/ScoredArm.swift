internal import Inference

/// One arm's way through a log: its scores, and what its weights have left to spend.
///
///     Γ_t = m̂_{t−1} + 1[a_t = a] (r_t − m̂_{t−1})/e_t
///
/// with `m̂_{t−1}` the mean of the arm's rewards before `t`, zero before the first. Since `m̂` and `e_t` do
/// not know the session, the score has the arm's value as its mean, given all that was before.
struct ScoredArm: Hashable, Sendable {
  let arm: Int
  /// The rewards of the sessions that were shown the arm.
  private var rewards = Moments()
  /// `Σ 1/e_t` over all sessions.
  private var inverses = 0.0
  private var unspent = 1.0

  init(_ arm: Arm) { self.arm = arm.index }

  /// The score of the next session.
  @inline(__always)
  mutating func score(_ choice: Int, reward: Double, propensity: Double) -> Double {
    let mean = rewards.count > 0 ? rewards.mean : 0
    inverses += 1 / propensity
    guard choice == arm else { return mean }
    rewards.add(reward)
    return mean + (reward - mean) / propensity
  }

  /// The sum of the variances of the scores given the past, `σ̂² Σ 1/e_t`: it knows from the
  /// probabilities what a starved arm could have done, where the scores do not yet show it.
  var conditionalVariance: Double { rewards.count > 1 ? rewards.variance * inverses : .infinity }

  /// The weight of the next session, from the allocation rates of its time.
  @inline(__always)
  mutating func weight(
    _ weights: AllocationWeights, _ rates: (best: Double, other: Double), propensity: Double
  ) -> Double {
    switch weights {
    case .uniform: return 1
    case .constantAllocation: return propensity.squareRoot()
    case .twoPointAllocation:
      let rate = min(1, propensity * rates.best + (1 - propensity) * rates.other)
      let spent = unspent * rate
      unspent -= spent
      return (spent * propensity).squareRoot()
    }
  }
}
