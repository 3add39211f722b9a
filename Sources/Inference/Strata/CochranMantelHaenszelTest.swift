#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The Cochran–Mantel–Haenszel test: whether an offer changes the odds of success in strata that may
/// differ in all else.
///
///     H₀: ψⱼ = 1      z = Σ(x₁ⱼ − Eⱼ) / √ΣVⱼ      Eⱼ = n₁s/N      Vⱼ = n₁n₀sf / (N²(N − 1))
///
/// `s` and `f` are the successes and failures of both arms of a stratum and `N` its sessions. `z²` is the
/// chi-squared that other programs print. The correction brings `|Σ(x₁ − E)|` half a session closer to
/// zero, but not beyond it (R leaves a smaller deviation as it is). The estimate is the Mantel–Haenszel
/// common odds ratio, with the interval of Robins, Breslow and Greenland, which does not invert the test.
/// The test has little power where some strata favour the offer and others the control: ask
/// ``BreslowDayTest``.
///
/// References: Cochran (1954), *Biometrics* 10, 417–451; Mantel and Haenszel (1959), *JNCI* 22,
/// 719–748; Robins, Breslow and Greenland (1986), *Biometrics* 42, 311–323.
public struct CochranMantelHaenszelTest: HypothesisTest {
  /// How a count is corrected for coming in steps.
  public let correction: ContinuityCorrection
  /// The offer's successes beyond those expected, `Σ(x₁ − E)`.
  public let excess: Double
  /// Its standard deviation under the null; positive.
  public let standardError: Double
  /// The Mantel–Haenszel common odds ratio; zero or +∞ if the strata allow no other.
  public let estimate: Double
  /// The standard error of its logarithm; infinite where that is.
  public let logStandardError: Double

  /// Compares an offer with a control, stratum by stratum.
  ///
  /// Strata in which an arm has no session, or all sessions ended alike, say nothing.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, `tooFewGroups` if the arms have no stratum in common,
  ///   `noVariation` if in no stratum sessions ended differently.
  /// - Complexity: O(*k*) for *k* strata.
  public init(
    offer: StratifiedTally, control: StratifiedTally, correction: ContinuityCorrection = .none
  ) throws(InferenceError) {
    let strata = try offer.informative(with: control)
    var (excess, variance) = (0.0, 0.0)
    for (offer, control) in strata {
      let (n1, n0) = (Double(offer.trials), Double(control.trials))
      let n = n1 + n0
      let successes = Double(offer.successes + control.successes)
      let weight = n1 * n0 / n
      excess += weight * offer.difference(from: control)
      variance += weight * (successes / n) * ((n - successes) / (n - 1))
    }
    let odds = MantelHaenszelOdds(strata)
    self.correction = correction
    self.excess = excess
    standardError = variance.squareRoot()
    estimate = odds.oddsRatio
    logStandardError = odds.logVariance.squareRoot()
  }

  public var method: TestDescription {
    TestDescription(
      name: correction == .none
        ? "Cochran–Mantel–Haenszel" : "Cochran–Mantel–Haenszel, continuity correction",
      nullHypothesis: "odds ratio = 1 in every stratum", scale: .oddsRatio,
      twoSidedRule: correction.twoSidedRule, intervalName: "Robins–Breslow–Greenland",
      intervalInvertsTest: false,
      reference: "Mantel and Haenszel 1959; Robins, Breslow and Greenland 1986")
  }

  /// The statistic `z`, positive where the offer did better; corrected, if the test is.
  public var z: Double {
    let distance = max(abs(excess) - step, 0)
    return (excess < 0 ? -distance : distance) / standardError
  }
  /// The statistic `z²`, chi-squared with one degree of freedom under the null.
  public var chiSquared: Double { z * z }

  /// The common odds ratio under the null: one.
  public var null: Double { 1 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(
      of: excess, correction: step, standardError: standardError,
      survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    logInterval(around: estimate, standardError: logStandardError, level: level)
  }

  /// Half a session, if the test is corrected.
  private var step: Double { correction == .none ? 0 : 0.5 }
}

/// The interval of a ratio that is symmetric on the log scale; unbounded if the standard error is
/// infinite.
func logInterval(around ratio: Double, standardError: Double, level: Double) -> Interval {
  checkLevel(level)
  guard standardError.isFinite else { return Interval(lower: 0, upper: .infinity) }
  let factor = exp(StandardNormal.upperQuantile((1 - level) / 2) * standardError)
  return Interval(lower: ratio / factor, upper: ratio * factor)
}
