/// The chi-squared distribution: a sum of squares of ν standard normal variables.
///
///     f(x) = x^(ν/2−1) e^(−x/2) / (2^(ν/2) Γ(ν/2)),   x > 0
public struct ChiSquaredDistribution: Distribution, Hashable {
  /// The degrees of freedom `ν`.
  public let degreesOfFreedom: Double

  /// Creates a chi-squared distribution with a positive, finite number of degrees of freedom.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "degrees of freedom are positive and finite")
    self.degreesOfFreedom = degreesOfFreedom
  }

  public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }

  public func cdf(_ x: Double) -> Double { gamma.cdf(x) }

  public func survival(_ x: Double) -> Double { gamma.survival(x) }

  public func logCDF(_ x: Double) -> Double { gamma.logCDF(x) }

  public func logSurvival(_ x: Double) -> Double { gamma.logSurvival(x) }

  public func quantile(_ p: Double) -> Double { gamma.quantile(p) }

  public func upperQuantile(_ q: Double) -> Double { gamma.upperQuantile(q) }

  /// `ν`.
  public var mean: Double { degreesOfFreedom }
  /// `2ν`.
  public var variance: Double { 2 * degreesOfFreedom }
  /// `ν/2 + ln(2 Γ(ν/2)) + (1 − ν/2) ψ(ν/2)`, in nats.
  public var entropy: Double { gamma.entropy }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double { gamma.draw(using: &rng) }

  /// The gamma distribution of the same law.
  private var gamma: GammaDistribution {
    GammaDistribution(shape: degreesOfFreedom / 2, scale: 2)
  }
}
