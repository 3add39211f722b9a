internal import Probability

/// The Cochran–Armitage test of a trend: whether the proportions of ordered arms, say of growing
/// discounts, rise or fall with a score.
///
///     β̂ = Σ nᵢ(sᵢ − s̄)p̂ᵢ / Σ nᵢ(sᵢ − s̄)²      z = β̂ √(Σ nᵢ(sᵢ − s̄)²) / √(p̄q̄)
///
/// `β̂` is the slope of the weighted regression of proportions on scores, in share of sessions per unit of
/// score, `s̄` the scores' mean over sessions. `z²` is R's `prop.trend.test`. All the power goes into
/// the one direction; the rest of the chi-squared of ``KSampleProportionTest`` tests for departures from a
/// line. The interval takes the variance that each arm shows, and does not invert the test.
///
/// References: Cochran (1954), *Biometrics* 10, 417–451; Armitage (1955), *Biometrics* 11, 375–386.
public struct TrendTest: HypothesisTest {
  /// The slope, per unit of score.
  public let estimate: Double
  /// The standard error of the slope if there is no trend; positive.
  public let nullStandardError: Double
  /// The standard error of the slope, from each arm's own variance.
  public let standardError: Double
  /// The chi-squared statistic of departures from the line.
  public let departure: Double
  /// Its degrees of freedom: arms less two.
  public let departureDegreesOfFreedom: Int

  /// Looks for a trend.
  ///
  /// - Parameters:
  ///   - arms: The tallies of the arms.
  ///   - scores: A finite score for each arm, in any order.
  /// - Throws: `tooFewArms` if there are fewer than two, `tooFewSessions` if one is empty, `noVariation` if
  ///   all sessions ended alike or all scores are the same.
  public init(arms: [Tally], scores: [Double]) throws(InferenceError) {
    precondition(arms.count == scores.count, "every arm has a score")
    precondition(scores.allSatisfy(\.isFinite), "a score is a number")
    let whole = try KSampleProportionTest(arms: arms)
    let all = Tally(merging: arms)
    let sessions = Double(all.trials)
    let mean = zip(arms, scores).reduce(0) { $0 + Double($1.0.trials) / sessions * $1.1 }
    var (cross, square, variance) = (0.0, 0.0, 0.0)
    for (tally, score) in zip(arms, scores) {
      let weight = Double(tally.trials) * (score - mean)
      cross += weight * tally.difference(from: all)
      square += weight * (score - mean)
      variance += weight * weight * tally.proportionVariance
    }
    guard square > 0, Set(scores).count > 1 else { throw .noVariation }
    let spread = all.proportion * (Double(all.failures) / sessions)
    estimate = cross / square
    nullStandardError = (spread / square).squareRoot()
    standardError = variance.squareRoot() / square
    let z = estimate / nullStandardError
    departure = max(0, whole.chiSquared - z * z)
    departureDegreesOfFreedom = arms.count - 2
  }

  public var method: TestDescription {
    TestDescription(
      name: "Cochran–Armitage trend", nullHypothesis: "no trend of the proportions",
      scale: .difference, twoSidedRule: .absoluteStatistic, intervalName: "Wald slope",
      intervalInvertsTest: false, reference: "Armitage 1955")
  }

  /// The statistic `z`, positive where proportions rise with the score.
  public var z: Double { estimate / nullStandardError }
  /// The statistic `z²`, chi-squared with one degree of freedom under the null.
  public var chiSquared: Double { z * z }

  /// The slope under the null: zero.
  public var null: Double { 0 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }

  /// The p-value of departures from the line; one if there are but two arms, which always lie on one.
  public var departurePValue: Double {
    guard departureDegreesOfFreedom > 0 else { return 1 }
    return ChiSquaredDistribution(degreesOfFreedom: Double(departureDegreesOfFreedom))
      .survival(departure)
  }
}
