public import Inference
internal import Probability

/// An arm's value, or the contrast of two, estimated from the log of an adaptive policy.
public struct AdaptiveEstimate: Hashable, Sendable {
  /// The name of the estimator.
  public let estimator: String
  /// The estimate, in the unit of the reward.
  public let value: Double
  /// The standard error of the estimate; positive and finite.
  public let standardError: Double

  /// Creates an estimate of a variance.
  ///
  /// - Throws: `noVariation` if the variance is zero, `overflow` if a figure is not finite.
  init(
    _ estimator: String, _ value: Double, variance: Double, arm: Arm
  ) throws(InferenceError) {
    guard value.isFinite, variance.isFinite else { throw .overflow(arm: arm.index) }
    guard variance > 0 else { throw .noVariation }
    self.estimator = estimator
    self.value = value
    standardError = variance.squareRoot()
  }

  /// The normal confidence interval of a level between zero and one.
  public func interval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: value - margin, upper: value + margin)
  }
}
