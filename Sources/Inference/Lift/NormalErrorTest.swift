internal import Probability

/// A test whose estimate has a normal error on its own scale.
///
///     z = (θ̂ − θ₀) / s        interval  θ̂ ± z_(1 − α/2) s
///
/// The interval holds exactly those nulls that the two-sided test does not reject.
public protocol NormalErrorTest: HypothesisTest {
  /// The standard error `s` of the estimate; positive and finite.
  var standardError: Double { get }
}

extension NormalErrorTest {
  /// The statistic `z`.
  public var z: Double { (estimate - null) / standardError }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }
}
