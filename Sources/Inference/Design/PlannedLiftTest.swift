#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A planned test of the relative lift of one proportion over another, `L = p₁/p₀ − 1`.
///
///     delta        (L̂ − L₀)/s      s² = (R/p₀)² (q₁p₀²/(n₁p₁) + p₀q₀/n₀)      R = 1 + L
///     logarithm    (ln R̂ − ln R₀)/s      s² = q₁/(n₁p₁) + q₀/(n₀p₀)
///     fieller      (p̂₁ − R₀p̂₀)/s      s² = p₁q₁/n₁ + R₀²p₀q₀/n₀
///     score        the same, its variance from the fit under p₁ = R₀p₀
///
/// The standard error of a lift grows with the lift, so that the detectable lift is no multiple of the
/// standard error at none: a planner that takes it so gives back another power than it was asked for.
/// For the same reason no size may be enough to find a great loss: on the logarithmic scale the power
/// first rises and then falls as the offer's rate goes to zero.
///
/// The tests are ``LogRatioTest``, ``FiellerLiftTest`` and ``ScoreRatioTest``; the delta method is
/// that of experiment platforms.
///
/// Reference: Farrington and Manning (1990), *Statistics in Medicine* 9, 1447–1454, section 5.
public struct PlannedLiftTest: PlannedNormalTest, Hashable {
  /// The statistic of the test.
  public enum Statistic: String, CaseIterable, Codable, Sendable {
    /// The lift over its standard error by the delta method.
    case delta
    /// The logarithm of the ratio over its standard error.
    case logarithm
    /// The difference `p̂₁ − R₀p̂₀`, with each arm's own variance.
    case fieller
    /// The same difference, with the variance of the fit under the null.
    case score
  }

  /// The control's probability of success, `p₀`.
  public let baseRate: Double
  /// The lift `L₀` under the null hypothesis.
  public let null: Double
  /// The statistic of the test.
  public let statistic: Statistic
  public let rule: RejectionRule

  /// Plans a test.
  public init(
    baseRate: Double, null: Double = 0, statistic: Statistic = .logarithm,
    rule: RejectionRule = .once()
  ) {
    checkBaseRate(baseRate)
    precondition(
      -1 < null && (1 + null) * baseRate < 1, "a lift under the null is one there can be")
    self.baseRate = baseRate
    self.null = null
    self.statistic = statistic
    self.rule = rule
  }

  public var effects: ClosedRange<Double> { -1...((1 - baseRate) / baseRate) }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    let rate = min(max(baseRate * (1 + effect), 0), 1)
    let shares = ExpectedShares(sizes: sizes, offer: rate, control: baseRate)
    let nullRatio = 1 + null
    switch statistic {
    case .delta:
      // Without a success the estimate is −1 and its standard error zero: the test cannot be made.
      guard rate > 0 else { return nil }
      let ratio = 1 + effect
      return PlannedStatistic(
        departure: effect - null,
        variance: shares.variance(controlWeight: ratio * ratio) / (baseRate * baseRate))
    case .logarithm:
      guard rate > 0 else { return nil }
      return PlannedStatistic(
        departure: log1p((effect - null) / nullRatio),
        variance: (1 - rate) / (sizes.offer * rate)
          + (1 - baseRate) / (sizes.control * baseRate))
    case .fieller, .score:
      return PlannedStatistic(
        departure: baseRate * (effect - null),
        variance: shares.variance(controlWeight: nullRatio * nullRatio),
        assumed: statistic == .score ? shares.variance(constrainedRatio: nullRatio) : nil)
    }
  }
}
