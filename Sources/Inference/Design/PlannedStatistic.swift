internal import Probability

/// The law of a test's statistic where it is nearly normal, under an effect that is planned for.
///
///     Z = (θ̂ − θ₀)/s₀ ~ N((θ − θ₀)/s₀, (s₁/s₀)²)
///
/// Here `s₀` is the standard error that the test will use and `s₁` the true one. They differ where the
/// test takes its variance under the null, which is why the formula for the size of a pooled test has
/// two roots in it.
public struct PlannedStatistic: Hashable, Sendable {
  /// The mean of `Z`.
  public let mean: Double
  /// The standard deviation of `Z`; positive.
  public let deviation: Double

  /// Creates a law from its mean and its standard deviation.
  public init(mean: Double, deviation: Double = 1) {
    precondition(!mean.isNaN, "a mean is a number")
    precondition(deviation > 0, "a standard deviation is positive")
    self.mean = mean
    self.deviation = deviation
  }

  /// Creates the law of a departure from the null over its standard error.
  ///
  /// - Parameters:
  ///   - departure: How far the effect is from the null, `θ − θ₀`.
  ///   - variance: The variance `s₁²` of the estimate.
  ///   - assumed: The variance `s₀²` that the test will use; nil if it is the same.
  public init(departure: Double, variance: Double, assumed: Double? = nil) {
    let assumed = assumed ?? variance
    self.init(
      mean: departure / assumed.squareRoot(), deviation: (variance / assumed).squareRoot())
  }

  /// P(Z > c).
  public func above(_ critical: Double) -> Double {
    StandardNormal.survival((critical - mean) / deviation)
  }

  /// P(Z < c).
  public func below(_ critical: Double) -> Double {
    StandardNormal.cdf((critical - mean) / deviation)
  }

  /// P(Z > c), P(Z < −c), or both together.
  public func beyond(_ critical: Double, _ alternative: Alternative) -> Double {
    switch alternative {
    case .twoSided: above(critical) + below(-critical)
    case .greater: above(critical)
    case .less: below(-critical)
    }
  }
}
