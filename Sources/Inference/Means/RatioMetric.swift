/// A metric that is a ratio of two sums over sessions or customers, by the delta method.
///
///     R = Σ aᵢ / Σ bᵢ = ā / b̄      Var(R) ≈ (s_a² − 2R s_ab + R² s_b²) / (n b̄²)
///
/// Retained revenue per offered session, sessions per customer: where the unit that was randomised
/// (the customer) is not the unit that is counted, this is the variance that holds.
///
/// Reference: Deng, Knoblich and Lu (2018), *KDD '18*, 233–242, equation 4.
public enum RatioMetric {
  /// The ratio of one arm, from the moments of numerator (first) and denominator (second).
  ///
  /// - Throws: `tooFewSessions` below two units, `invalidValue` if the denominators sum to zero,
  ///   `overflow` if the variance is not finite.
  public static func estimate(
    _ moments: CrossMoments, arm: Int
  ) throws(InferenceError) -> ArmEstimate {
    let n = moments.count
    guard n >= 2 else { throw .tooFewSessions(arm: arm, count: n, needed: 2) }
    precondition(moments.dimension == 2, "a ratio has a numerator and a denominator")
    let gradient = try gradient(moments, numerator: 0, denominator: 1, arm: arm)
    let variance = moments.variance(along: gradient) / Double(n)
    let ratio = moments.means[0] / moments.means[1]
    guard ratio.isFinite, variance.isFinite else { throw .overflow(arm: arm) }
    return ArmEstimate(value: ratio, variance: variance, degreesOfFreedom: Double(n - 1))
  }

  /// The difference of two arms' ratios.
  ///
  /// - Throws: What ``estimate(_:arm:)`` throws, and `noVariation` if neither ratio varies.
  public static func effect(
    offer: CrossMoments, control: CrossMoments
  ) throws(InferenceError) -> ArmContrast {
    let control = try estimate(control, arm: 0)
    return try ArmContrast(
      offer: estimate(offer, arm: 1), control: control,
      estimator: .init("ratio metric, delta method", reference: "Deng, Knoblich and Lu 2018"))
  }

  /// The gradient of the ratio of two means with respect to all means, `(1/b̄, −R/b̄)` at the two.
  static func gradient(
    _ moments: CrossMoments, numerator: Int, denominator: Int, arm: Int
  ) throws(InferenceError) -> [Double] {
    let below = moments.means[denominator]
    guard below != 0 else { throw .invalidValue(arm: arm, value: 0) }
    var gradient = Array(repeating: 0.0, count: moments.dimension)
    gradient[numerator] = 1 / below
    gradient[denominator] = -moments.means[numerator] / below / below
    return gradient
  }
}
