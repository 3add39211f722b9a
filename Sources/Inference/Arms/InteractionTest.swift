#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A Wald test of whether an offer works alike at two levels of another factor: the interaction of a
/// two-by-two factorial on the logit scale.
///
///     β̂ = ln ψ̂₁ − ln ψ̂₀      ψⱼ = odds of the offer over odds of the control at level j
///
///     v = Σ 1/x + 1/y over the four cells      z = (β̂ − β₀)/√v
///
/// `β̂` is the coefficient of the product in a logistic regression with both factors. The estimate is the
/// ratio of the two odds ratios. ``FactorialAnalysis`` has the likelihood-ratio test of the same
/// hypothesis, which also answers tables with zero cells and factors of more levels.
///
/// Reference: Agresti (2013), *Categorical Data Analysis*, section 5.4.
public struct InteractionTest: HypothesisTest {
  /// The interaction coefficient `β̂`, in nats.
  public let coefficient: Double
  /// Its standard error `√v`; positive and finite.
  public let standardError: Double
  /// The ratio of odds ratios under the null hypothesis.
  public let null: Double

  /// Compares the offer's odds ratio at the second level with that at the first.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer, at the first and at the second level.
  ///   - control: The sessions that were not.
  ///   - null: The ratio of odds ratios to test against, above 0; one tests for any interaction.
  /// - Throws: Of an arm at either level: `tooFewSessions` if it is empty, `noSuccesses`, `noFailures`.
  public init(
    offer: (first: Tally, second: Tally), control: (first: Tally, second: Tally), null: Double = 1
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "a ratio under the null lies above 0")
    for (arm, tally) in [
      (1, offer.first), (1, offer.second), (0, control.first), (0, control.second),
    ] {
      try tally.require(1, arm: arm)
      guard tally.successes > 0 else { throw .noSuccesses(arm: arm) }
      guard tally.failures > 0 else { throw .noFailures(arm: arm) }
    }
    let second = try LogOddsRatioTest(offer: offer.second, control: control.second)
    let first = try LogOddsRatioTest(offer: offer.first, control: control.first)
    coefficient = second.logOddsRatio - first.logOddsRatio
    standardError =
      (first.standardError * first.standardError + second.standardError * second.standardError)
      .squareRoot()
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "interaction on the logit scale", nullHypothesis: "ratio of odds ratios = \(null)",
      scale: .oddsRatio, twoSidedRule: .absoluteStatistic, intervalName: "Wald, logit scale",
      intervalInvertsTest: true, reference: "Agresti 2013, section 5.4")
  }

  /// The ratio of the odds ratio at the second level to that at the first, `exp β̂`.
  public var estimate: Double { exp(coefficient) }

  /// The statistic `z`, positive where the offer works better at the second level than under the null.
  public var z: Double { (coefficient - log(null)) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: exp(coefficient - margin), upper: exp(coefficient + margin))
  }
}
