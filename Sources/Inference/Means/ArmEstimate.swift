/// The estimated level of one arm, with its variance: a mean, a ratio, a trimmed mean or a quantile.
///
/// Whatever estimates a level and says how far it may be off can be compared between two arms; see
/// ``ArmContrast``.
public struct ArmEstimate: Hashable, Sendable {
  /// The estimated level.
  public let value: Double
  /// The variance of the estimate.
  public let variance: Double
  /// The degrees of freedom of the variance; infinite where it counts as known.
  public let degreesOfFreedom: Double

  /// Creates an estimate from its figures.
  public init(value: Double, variance: Double, degreesOfFreedom: Double = .infinity) {
    precondition(value.isFinite && variance >= 0, "an estimate and its variance are numbers")
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
    self.value = value
    self.variance = variance
    self.degreesOfFreedom = degreesOfFreedom
  }
}

extension ArmEstimate {
  /// The mean of an arm, with variance `s²/n`.
  ///
  /// - Throws: `tooFewSessions` below two sessions, `overflow` if the variance is not finite.
  init(_ moments: Moments, arm: Int) throws(InferenceError) {
    guard moments.count >= 2 else {
      throw .tooFewSessions(arm: arm, count: moments.count, needed: 2)
    }
    guard moments.mean.isFinite, moments.variance.isFinite else { throw .overflow(arm: arm) }
    self.init(
      value: moments.mean, variance: moments.variance / Double(moments.count),
      degreesOfFreedom: Double(moments.count - 1))
  }
}
