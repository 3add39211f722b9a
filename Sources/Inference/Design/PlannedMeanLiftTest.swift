#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A planned test of the relative lift of one mean over another, `L = m₁/m₀ − 1`, in large arms.
///
///     delta        (L̂ − L₀)/s      s² = (σ₁²/n₁ + R²σ₀²/n₀)/m₀²      R = 1 + L
///     logarithm    (ln R̂ − ln R₀)/s      s² = σ₁²/(n₁m₁²) + σ₀²/(n₀m₀²)
///     fieller      (m̂₁ − R₀m̂₀)/s      s² = σ₁²/n₁ + R₀²σ₀²/n₀
///
/// The tests are ``DeltaLiftTest``, ``LogLiftTest`` and ``FiellerRatioTest``. The standard error of a
/// lift grows with the lift, and the control's mean is itself an estimate: to plan a lift as a
/// difference over a fixed mean gives too few sessions.
///
/// Reference: Deng, Knoblich and Lu (2018), *KDD* 24, 233–242, section 3.
public struct PlannedMeanLiftTest: PlannedNormalTest, Hashable {
  /// The statistic of the test.
  public enum Statistic: String, CaseIterable, Codable, Sendable {
    /// The lift over its standard error by the delta method.
    case delta
    /// The logarithm of the ratio over its standard error.
    case logarithm
    /// The difference `m̂₁ − R₀m̂₀` over its standard error.
    case fieller
  }

  /// The control's mean `m₀`, positive.
  public let baseMean: Double
  /// The standard deviation `σ₁` of the offer's outcomes.
  public let offerDeviation: Double
  /// The standard deviation `σ₀` of the control's outcomes.
  public let controlDeviation: Double
  /// The lift `L₀` under the null hypothesis.
  public let null: Double
  /// The statistic of the test.
  public let statistic: Statistic
  public let rule: RejectionRule

  /// Plans a test.
  public init(
    baseMean: Double, offerDeviation: Double, controlDeviation: Double, null: Double = 0,
    statistic: Statistic = .logarithm, rule: RejectionRule = .once()
  ) {
    precondition(baseMean > 0 && baseMean.isFinite, "a lift is one over a positive mean")
    checkDeviation(offerDeviation)
    checkDeviation(controlDeviation)
    precondition(null > -1 && null.isFinite, "a lift under the null is above −1")
    self.baseMean = baseMean
    self.offerDeviation = offerDeviation
    self.controlDeviation = controlDeviation
    self.null = null
    self.statistic = statistic
    self.rule = rule
  }

  public var effects: ClosedRange<Double> { -1...(.infinity) }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    // Both deviations in units of the control's mean: what remains are ratios.
    let (one, zero) = (offerDeviation / baseMean, controlDeviation / baseMean)
    let (offer, control) = (one * one / sizes.offer, zero * zero / sizes.control)
    let (ratio, nullRatio) = (1 + effect, 1 + null)
    switch statistic {
    case .delta:
      return PlannedStatistic(
        departure: effect - null, variance: offer + ratio * ratio * control)
    case .logarithm:
      guard ratio > 0 else { return nil }
      return PlannedStatistic(
        departure: log1p((effect - null) / nullRatio),
        variance: offer / (ratio * ratio) + control)
    case .fieller:
      return PlannedStatistic(
        departure: effect - null, variance: offer + nullRatio * nullRatio * control)
    }
  }
}
