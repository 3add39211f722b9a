#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The score test of a relative lift that is the same in every stratum, its interval, and a test of
/// whether it is the same.
///
///     z(θ) = Σ Sⱼ / √(Σ Iⱼ)      Sⱼ = (x₁ⱼ − n₁ⱼp₁ⱼ)/q₁ⱼ      1/Iⱼ = q₁ⱼ/(n₁ⱼp₁ⱼ) + q₀ⱼ/(n₀ⱼp₀ⱼ)
///
/// `p₁ⱼ` and `p₀ⱼ` are the likeliest proportions of stratum `j` whose ratio is `θ`; `Sⱼ` is the score of
/// `ln θ` and `Iⱼ` its information, so that strata weigh by inverse variance. The estimate is the ratio at
/// which `z` is zero, the maximum of the likelihood, and there `Q = Σ Sⱼ²/Iⱼ` is chi-squared with one
/// degree of freedom less than strata, if they share one ratio. Strata in which all sessions ended
/// alike are left out.
///
/// Reference: Gart and Nam (1988), *Biometrics* 44, 323–338, sections 4 and 5, without the correction
/// for skewness.
public struct StratifiedScoreRatioTest: HypothesisTest {
  /// The lift under the null hypothesis.
  public let null: Double
  /// The common relative lift, `θ̂ − 1`; +∞ if no control session succeeded.
  public let estimate: Double
  /// The strata that inform about the ratio.
  private let fits: [ConstrainedRatio]

  /// Compares the offer with the control of each stratum.
  ///
  /// - Parameters:
  ///   - strata: The two arms of each stratum.
  ///   - null: The lift to test against, above −1; zero tests equality.
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if in no stratum sessions ended
  ///   differently.
  /// - Complexity: O(*k*) for *k* strata, some fifty times.
  public init(
    strata: [(offer: Tally, control: Tally)], null: Double = 0
  ) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift under the null lies above −100 %")
    var fits: [ConstrainedRatio] = []
    for stratum in strata {
      try stratum.offer.require(1, arm: 1)
      try stratum.control.require(1, arm: 0)
      guard stratum.offer.pooledStandardError(with: stratum.control) != nil else { continue }
      fits.append(ConstrainedRatio(offer: stratum.offer, control: stratum.control))
    }
    guard !fits.isEmpty else { throw .noVariation }
    self.fits = fits
    self.null = null
    estimate = Self.lift(of: fits, at: 0)
  }

  public var method: TestDescription {
    TestDescription(
      name: "stratified score test of a ratio",
      nullHypothesis: null == 0 ? "p₁ / p₀ = 1" : "p₁ / p₀ = \(1 + null)", scale: .relativeLift,
      twoSidedRule: .absoluteStatistic, intervalName: "stratified score",
      intervalInvertsTest: true, reference: "Gart and Nam 1988")
  }

  /// The statistic `z`, positive where the lift exceeds the null.
  public var z: Double { Self.z(of: fits, lift: null) }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let critical = StandardNormal.upperQuantile((1 - level) / 2)
    return Interval(
      lower: min(Self.lift(of: fits, at: critical), estimate),
      upper: max(Self.lift(of: fits, at: -critical), estimate))
  }

  /// The statistic of homogeneity `Q` and its p-value: small where strata differ in their ratios. It
  /// needs two strata, and a finite estimate above −1; else `Q` is zero.
  public var homogeneity: (q: Double, pValue: Double) {
    guard fits.count > 1, estimate > -1, estimate.isFinite else { return (0, 1) }
    let q = fits.reduce(0) { sum, fit in
      let z = fit.point(lift: estimate).z
      return sum + z * z
    }
    return (q, ChiSquaredDistribution(degreesOfFreedom: Double(fits.count - 1)).survival(q))
  }

  private static func z(of fits: [ConstrainedRatio], lift: Double) -> Double {
    var (score, information) = (0.0, 0.0)
    for fit in fits {
      let point = fit.point(lift: lift)
      score += point.score
      information += point.information
    }
    return score / information.squareRoot()
  }

  /// The lift at which the statistic has a value; −1 or +∞ where it is on one side of it for all.
  ///
  /// The statistic falls as the ratio rises, so that steps of doubled length bracket the root.
  private static func lift(of fits: [ConstrainedRatio], at value: Double) -> Double {
    if value >= 0, fits.allSatisfy({ $0.offer.successes == 0 }) { return -1 }
    if value <= 0, fits.allSatisfy({ $0.control.successes == 0 }) { return .infinity }
    func excess(_ logRatio: Double) -> Double { z(of: fits, lift: expm1(logRatio)) - value }
    let rises = excess(0) > 0
    var (near, far) = (0.0, rises ? 1.0 : -1.0)
    while (excess(far) > 0) == rises {
      // A ratio beyond e^±600 is as good as none.
      guard abs(far) < 600 else { return rises ? .infinity : -1 }
      (near, far) = (far, 2 * far)
    }
    return expm1(findRoot(from: near, to: far, absoluteError: 1e-15, of: excess) ?? far)
  }
}
