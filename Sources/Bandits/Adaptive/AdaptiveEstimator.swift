public import Inference

/// A way to estimate what an arm is worth from the log of a policy that learned as it went.
///
/// Such a policy stops showing an arm when its luck is bad, so that the plain mean of an arm's rewards is
/// too low and not normal: for three equal arms nominal 90 % intervals of contrasts hold 80 %.
public protocol AdaptiveEstimator: Sendable {
  /// The name of the estimator.
  var name: String { get }
  /// The mean reward of an arm.
  func value(of arm: Arm, in log: AdaptiveLog) throws(InferenceError) -> AdaptiveEstimate
  /// The mean reward of an arm less that of another.
  func contrast(
    of arm: Arm, minus other: Arm, in log: AdaptiveLog
  ) throws(InferenceError) -> AdaptiveEstimate
}
