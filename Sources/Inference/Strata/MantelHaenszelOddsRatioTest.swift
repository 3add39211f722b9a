#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A Wald test of the odds ratio that strata have in common, made on the log scale.
///
///     z = (ln ψ̂ − ln ψ₀) / √v
///
/// with the Mantel–Haenszel odds ratio `ψ̂` and the variance `v` of Robins, Breslow and Greenland. Unlike
/// ``CochranMantelHaenszelTest``, whose estimate and interval are the same, it takes any null, and its
/// interval holds exactly those that it does not reject; so it serves margins of non-inferiority.
///
/// Reference: Robins, Breslow and Greenland (1986), *Biometrics* 42, 311–323.
public struct MantelHaenszelOddsRatioTest: HypothesisTest {
  /// The common odds ratio `ψ̂`.
  public let estimate: Double
  /// The standard error of its logarithm; positive and finite.
  public let logStandardError: Double
  /// The odds ratio under the null hypothesis.
  public let null: Double

  /// Compares an offer with a control, stratum by stratum.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The odds ratio to test against, above 0; one tests equality.
  /// - Throws: `tooFewSessions` if an arm is empty, `tooFewGroups` if the arms have no stratum in common,
  ///   `noVariation` if in no stratum sessions ended differently, `noSuccesses` of the arm without which
  ///   the ratio would be neither zero nor infinite.
  public init(
    offer: StratifiedTally, control: StratifiedTally, null: Double = 1
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "an odds ratio under the null lies above 0")
    let odds = MantelHaenszelOdds(try offer.informative(with: control))
    // No stratum has both a success of the arm and a failure of the other.
    guard odds.r > 0 else { throw .noSuccesses(arm: 1) }
    guard odds.s > 0 else { throw .noSuccesses(arm: 0) }
    estimate = odds.oddsRatio
    logStandardError = odds.logVariance.squareRoot()
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "Mantel–Haenszel odds ratio Wald", nullHypothesis: "odds ratio = \(null)",
      scale: .oddsRatio, twoSidedRule: .absoluteStatistic,
      intervalName: "Robins–Breslow–Greenland", intervalInvertsTest: true,
      reference: "Robins, Breslow and Greenland 1986")
  }

  /// The statistic `z`, positive where the odds ratio exceeds the null.
  public var z: Double { (log(estimate) - log(null)) / logStandardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    logInterval(around: estimate, standardError: logStandardError, level: level)
  }
}
