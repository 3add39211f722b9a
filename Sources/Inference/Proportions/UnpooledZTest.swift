internal import Probability

/// The Wald test of a difference of two proportions, each with its own variance.
///
///     z = (p̂₁ − p̂₀ − δ₀) / √v      v = p̂₁q̂₁/n₁ + p̂₀q̂₀/n₀
///
/// Its interval is ``WaldInterval``, which inverts it. Both are poor in small arms and near 0 or 1,
/// where they reject too often; they are here to be compared with. With Yates' correction each tail
/// begins `½(1/n₁ + 1/n₀)` closer to the null.
///
/// Reference: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*,
/// section 3.1.1.
public struct UnpooledZTest: HypothesisTest {
  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public let estimate: Double
  /// The standard error `√v`; positive.
  public let standardError: Double
  /// The difference under the null hypothesis.
  public let null: Double
  /// The continuity correction.
  public let correction: ContinuityCorrection
  /// The amount by which the correction moves each tail.
  private let shift: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The difference to test against.
  ///   - correction: The continuity correction.
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if neither arm's outcomes vary.
  public init(
    offer: Tally, control: Tally, null: Double = 0, correction: ContinuityCorrection = .none
  ) throws(InferenceError) {
    precondition(abs(null) <= 1, "a difference of proportions lies in −1...1")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    let variance = offer.proportionVariance + control.proportionVariance
    guard variance > 0 else { throw .noVariation }
    estimate = offer.difference(from: control)
    standardError = variance.squareRoot()
    self.null = null
    self.correction = correction
    shift = correction.amount(offer, control)
  }

  public var method: TestDescription {
    TestDescription(
      name: correction == .none ? "unpooled two-proportion z" : "unpooled two-proportion z, Yates",
      nullHypothesis: null == 0 ? "p₁ = p₀" : "p₁ − p₀ = \(null)", scale: .difference,
      twoSidedRule: correction.twoSidedRule, intervalName: WaldInterval.name,
      intervalInvertsTest: true, reference: "Fleiss, Levin and Paik 2003, section 3.1.1")
  }

  /// The statistic `z`, positive where the effect exceeds the null; corrected, if the test is.
  public var z: Double {
    let distance = max(abs(estimate - null) - shift, 0)
    return (estimate < null ? -distance : distance) / standardError
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(
      of: estimate - null, correction: shift, standardError: standardError,
      survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError + shift
    return Interval(lower: max(-1, estimate - margin), upper: min(1, estimate + margin))
  }
}
