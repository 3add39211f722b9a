#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The exponential distribution: the time until an event that comes at a constant rate.
///
///     f(x) = exp(−x/θ) / θ,   x > 0
public struct ExponentialDistribution: Distribution, Hashable {
  /// The mean `θ`, in the unit of the draws.
  public let mean: Double

  /// Creates an exponential distribution whose mean is positive and finite.
  public init(mean: Double = 1) {
    precondition(mean > 0 && mean.isFinite, "a mean waiting time is positive and finite")
    self.mean = mean
  }

  public func logDensity(_ x: Double) -> Double {
    x >= 0 ? -x / mean - log(mean) : -.infinity
  }

  public func cdf(_ x: Double) -> Double { x > 0 ? -expm1(-x / mean) : 0 }

  public func survival(_ x: Double) -> Double { x > 0 ? exp(-x / mean) : 1 }

  public func logCDF(_ x: Double) -> Double { x > 0 ? logOneMinusExp(-x / mean) : -.infinity }

  public func logSurvival(_ x: Double) -> Double { x > 0 ? -x / mean : 0 }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    return -mean * log1p(-p)
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    return q < 1 ? -mean * log(q) : 0
  }

  /// `θ²`.
  public var variance: Double { mean * mean }
  /// `1 + ln θ`, in nats.
  public var entropy: Double { 1 + log(mean) }

}
