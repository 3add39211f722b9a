internal import Probability

/// The two-proportion z test with the variance pooled under the null.
///
///     H₀: p₁ = p₀      z = (p̂₁ − p̂₀) / √(p̄(1 − p̄)(1/n₁ + 1/n₀))      p̄ = (x₁ + x₀)/(n₁ + n₀)
///
/// The two-sided p-value is `P(|Z| ≥ |z|)`, without a continuity correction; `z²` is Pearson's
/// chi-squared. The interval is Newcombe's, which stays inside [−1, 1] and covers well in small
/// arms; it does not invert this test, so the two may disagree close to a threshold.
///
/// Reference: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*,
/// section 3.1.
public struct PooledZTest: HypothesisTest {
  /// The sessions that were shown the offer.
  public let offer: Tally
  /// The sessions that were not.
  public let control: Tally
  /// The statistic `z`, positive where the offer did better.
  public let z: Double

  /// Compares an offer with a control.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty; `noVariation` if every session succeeded or
  ///   none did.
  public init(offer: Tally, control: Tally) throws(InferenceError) {
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    var pooled = offer
    pooled.merge(control)
    guard pooled.successes > 0, pooled.failures > 0 else { throw .noVariation }
    self.offer = offer
    self.control = control
    let share = pooled.proportion
    let spread = share * (Double(pooled.failures) / Double(pooled.trials))
    let sizes = 1 / Double(offer.trials) + 1 / Double(control.trials)
    z = offer.difference(from: control) / (spread * sizes).squareRoot()
  }

  public var method: TestDescription {
    TestDescription(
      name: "pooled two-proportion z", nullHypothesis: "p₁ = p₀", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: NewcombeInterval.name,
      intervalInvertsTest: false, reference: "Fleiss, Levin and Paik 2003, section 3.1")
  }

  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public var estimate: Double { offer.difference(from: control) }

  /// The difference under the null: zero.
  public var null: Double { 0 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    NewcombeInterval(level: level).difference(offer, control)
  }
}

extension Tally {
  /// Throws unless an arm has a number of sessions.
  func require(_ needed: Int, arm: Int) throws(InferenceError) {
    guard trials >= needed else {
      throw .tooFewSessions(arm: arm, count: trials, needed: needed)
    }
  }
}
