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

  public func logDensity(_ t: Double) -> Double {
    // Γ(h + ½)/Γ(h) by Stirling errors, for the logarithms of two large numbers would cancel.
    let h = 0.5 * degreesOfFreedom
    let peak = h * log1p(0.5 / h) - 0.5 + stirlingError(h + 0.5) - stirlingError(h)
    let square = t * t
    let spread =
      square < .infinity
      ? log1p(square / degreesOfFreedom) : 2 * log(abs(t)) - log(degreesOfFreedom)
    return peak - halfLogTwoPi - (h + 0.5) * spread
  }

  public func cdf(_ t: Double) -> Double { survival(-t) }

  public func survival(_ t: Double) -> Double {
    let outside = 0.5 * tails(beyond: t).lower
    return t >= 0 ? outside : 1 - outside
  }

  public func logCDF(_ t: Double) -> Double { logSurvival(-t) }

  public func logSurvival(_ t: Double) -> Double {
    let tails = tails(beyond: t)
    return t >= 0 ? tails.logLower - logTwo : log1p(-0.5 * tails.lower)
  }

  public func quantile(_ p: Double) -> Double { -upperQuantile(p) }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q > 0.5 { return -upperQuantile(1 - q) }
    if q == 0 { return .infinity }
    // x^(ν/2) / (ν/2 B(ν/2, ½)) = 2q where x, the squared cosine, would underflow.
    let logCosine = (log(2 * q) + logBeta(twoTails.a, 0.5) + log(twoTails.a)) / degreesOfFreedom
    if logCosine < -300 { return exp(0.5 * log(degreesOfFreedom) - logCosine) }
    // Near the centre the probability between −t and t is the small one.
    let (x, y) = q < 0.25 ? twoTails.splitLower(2 * q) : twoTails.splitUpper(2 * (0.5 - q))
    return (degreesOfFreedom * (y / x)).squareRoot()
  }

  /// 0 where ν > 1; the distribution has no mean otherwise.
  public var mean: Double? { degreesOfFreedom > 1 ? 0 : nil }
  /// `ν / (ν − 2)` where ν > 2; infinite or without meaning otherwise.
  public var variance: Double? {
    degreesOfFreedom > 2 ? degreesOfFreedom / (degreesOfFreedom - 2) : nil
  }
  /// `(ν + 1)/2 (ψ((ν + 1)/2) − ψ(ν/2)) + ln(√ν B(½, ν/2))`, in nats.
  public var entropy: Double {
    let h = 0.5 * degreesOfFreedom
    let increase = log1p(0.5 / h) + digammaExcess(h + 0.5) - digammaExcess(h)
    return (h + 0.5) * increase - logDensity(0)
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    let chiSquared = ChiSquaredDistribution(degreesOfFreedom: degreesOfFreedom)
    return StandardNormal.draw(using: &rng)
      / (chiSquared.draw(using: &rng) / degreesOfFreedom).squareRoot()
  }

  /// The distribution of the squared cosine ν/(ν + t²), whose lower tail is both tails of `t`.
  private var twoTails: RegularizedBeta { RegularizedBeta(0.5 * degreesOfFreedom, 0.5) }

  /// P(|T| > |t|) as the lower tail, `I_x(ν/2, ½)` with `x = ν/(ν + t²)` and `1 − x = t²/(ν + t²)`.
  private func tails(beyond t: Double) -> SplitTails {
    let square = t * t
    let total = degreesOfFreedom + square
    let (x, y) = (degreesOfFreedom / total, square == .infinity ? 1 : square / total)
    if !(y > 0) { return .above }
    if x >= .leastNormalMagnitude { return twoTails.tails(at: x, y) }
    // The leading term of the series.
    let a = 0.5 * degreesOfFreedom
    let logCosine = 0.5 * log(degreesOfFreedom) - log(abs(t))
    return SplitTails(
      logNear: degreesOfFreedom * logCosine - logBeta(a, 0.5) - log(a), isLower: true)
  }
}
