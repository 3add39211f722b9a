#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A planned test of the odds ratio of two proportions on the log scale, as ``LogOddsRatioTest``.
///
///     Z = (ln ψ̂ − ln ψ₀)/s      s² = 1/(n₁p₁q₁) + 1/(n₀p₀q₀)      p₁ = ψp₀/(q₀ + ψp₀)
///
/// Effects are odds ratios, above zero. The standard error grows without bound as a proportion nears
/// 0 or 1, so that no size may be enough for an extreme ratio.
///
/// Reference: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*,
/// section 6.2.
public struct PlannedOddsRatioTest: PlannedNormalTest, Hashable {
  /// The control's probability of success, `p₀`.
  public let baseRate: Double
  /// The odds ratio `ψ₀` under the null hypothesis.
  public let null: Double
  public let rule: RejectionRule

  /// Plans a test.
  public init(baseRate: Double, null: Double = 1, rule: RejectionRule = .once()) {
    checkBaseRate(baseRate)
    precondition(null > 0 && null.isFinite, "an odds ratio is positive")
    self.baseRate = baseRate
    self.null = null
    self.rule = rule
  }

  public var effects: ClosedRange<Double> { 1e-9...1e9 }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    let q0 = 1 - baseRate
    let total = q0 + effect * baseRate
    // p₁q₁ as a product of quotients, without 1 − p₁.
    let spread = effect * baseRate / total * (q0 / total)
    return PlannedStatistic(
      departure: log(effect / null),
      variance: 1 / (sizes.offer * spread) + 1 / (sizes.control * baseRate * q0))
  }
}
