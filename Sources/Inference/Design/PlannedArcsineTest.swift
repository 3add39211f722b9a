#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A planned test of two proportions by their angles, whose variance does not depend on them.
///
///     Z = h √(n₁n₀/(n₁ + n₀))      h = 2 arcsin √p₁ − 2 arcsin √p₀
///
/// It is Cohen's approximation, in `pwr.2p2n.test` and statsmodels' `NormalIndPower`. Effects are
/// differences, offer minus control.
///
/// Reference: Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*, section 6.2.
public struct PlannedArcsineTest: PlannedNormalTest, Hashable {
  /// The control's probability of success, `p₀`.
  public let baseRate: Double
  public let rule: RejectionRule

  /// Plans a test of equality.
  public init(baseRate: Double, rule: RejectionRule = .once()) {
    checkBaseRate(baseRate)
    self.baseRate = baseRate
    self.rule = rule
  }

  public var null: Double { 0 }
  public var effects: ClosedRange<Double> { -baseRate...(1 - baseRate) }

  /// Cohen's effect size `h` of a difference.
  public func angle(of effect: Double) -> Double {
    // sin of the difference of the two arcsines, which keeps the digits of a small effect.
    let p1 = min(max(baseRate + effect, 0), 1)
    let (crossed, other) = ((p1 * (1 - baseRate)).squareRoot(), (baseRate * (1 - p1)).squareRoot())
    let cosine = (p1 * baseRate).squareRoot() + ((1 - p1) * (1 - baseRate)).squareRoot()
    return 2 * atan2(effect / (crossed + other), cosine)
  }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    PlannedStatistic(departure: angle(of: effect), variance: 1 / sizes.offer + 1 / sizes.control)
  }
}
