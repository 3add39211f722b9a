/// Means of the middle of the values, for outcomes with a few extremes.
///
///     g = ⌊γn⌋      h = n − 2g      Var(m_t) = S_w / (h (h − 1))      ν = h − 1
///
/// The `g` least and the `g` greatest values are left out of the mean `m_t`; `S_w`, the sum of
/// squares of the values with those drawn in to their neighbours, is its error. What is compared are
/// the trimmed means, which differ from the means where the law is skewed.
///
/// Reference: Yuen (1974), *Biometrika* 61, 165–170.
public struct TrimmedMean: Hashable, Sendable {
  /// The share `γ` that is cut from each end, from 0 to below one half.
  public let trim: Double

  /// Creates a way to trim.
  public init(trim: Double = 0.2) {
    precondition(0 <= trim && trim < 0.5, "a trimmed mean keeps a middle")
    self.trim = trim
  }

  /// The trimmed mean of one arm.
  ///
  /// - Throws: `tooFewSessions` if fewer than two values are left.
  public func estimate(_ sample: ValueCounts, arm: Int) throws(InferenceError) -> ArmEstimate {
    let n = sample.count
    let cut = Int(trim * Double(n))
    let kept = n - 2 * cut
    guard kept >= 2 else { throw .tooFewSessions(arm: arm, count: n, needed: 2 * cut + 2) }
    let range = sample.value(ofRank: cut + 1)...sample.value(ofRank: n - cut)
    let winsorized = sample.moments(clampedTo: range)
    // The winsorised sum has each end's value `cut` times more than the trimmed one.
    let surplus = Double(cut) / Double(kept)
    let mean =
      winsorized.mean + surplus * (winsorized.mean - range.lowerBound)
      + surplus * (winsorized.mean - range.upperBound)
    let variance = winsorized.sumOfSquaredDeviations / (Double(kept) * Double(kept - 1))
    guard mean.isFinite, variance.isFinite else { throw .overflow(arm: arm) }
    return ArmEstimate(value: mean, variance: variance, degreesOfFreedom: Double(kept - 1))
  }

  /// Compares the trimmed means of two arms: Yuen's test, by ``DifferenceTest``.
  ///
  /// - Throws: `tooFewSessions`, `noVariation`, `overflow`.
  public func effect(
    offer: ValueCounts, control: ValueCounts
  ) throws(InferenceError) -> ArmContrast {
    let control = try estimate(control, arm: 0)
    return try ArmContrast(
      offer: estimate(offer, arm: 1), control: control,
      estimator: .init("Yuen, \(trim) trimmed from each end", reference: "Yuen 1974"))
  }
}
