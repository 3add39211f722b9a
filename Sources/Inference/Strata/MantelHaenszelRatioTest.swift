#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A Wald test of the relative lift that strata have in common, made on the log scale.
///
///     θ̂ = R/S      R = Σ x₁n₀/N      S = Σ x₀n₁/N      v = Σ (n₁n₀s − x₁x₀N)/N² / (RS)
///
/// with `s = x₁ + x₀` in each stratum of `N` sessions. The variance is consistent both for few large strata
/// and for many small ones. Lift is `θ − 1`.
///
/// References: Mantel and Haenszel (1959); Greenland and Robins (1985), *Biometrics* 41, 55–68,
/// equation 13.
public struct MantelHaenszelRatioTest: HypothesisTest {
  /// The logarithm of the common ratio, `ln θ̂`, in nats.
  public let logRatio: Double
  /// Its standard error `√v`, in nats; positive and finite.
  public let standardError: Double
  /// The lift under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control, stratum by stratum.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The lift to test against, above −1; zero tests equality.
  /// - Throws: `tooFewSessions` if an arm is empty, `tooFewGroups` if the arms have no stratum in common,
  ///   `noSuccesses` if no session of an arm succeeded there, `noVariation` if there is no standard
  ///   error.
  public init(
    offer: StratifiedTally, control: StratifiedTally, null: Double = 0
  ) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift under the null lies above −100 %")
    var (r, s, spread) = (0.0, 0.0, 0.0)
    for (offer, control) in try offer.matched(with: control) {
      let (n1, n0) = (Double(offer.trials), Double(control.trials))
      let (x1, x0) = (Double(offer.successes), Double(control.successes))
      let n = n1 + n0
      r += x1 * n0 / n
      s += x0 * n1 / n
      // n₁n₀s − x₁x₀N.
      spread += (n1 * x0 * (n0 - x1) + n0 * x1 * (n1 - x0)) / (n * n)
    }
    guard r > 0 else { throw .noSuccesses(arm: 1) }
    guard s > 0 else { throw .noSuccesses(arm: 0) }
    guard spread > 0 else { throw .noVariation }
    logRatio = log(r / s)
    standardError = (spread / r / s).squareRoot()
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "Mantel–Haenszel ratio Wald",
      nullHypothesis: null == 0 ? "p₁ / p₀ = 1" : "p₁ / p₀ = \(1 + null)", scale: .relativeLift,
      twoSidedRule: .absoluteStatistic, intervalName: "Greenland–Robins log",
      intervalInvertsTest: true, reference: "Greenland and Robins 1985")
  }

  /// The common relative lift, `θ̂ − 1`.
  public var estimate: Double { expm1(logRatio) }

  /// The statistic `z`, positive where the lift exceeds the null.
  public var z: Double { (logRatio - log1p(null)) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: expm1(logRatio - margin), upper: expm1(logRatio + margin))
  }
}
