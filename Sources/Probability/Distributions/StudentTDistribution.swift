#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Student's t distribution.
///
///     f(t) = (1 + t²/ν)^(−(ν+1)/2) / (√ν B(½, ν/2))
public struct StudentTDistribution: Distribution, Hashable {
  /// The degrees of freedom `ν`.
  public let degreesOfFreedom: Double

  /// Creates a t distribution with a positive, finite number of degrees of freedom.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "degrees of freedom are positive and finite")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// 0 where ν > 1; the distribution has no mean otherwise.
  public var mean: Double? { degreesOfFreedom > 1 ? 0 : nil }
  /// `ν / (ν − 2)` where ν > 2; infinite or without meaning otherwise.
  public var variance: Double? {
    degreesOfFreedom > 2 ? degreesOfFreedom / (degreesOfFreedom - 2) : nil
  }

  public func logDensity(_ t: Double) -> Double {
    -0.5 * (degreesOfFreedom + 1) * log1p(t * t / degreesOfFreedom)
      - 0.5 * log(degreesOfFreedom) - logBeta(0.5, 0.5 * degreesOfFreedom)
  }

  public func cdf(_ t: Double) -> Double { survival(-t) }

  public func survival(_ t: Double) -> Double {
    let x = degreesOfFreedom / (degreesOfFreedom + t * t)
    let tail = 0.5 * RegularizedBeta(0.5 * degreesOfFreedom, 0.5).lower(x)
    return t >= 0 ? tail : 1 - tail
  }

  public func quantile(_ p: Double) -> Double { -upperQuantile(p) }

  public func upperQuantile(_ q: Double) -> Double {
    if q > 0.5 { return -upperQuantile(1 - q) }
    let x = RegularizedBeta(0.5 * degreesOfFreedom, 0.5).inverseLower(2 * q)
    return (degreesOfFreedom * (1 - x) / x).squareRoot()
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    StandardNormal.draw(using: &rng)
      / (ChiSquaredDistribution(degreesOfFreedom: degreesOfFreedom).draw(using: &rng)
      / degreesOfFreedom).squareRoot()
  }
}
