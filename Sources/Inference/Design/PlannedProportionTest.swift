/// A planned test of the difference of two proportions.
///
///     Z = (p̂₁ − p̂₀ − δ₀)/s₀      s₁² = p₁q₁/n₁ + p₀q₀/n₀
///
/// The score test takes `s₀` from the fit under the null: pooled for `δ₀ = 0`, as ``PooledZTest``, and
/// Farrington and Manning's for a margin, as ``ScoreDifferenceTest``. The unpooled test has `s₀ = s₁`.
/// With equal arms and a one-sided error the sizes are those of R's `power.prop.test`, with any
/// allocation those of gsDesign's `nBinomial`.
///
/// Effects are differences, offer minus control. A margin of non-inferiority `m` is the null `−m`
/// with the alternative `greater`.
///
/// References: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*, section
/// 4.2; Farrington and Manning (1990), *Statistics in Medicine* 9, 1447–1454.
public struct PlannedProportionTest: PlannedNormalTest, Hashable {
  /// Where the variance of the test comes from.
  public enum Variance: String, CaseIterable, Codable, Sendable {
    /// From the fit under the null.
    case score
    /// From each arm by itself.
    case unpooled
  }

  /// The control's probability of success, `p₀`.
  public let baseRate: Double
  /// The difference `δ₀` under the null hypothesis.
  public let null: Double
  /// Where the variance of the test comes from.
  public let variance: Variance
  public let rule: RejectionRule

  /// Plans a test.
  public init(
    baseRate: Double, null: Double = 0, variance: Variance = .score, rule: RejectionRule = .once()
  ) {
    checkBaseRate(baseRate)
    precondition(
      -baseRate < null && null < 1 - baseRate, "a difference under the null is one there can be")
    self.baseRate = baseRate
    self.null = null
    self.variance = variance
    self.rule = rule
  }

  public var effects: ClosedRange<Double> { -baseRate...(1 - baseRate) }

  public func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic? {
    let shares = ExpectedShares(
      sizes: sizes, offer: min(max(baseRate + effect, 0), 1), control: baseRate)
    return PlannedStatistic(
      departure: effect - null, variance: shares.variance(),
      assumed: variance == .score ? shares.variance(constrainedDifference: null) : nil)
  }
}

/// Stops a caller whose base rate allows of no test.
@inline(__always)
func checkBaseRate(_ rate: Double) {
  precondition(0 < rate && rate < 1, "a base rate lies between 0 and 1")
}
