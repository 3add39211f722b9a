internal import Probability

/// The z test of one proportion against a known one.
///
///     z = (p̂ − p₀) / s      s² = p₀q₀/n, or p̂q̂/n
///
/// With the variance under the null it is the score test, which ``WilsonInterval`` inverts; with the
/// estimated variance it is Wald's, whose interval is `p̂ ± z s`, and which rejects too often.
///
/// Reference: Agresti (2013), *Categorical Data Analysis*, section 1.4.
public struct OneProportionZTest: HypothesisTest {
  /// Where the variance is taken from.
  public enum Variance: String, Codable, Sendable {
    /// The proportion under the null hypothesis (score test).
    case null
    /// The proportion observed (Wald test).
    case estimated
  }

  /// The sessions.
  public let tally: Tally
  /// The proportion under the null hypothesis.
  public let null: Double
  /// Where the variance is taken from.
  public let variance: Variance

  /// Compares a proportion with a known one.
  ///
  /// - Throws: `tooFewSessions` if there are none, `noVariation` if all ended alike and the
  ///   variance is to be estimated.
  public init(
    _ tally: Tally, null: Double, variance: Variance = .null
  ) throws(InferenceError) {
    precondition(0 < null && null < 1, "a proportion under the null lies inside 0 and 1")
    try tally.require(1, arm: 0)
    guard variance == .null || tally.proportionVariance > 0 else { throw .noVariation }
    self.tally = tally
    self.null = null
    self.variance = variance
  }

  public var method: TestDescription {
    TestDescription(
      name: variance == .null ? "one-proportion score z" : "one-proportion Wald z",
      nullHypothesis: "p = \(null)", scale: .difference, twoSidedRule: .absoluteStatistic,
      intervalName: variance == .null ? WilsonInterval.name : WaldInterval.name,
      intervalInvertsTest: true, reference: "Agresti 2013, section 1.4")
  }

  /// The share of sessions that succeeded.
  public var estimate: Double { tally.proportion }

  /// The standard error in use.
  public var standardError: Double {
    switch variance {
    case .null: (null * (1 - null) / Double(tally.trials)).squareRoot()
    case .estimated: tally.proportionVariance.squareRoot()
    }
  }

  /// The statistic `z`, positive where the proportion exceeds the null.
  public var z: Double { (estimate - null) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    guard variance == .estimated else { return WilsonInterval(level: level).proportion(tally) }
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: max(0, estimate - margin), upper: min(1, estimate + margin))
  }
}
