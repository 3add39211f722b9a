public import Inference
internal import Probability

/// The estimated value of a policy, and how much of the log stands behind it.
public struct PolicyEstimate: Hashable, Sendable {
  /// The name of the estimator.
  public let estimator: String
  /// The estimated mean reward of a session, in the unit of the outcome.
  public let value: Double
  /// The standard error of the value; positive and finite.
  public let standardError: Double
  /// The number of sessions in the log, `n`.
  public let sampleSize: Int
  /// Kish's effective sample size of the weights, `(Σw)² / Σw²`.
  public let effectiveSampleSize: Double
  /// The mean weight, 1 in expectation where the recorded propensities are right.
  public let meanWeight: Double
  /// The greatest weight.
  public let maximumWeight: Double
  /// The share of the log's sessions with a weight above zero.
  public let usedShare: Double
  /// The share of the target's choices that the log supports.
  public let supportedShare: Double

  /// The normal confidence interval of a level between zero and one.
  public func interval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: value - margin, upper: value + margin)
  }
}
