#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Weibull distribution: a time until an event whose hazard is a power of the time.
///
///     f(x) = (k/θ) (x/θ)^(k−1) exp(−(x/θ)ᵏ),   x > 0
public struct WeibullDistribution: Distribution, Hashable {
  /// The shape `k`: below 1 the hazard falls, above 1 it rises.
  public let shape: Double
  /// The scale `θ`, in the unit of the draws.
  public let scale: Double

  /// Creates a Weibull distribution whose shape and scale are positive and finite.
  public init(shape: Double, scale: Double = 1) {
    precondition(shape > 0 && shape.isFinite, "a shape is positive and finite")
    precondition(scale > 0 && scale.isFinite, "a scale is positive and finite")
    self.shape = shape
    self.scale = scale
  }

  public func logDensity(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return -.infinity }
    let power = shape * log(x / scale)
    return log(shape) + power - log(x) - hazard(x)
  }

  public func cdf(_ x: Double) -> Double { x > 0 ? -expm1(-hazard(x)) : 0 }

  public func survival(_ x: Double) -> Double { x > 0 ? exp(-hazard(x)) : 1 }

  public func logCDF(_ x: Double) -> Double { x > 0 ? logOneMinusExp(-hazard(x)) : -.infinity }

  public func logSurvival(_ x: Double) -> Double { x > 0 ? -hazard(x) : 0 }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    return scale * pow(-log1p(-p), 1 / shape)
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    return q < 1 ? scale * pow(-log(q), 1 / shape) : 0
  }

  /// `θ Γ(1 + 1/k)`.
  public var mean: Double { scale * exp(logGamma(1 + 1 / shape)) }
  /// `θ² (Γ(1 + 2/k) − Γ(1 + 1/k)²)`.
  public var variance: Double {
    let (first, second) = (logGamma(1 + 1 / shape), logGamma(1 + 2 / shape))
    return scale * scale * exp(2 * first) * expm1(second - 2 * first)
  }
  /// `γ (1 − 1/k) + ln(θ/k) + 1`, in nats, with Euler's constant `γ`.
  public var entropy: Double {
    0.5772156649015329 * (1 - 1 / shape) + log(scale / shape) + 1
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    scale * pow(ExponentialDistribution.standardDraw(using: &rng), 1 / shape)
  }

  /// The cumulative hazard `(x/θ)ᵏ`.
  private func hazard(_ x: Double) -> Double {
    let ratio = x / scale
    let power = pow(ratio, shape)
    // The rounding of the quotient, which the power and the exponential multiply.
    let lost = x.addingProduct(-ratio, scale) / x
    return lost.isFinite && power < .infinity ? power * (1 + shape * lost) : power
  }
}
