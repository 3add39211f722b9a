#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The inverse gamma distribution: the reciprocal of a gamma variable, such as what is known of a
/// variance.
///
///     f(x) = βᵃ x^(−a−1) exp(−β/x) / Γ(a),   x > 0
public struct InverseGammaDistribution: Distribution, Hashable {
  /// The shape `a`.
  public let shape: Double
  /// The scale `β`, in the unit of the draws.
  public let scale: Double

  /// Creates an inverse gamma distribution whose shape and scale are positive and finite.
  public init(shape: Double, scale: Double = 1) {
    precondition(shape > 0 && shape.isFinite, "a shape is positive and finite")
    precondition(scale > 0 && scale.isFinite, "a scale is positive and finite")
    self.shape = shape
    self.scale = scale
  }

  public func logDensity(_ x: Double) -> Double {
    let z = scale / x
    return x > 0 && z > 0 && z < .infinity
      ? RegularizedGamma(shape).logMass(z) - log(x) : -.infinity
  }

  public func cdf(_ x: Double) -> Double {
    x > 0 ? RegularizedGamma(shape).upper(scale / x) : 0
  }

  public func survival(_ x: Double) -> Double {
    x > 0 ? RegularizedGamma(shape).lower(scale / x) : 1
  }

  public func logCDF(_ x: Double) -> Double {
    x > 0 ? RegularizedGamma(shape).logUpper(scale / x) : -.infinity
  }

  public func logSurvival(_ x: Double) -> Double {
    x > 0 ? RegularizedGamma(shape).logLower(scale / x) : 0
  }

  public func quantile(_ p: Double) -> Double { scale / RegularizedGamma(shape).inverseUpper(p) }

  public func upperQuantile(_ q: Double) -> Double {
    scale / RegularizedGamma(shape).inverseLower(q)
  }

  /// `β / (a − 1)` where a > 1; infinite otherwise.
  public var mean: Double? { shape > 1 ? scale / (shape - 1) : nil }
  /// `β² / ((a − 1)² (a − 2))` where a > 2; infinite otherwise.
  public var variance: Double? {
    guard shape > 2, let mean else { return nil }
    return mean * mean / (shape - 2)
  }
  /// `a + ln(β Γ(a)) − (1 + a) ψ(a)`, in nats.
  public var entropy: Double {
    log(scale) - 1.5 * log(shape) + halfLogTwoPi + stirlingError(shape)
      - (1 + shape) * digammaExcess(shape)
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    scale / GammaDistribution(shape: shape).draw(using: &rng)
  }
}
