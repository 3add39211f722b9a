internal import Probability

/// The Breslow–Day test of whether strata share one odds ratio, with Tarone's correction.
///
///     χ² = Σ (x₁ⱼ − aⱼ)²/Vⱼ − (Σ(x₁ⱼ − aⱼ))²/ΣVⱼ      1/Vⱼ = 1/a + 1/(n₁−a) + 1/(s−a) + 1/(n₀−s+a)
///
/// `aⱼ` is the offer's successes that a stratum's margins and the common odds ratio imply. The second term
/// is Tarone's: the Mantel–Haenszel odds ratio is not the one of greatest likelihood, for which the sum
/// would be zero. Without it the statistic is not chi-squared, though rarely far from it.
///
/// The approximation is poor where many strata are small. Strata whose margins allow but one table do
/// not count, neither in the sum nor in the degrees of freedom.
///
/// References: Breslow and Day (1980), *Statistical Methods in Cancer Research* 1, equation 4.30;
/// Tarone (1985), *Biometrika* 72, 91–95.
public struct BreslowDayTest: Sendable {
  /// The common odds ratio of Mantel and Haenszel.
  public let commonOddsRatio: Double
  /// The statistic with Tarone's correction.
  public let chiSquared: Double
  /// The statistic without it, as Breslow and Day gave it.
  public let uncorrectedChiSquared: Double
  /// The degrees of freedom: strata that inform, less one.
  public let degreesOfFreedom: Int

  /// Compares the odds ratios of the strata.
  ///
  /// If the common odds ratio is zero or infinite, so is that of every stratum, and `χ²` is zero.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if in no stratum sessions ended
  ///   differently, `tooFewGroups` if in fewer than two.
  /// - Complexity: O(*k*) for *k* strata.
  public init(offer: StratifiedTally, control: StratifiedTally) throws(InferenceError) {
    let strata = try offer.informative(with: control)
    guard strata.count > 1 else { throw .tooFewGroups(count: strata.count, needed: 2) }
    commonOddsRatio = MantelHaenszelOdds(strata).oddsRatio
    degreesOfFreedom = strata.count - 1
    guard commonOddsRatio > 0, commonOddsRatio.isFinite else {
      (chiSquared, uncorrectedChiSquared) = (0, 0)
      return
    }
    var (sum, excess, variance) = (0.0, 0.0, 0.0)
    for (offer, control) in strata {
      let fit = fittedSuccesses(offer, control, oddsRatio: commonOddsRatio)
      let deviation = Double(offer.successes) - fit.successes
      sum += deviation * deviation / fit.variance
      excess += deviation
      variance += fit.variance
    }
    uncorrectedChiSquared = sum
    chiSquared = max(0, sum - excess * excess / variance)
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: "Breslow–Day, Tarone", nullHypothesis: "strata share one odds ratio",
      scale: .oddsRatio, twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "Breslow and Day 1980; Tarone 1985")
  }

  /// The probability of odds ratios at least as different if the strata share one.
  public var pValue: Double { law.survival(chiSquared) }
  /// The same by the statistic without Tarone's correction.
  public var uncorrectedPValue: Double { law.survival(uncorrectedChiSquared) }

  private var law: ChiSquaredDistribution {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom))
  }
}

/// The offer's successes at which the table with the same margins has an odds ratio, and the variance of
/// the large-sample law.
private func fittedSuccesses(
  _ offer: Tally, _ control: Tally, oddsRatio: Double
) -> (successes: Double, variance: Double) {
  let (n1, n0) = (Double(offer.trials), Double(control.trials))
  let s = Double(offer.successes + control.successes)
  // (1 − ψ)a² + b a − ψ n₁s = 0, whose other root is never a count.
  let (b, c) = (n0 - s + oddsRatio * (n1 + s), oddsRatio * n1 * s)
  let root = max(0, b * b + 4 * (1 - oddsRatio) * c).squareRoot()
  // b is negative only where ψ < 1; then this sum has one sign.
  let a = b > 0 ? 2 * c / (b + root) : (root - b) / (2 * (1 - oddsRatio))
  let variance = 1 / (1 / a + 1 / (n1 - a) + 1 / (s - a) + 1 / (n0 - s + a))
  return (a, variance)
}
