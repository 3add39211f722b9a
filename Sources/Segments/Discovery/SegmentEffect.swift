public import Inference

/// The effect of an arm against the baseline, in the unit of the reward.
public struct SegmentEffect: Hashable, Sendable {
  /// The mean reward of the arm minus that of the baseline.
  public let difference: Double
  /// The standard error of the difference, robust to unequal variances and to customers with
  /// several sessions.
  public let standardError: Double
  /// The confidence interval of the difference.
  public let interval: Interval
}
