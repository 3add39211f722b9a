#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Poisson distribution: the number of events that come independently at a constant rate.
///
///     P(X = k) = λᵏ exp(−λ) / k!
public struct PoissonDistribution: Distribution, Hashable {
  /// The mean `λ`.
  public let mean: Double

  /// Creates a Poisson distribution whose mean is positive and finite.
  public init(mean: Double) {
    precondition(mean > 0 && mean.isFinite, "a mean number of events is positive and finite")
    self.mean = mean
  }

  /// `λ`.
  public var variance: Double { mean }

  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < .infinity, x == x.rounded() else { return -.infinity }
    let scale = factorialScale(x)
    return -countDeviance(x, expected: mean, excess: x - mean) - 0.5 * log(scale.root)
      - scale.exponent
  }

  /// P(X = k).
  public func mass(_ k: Int) -> Double { exp(logDensity(Double(k))) }

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

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    return p == 1 ? .infinity : leastCount(near: mean) { cdf($0) >= p }
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    return q == 0 ? .infinity : leastCount(near: mean) { survival($0) <= q }
  }
}
