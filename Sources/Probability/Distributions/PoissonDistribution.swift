#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Poisson distribution: the number of events that come independently at a constant rate.
///
///     P(X = k) = λᵏ exp(−λ) / k!
public struct PoissonDistribution: CountDistribution, Hashable {
  /// The mean `λ`.
  public let mean: Double

  /// Creates a Poisson distribution whose mean is positive and finite.
  public init(mean: Double) {
    precondition(mean > 0 && mean.isFinite, "a mean number of events is positive and finite")
    self.mean = mean
  }

  public var support: ClosedRange<Int> { 0...(.max) }

  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < .infinity, x == x.rounded() else { return -.infinity }
    let scale = factorialScale(x)
    return -countDeviance(x, expected: mean, excess: x - mean) - 0.5 * log(scale.root)
      - scale.exponent
  }

  public func cdf(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 0 }
    return k < .infinity ? RegularizedGamma(k + 1).upper(mean) : 1
  }

  public func survival(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 1 }
    return k < .infinity ? RegularizedGamma(k + 1).lower(mean) : 0
  }

  public func logCDF(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return -.infinity }
    return k < .infinity ? RegularizedGamma(k + 1).logUpper(mean) : 0
  }

  public func logSurvival(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 0 }
    return k < .infinity ? RegularizedGamma(k + 1).logLower(mean) : -.infinity
  }

  /// `λ`.
  public var variance: Double { mean }
}
