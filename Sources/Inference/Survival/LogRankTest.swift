internal import LinearAlgebra
internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The log-rank test of two arms, with weights and strata if wanted.
///
///     H₀: λ₁(t) = λ₀(t)        z = U/√V        U = Σ w (d₁ − d n₁/n)
///
/// over the times of events, with the hypergeometric variance `V`. `z²` is the chi-squared statistic
/// that other programs print. The estimate is the hazard ratio one Newton step away from none,
///
///     ln θ̂ = U / Σ w v        with standard error √V / Σ w v
///
/// (Peto's, where all weights are one). It falls short of a large effect; ``HazardRatioTest`` does
/// not. A ratio below one favours the offer, so that `less` is the alternative in which it helps.
///
/// References: Mantel (1966), *Cancer Chemotherapy Reports* 50, 163–170; Peto and Peto (1972),
/// *JRSS A* 135, 185–207; Yusuf et al. (1985), *Progress in Cardiovascular Diseases* 27, 335–371.
public struct LogRankTest: HypothesisTest {
  /// Which times count how much.
  public let weight: LogRankWeight
  /// The score `U` of the offer: events beyond those expected, weighted; negative is good.
  public let score: Double
  /// Its variance `V` under the null hypothesis.
  public let variance: Double
  /// The log hazard ratio after one step, `ln θ̂`.
  public let logHazardRatio: Double
  /// The standard error of `ln θ̂`.
  public let standardError: Double

  /// Compares an offer with a control.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, `noEvents` if neither had an event,
  ///   `noVariation` if no event came while both arms were at risk, `overflow` if the ratio of the
  ///   hazards is beyond doubles.
  /// - Complexity: O(*k*) for *k* distinct times.
  public init(
    offer: LifeTable, control: LifeTable, weight: LogRankWeight = .logRank
  ) throws(InferenceError) {
    try self.init(strata: [(offer, control)], weight: weight)
  }

  /// Compares an offer with a control inside each stratum, and adds the scores and variances.
  public init(
    strata: [(offer: LifeTable, control: LifeTable)], weight: LogRankWeight = .logRank
  ) throws(InferenceError) {
    try LifeTable(merging: strata.map(\.control)).requireSessions(arm: 0)
    try LifeTable(merging: strata.map(\.offer)).requireSessions(arm: 1)
    let sums = LogRankSums(strata: strata.map { [$0.control, $0.offer] }, weight: weight)
    guard sums.observed.reduce(0, +) > 0 else { throw .noEvents }
    guard sums.covariance[1, 1] > 0, sums.slope > 0 else { throw .noVariation }
    self.weight = weight
    score = sums.scores[1]
    variance = sums.covariance[1, 1]
    logHazardRatio = score / sums.slope
    standardError = variance.squareRoot() / sums.slope
    guard exp(abs(logHazardRatio)).isFinite else { throw .overflow(arm: 1) }
  }

  public var method: TestDescription {
    TestDescription(
      name: weight.name, nullHypothesis: "λ₁(t) = λ₀(t)", scale: .hazardRatio,
      twoSidedRule: .absoluteStatistic, intervalName: "one-step hazard ratio",
      intervalInvertsTest: true, reference: "Mantel 1966; Peto and Peto 1972")
  }

  /// The statistic `z`, negative where the offer delays the event.
  public var z: Double { score / variance.squareRoot() }
  /// The statistic `z²`, chi-squared with one degree of freedom under the null.
  public var chiSquared: Double { z * z }

  /// The hazard ratio after one step, offer over control.
  public var estimate: Double { exp(logHazardRatio) }
  /// The hazard ratio under the null: one.
  public var null: Double { 1 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: exp(logHazardRatio - margin), upper: exp(logHazardRatio + margin))
  }
}
