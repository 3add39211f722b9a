internal import Probability

/// The two-proportion z test with the variance pooled under the null.
///
///     H₀: p₁ = p₀      z = (p̂₁ − p̂₀) / √(p̄(1 − p̄)(1/n₁ + 1/n₀))      p̄ = (x₁ + x₀)/(n₁ + n₀)
///
/// The two-sided p-value is `P(|Z| ≥ |z|)`; `z²` is Pearson's chi-squared. With Yates' correction
/// `|p̂₁ − p̂₀|` is first brought `½(1/n₁ + 1/n₀)` closer to zero, but not beyond it; each one-sided
/// p-value moves its own tail, whichever way the effect points. The interval is Newcombe's, which
/// stays inside [−1, 1] and covers well in small arms; it does not invert this test, so the two may
/// disagree close to a threshold.
///
/// Reference: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*,
/// section 3.1.
public struct PooledZTest: HypothesisTest {
  /// The sessions that were shown the offer.
  public let offer: Tally
  /// The sessions that were not.
  public let control: Tally
  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public let estimate: Double
  /// The standard error under the null; positive.
  public let standardError: Double
  /// The continuity correction.
  public let correction: ContinuityCorrection

  /// Compares an offer with a control.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty; `noVariation` if every session succeeded or
  ///   none did.
  public init(
    offer: Tally, control: Tally, correction: ContinuityCorrection = .none
  ) throws(InferenceError) {
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    guard let error = offer.pooledStandardError(with: control) else { throw .noVariation }
    self.offer = offer
    self.control = control
    self.correction = correction
    estimate = offer.difference(from: control)
    standardError = error
  }

  public var method: TestDescription {
    TestDescription(
      name: correction == .none ? "pooled two-proportion z" : "pooled two-proportion z, Yates",
      nullHypothesis: "p₁ = p₀", scale: .difference, twoSidedRule: correction.twoSidedRule,
      intervalName: NewcombeInterval.name, intervalInvertsTest: false,
      reference: "Fleiss, Levin and Paik 2003, section 3.1")
  }

  /// The statistic `z`, positive where the offer did better; corrected, if the test is.
  public var z: Double {
    let distance = max(abs(estimate) - correction.amount(offer, control), 0)
    return (estimate < 0 ? -distance : distance) / standardError
  }

  /// The difference under the null: zero.
  public var null: Double { 0 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(
      of: estimate, correction: correction.amount(offer, control), standardError: standardError,
      survival: StandardNormal.survival)
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

  /// The standard error of a difference of proportions that are equal, `√(p̄q̄(1/n₁ + 1/n₀))`; nil if
  /// all sessions ended alike.
  func pooledStandardError(with other: Tally) -> Double? {
    var pooled = self
    pooled.merge(other)
    guard pooled.successes > 0, pooled.failures > 0 else { return nil }
    let spread = pooled.proportion * (Double(pooled.failures) / Double(pooled.trials))
    return (spread * (1 / Double(trials) + 1 / Double(other.trials))).squareRoot()
  }

  /// The variance of the proportion, as estimated from the same sessions: `p̂q̂/n`.
  var proportionVariance: Double {
    proportion * (Double(failures) / Double(trials)) / Double(trials)
  }
}
