internal import Probability

/// The score test of a difference of two proportions, and the interval that inverts it.
///
///     z = (p̂₁ − p̂₀ − δ₀) / √(k V)      V = p₁q₁/n₁ + p₀q₀/n₀
///
/// `p₁` and `p₀` are the likeliest proportions that differ by `δ₀`, and `k` is 1 (Mee) or `N/(N − 1)`
/// (Miettinen and Nurminen). With a margin as its null, and `k` = 1, it is Farrington and Manning's
/// test of non-inferiority; at `δ₀ = 0` it is the pooled z test. It answers every pair of arms: where
/// all sessions ended alike the difference is zero, `p` is one, and the interval still has a length.
///
/// References: Miettinen and Nurminen (1985), *Statistics in Medicine* 4, 213–226; Mee (1984),
/// *Biometrics* 40, 1175–1176; Farrington and Manning (1990), *Statistics in Medicine* 9, 1447–1454.
public struct ScoreDifferenceTest: HypothesisTest {
  /// The variance in use.
  public let variance: ScoreVariance
  /// The difference under the null hypothesis.
  public let null: Double
  /// The statistic `z`, positive where the effect exceeds the null.
  public let z: Double
  private let fit: ConstrainedDifference

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The difference to test against, inside (−1, 1).
  ///   - variance: The variance in use.
  /// - Throws: `tooFewSessions` if an arm is empty.
  public init(
    offer: Tally, control: Tally, null: Double = 0, variance: ScoreVariance = .unbiased
  ) throws(InferenceError) {
    precondition(abs(null) < 1, "a difference under the null lies inside −1 and 1")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    fit = ConstrainedDifference(offer: offer, control: control)
    self.variance = variance
    self.null = null
    z = fit.point(fit.multiplier(at: null)).z / variance.factor(offer, control).squareRoot()
  }

  public var method: TestDescription {
    TestDescription(
      name: "score test of a difference",
      nullHypothesis: null == 0 ? "p₁ = p₀" : "p₁ − p₀ = \(null)", scale: .difference,
      twoSidedRule: .absoluteStatistic,
      intervalName: variance == .plain ? "Mee score" : "Miettinen–Nurminen score",
      intervalInvertsTest: true,
      reference: variance == .plain ? "Farrington and Manning 1990" : "Miettinen and Nurminen 1985")
  }

  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public var estimate: Double { fit.estimate }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let factor = variance.factor(fit.offer, fit.control)
    let critical = StandardNormal.upperQuantile((1 - level) / 2) * factor.squareRoot()
    return fit.interval(critical) { $0.z }
  }
}
