#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The gamma distribution: a positive quantity, such as a rate of events given their count.
///
///     f(x) = x^(k−1) e^(−x/θ) / (Γ(k) θ^k),   x > 0
public struct GammaDistribution: Distribution, Hashable {
  /// The shape `k`.
  public let shape: Double
  /// The scale `θ`, in the unit of the draws.
  public let scale: Double

  /// Creates a gamma distribution whose shape and scale are positive and finite.
  public init(shape: Double, scale: Double = 1) {
    precondition(shape > 0 && shape.isFinite, "a shape is positive and finite")
    precondition(scale > 0 && scale.isFinite, "a scale is positive and finite")
    self.shape = shape
    self.scale = scale
  }

  public func logDensity(_ x: Double) -> Double {
    let z = x / scale
    return z > 0 ? RegularizedGamma(shape).logMass(z) - log(x) : -.infinity
  }

  public func cdf(_ x: Double) -> Double { RegularizedGamma(shape).lower(x / scale) }

  public func survival(_ x: Double) -> Double { RegularizedGamma(shape).upper(x / scale) }

  public func logCDF(_ x: Double) -> Double { RegularizedGamma(shape).logLower(x / scale) }

  public func logSurvival(_ x: Double) -> Double { RegularizedGamma(shape).logUpper(x / scale) }

  public func quantile(_ p: Double) -> Double { scale * RegularizedGamma(shape).inverseLower(p) }

  public func upperQuantile(_ q: Double) -> Double {
    scale * RegularizedGamma(shape).inverseUpper(q)
  }

  /// `kθ`.
  public var mean: Double { shape * scale }
  /// `kθ²`.
  public var variance: Double { shape * scale * scale }
  /// `k + ln(θ Γ(k)) + (1 − k) ψ(k)`, in nats.
  public var entropy: Double {
    log(scale) + 0.5 * log(shape) + halfLogTwoPi + stirlingError(shape)
      + (1 - shape) * digammaExcess(shape)
  }
}
