#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A Wald test of relative lift between two proportions, made on the log scale.
///
///     θ̂ = ln(p̂₁ / p̂₀)      v = 1/x₁ − 1/n₁ + 1/x₀ − 1/n₀      z = (θ̂ − θ₀) / √v
///
/// Here `x` counts saved sessions and `n` all sessions; arm 1 is the offer, arm 0 the control.
/// Lift is `exp(θ) − 1`, so no interval reaches below −100 %. The normal approximation is poor
/// when an arm has only a few successes.
///
/// Reference: Katz, Baptista, Azen and Pike (1978), *Biometrics* 34, 469–474, method C.
public struct LogRatioTest: HypothesisTest {
  /// The estimated log ratio `θ̂`, in nats.
  public let logRatio: Double
  /// The standard error `√v`, in nats; positive and finite.
  public let standardError: Double
  /// The lift under the null hypothesis, `exp(θ₀) − 1`.
  public let null: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The lift to test against, above −1; zero tests equality.
  /// - Throws: `tooFewSessions` if an arm is empty, `noSuccesses` if `θ̂` is infinite,
  ///   `noVariation` if every session was saved.
  public init(offer: Tally, control: Tally, null: Double = 0) throws(InferenceError) {
    precondition(null > -1 && null.isFinite, "a lift of −100 % has no logarithm")
    try control.require(1, arm: 0)
    try offer.require(1, arm: 1)
    guard control.successes > 0 else { throw .noSuccesses(arm: 0) }
    guard offer.successes > 0 else { throw .noSuccesses(arm: 1) }
    let variance = offer.logVariance + control.logVariance
    guard variance > 0 else { throw .noVariation }
    logRatio = offer.logRatio(to: control)
    standardError = variance.squareRoot()
    self.null = null
  }

  public var method: TestDescription {
    TestDescription(
      name: "log ratio Wald", nullHypothesis: null == 0 ? "p₁ / p₀ = 1" : "p₁ / p₀ = \(1 + null)",
      scale: .relativeLift, twoSidedRule: .absoluteStatistic, intervalName: "Katz log",
      intervalInvertsTest: true, reference: "Katz, Baptista, Azen and Pike 1978, method C")
  }

  /// The estimated relative lift, `exp(θ̂) − 1`.
  public var estimate: Double { expm1(logRatio) }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(
      of: (logRatio - log1p(null)) / standardError, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: expm1(logRatio - margin), upper: expm1(logRatio + margin))
  }
}

extension Tally {
  /// The log ratio of two proportions; by way of their exact difference where they are close, so
  /// that a small lift keeps its digits.
  func logRatio(to other: Tally) -> Double {
    let change = difference(from: other) / other.proportion
    return abs(change) < 0.5 ? log1p(change) : log(proportion) - log(other.proportion)
  }

  /// The delta-method variance of the log proportion, `1/x − 1/n = (n − x)/(xn)`.
  var logVariance: Double {
    Double(failures) / (Double(successes) * Double(trials))
  }
}
