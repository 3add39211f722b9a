/// Thresholds that draw extreme values in, taken from the values of both arms together.
///
/// Values beyond a threshold count as the threshold. Because it is the same in both arms, an offer
/// that changes how many values are extreme is still seen; a threshold of each arm's own would hide
/// it. The mean of what is left is not the mean: the thresholds belong in the answer.
///
/// Reference: Tukey (1962), *The Annals of Mathematical Statistics* 33, 1–67, section 3.
public struct Winsorization: Hashable, Sendable {
  /// The values that the least and the greatest count as.
  public let range: ClosedRange<Double>

  /// Uses thresholds that are known beforehand.
  public init(range: ClosedRange<Double>) { self.range = range }

  /// Takes the thresholds from the quantiles of both arms' values.
  ///
  /// - Parameters:
  ///   - lower: The share of values below the lower threshold, 0 for none.
  ///   - upper: The share of values up to the upper threshold, 1 for all.
  ///   - offer: The values of the offer's arm.
  ///   - control: The values of the control's arm.
  /// - Throws: `tooFewSessions` if there is no value.
  public init(
    lower: Double = 0, upper: Double, of offer: ValueCounts, _ control: ValueCounts
  ) throws(InferenceError) {
    precondition(0 <= lower && lower < upper && upper <= 1, "thresholds are in order")
    let pooled = ValueCounts(merging: [control, offer])
    guard pooled.count > 0 else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    range = pooled.quantile(lower)...pooled.quantile(upper)
  }

  /// Compares the winsorised means of two arms, with Welch's degrees of freedom.
  ///
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `noVariation`, `overflow`.
  public func effect(
    offer: ValueCounts, control: ValueCounts
  ) throws(InferenceError) -> ArmContrast {
    let control = try ArmEstimate(control.moments(clampedTo: range), arm: 0)
    return try ArmContrast(
      offer: ArmEstimate(offer.moments(clampedTo: range), arm: 1), control: control,
      estimator: .init(
        "Welch, winsorised to \(range.lowerBound)…\(range.upperBound)", reference: "Tukey 1962"))
  }
}
