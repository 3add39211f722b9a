#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Fisher's F distribution: the ratio of two mean squares.
///
///     F = (χ²₁/d₁) / (χ²₂/d₂),   d₁F / (d₁F + d₂) ~ Beta(d₁/2, d₂/2)
public struct FDistribution: Distribution, Hashable {
  /// The degrees of freedom `d₁` above the line.
  public let numerator: Double
  /// The degrees of freedom `d₂` below the line.
  public let denominator: Double

  /// Creates an F distribution whose degrees of freedom are positive and finite.
  public init(numerator: Double, denominator: Double) {
    precondition(
      numerator > 0 && numerator.isFinite, "degrees of freedom are positive and finite")
    precondition(
      denominator > 0 && denominator.isFinite, "degrees of freedom are positive and finite")
    self.numerator = numerator
    self.denominator = denominator
  }

  public func logDensity(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return -.infinity }
    guard let point = point(x) else {
      let tails = farTails(x)
      return tails.exponent + log(tails.nearIsLower ? odds.a : odds.b) - log(x)
    }
    return odds.logMass(point.x, point.y, point.shift) - log(x)
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  public func quantile(_ p: Double) -> Double { ratio(odds.splitLower(p)) }

  public func upperQuantile(_ q: Double) -> Double { ratio(odds.splitUpper(q)) }

  /// `d₂ / (d₂ − 2)` where d₂ > 2; the mean is infinite otherwise.
  public var mean: Double? { denominator > 2 ? denominator / (denominator - 2) : nil }
  /// `2 m² (d₁ + d₂ − 2) / (d₁ (d₂ − 4))` for a mean of `m`, where d₂ > 4; infinite otherwise.
  public var variance: Double? {
    guard denominator > 4, let mean else { return nil }
    return 2 * mean * mean * (numerator + denominator - 2) / (numerator * (denominator - 4))
  }
  /// `ln(B(a, b) d₂/d₁) − (a − 1)(ψ(a) − ψ(b)) + (a + b)(ψ(a + b) − ψ(b))` for `a = d₁/2`,
  /// `b = d₂/2`, in nats.
  public var entropy: Double {
    let (a, b) = (0.5 * numerator, 0.5 * denominator)
    return 0.5 * (log1p(a / b) - log(a)) + halfLogTwoPi
      + stirlingError(a) + stirlingError(b) - stirlingError(a + b)
      - (a - 1) * (digammaExcess(a) - digammaExcess(b))
      + (a + b) * (digammaExcess(a + b) - digammaExcess(b))
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    let above = ChiSquaredDistribution(degreesOfFreedom: numerator).draw(using: &rng)
    let below = ChiSquaredDistribution(degreesOfFreedom: denominator).draw(using: &rng)
    return (above / numerator) / (below / denominator)
  }

  /// The distribution of `d₁F / (d₁F + d₂)`.
  private var odds: RegularizedBeta { RegularizedBeta(0.5 * numerator, 0.5 * denominator) }

  private func tails(at x: Double) -> SplitTails {
    guard x > 0 else { return .below }
    guard let point = point(x) else { return farTails(x) }
    return odds.tails(at: point.x, point.y, shift: point.shift)
  }

  /// The tails where a share would underflow: the leading term of its series, `xᵃ / (a B(a, b))`.
  private func farTails(_ f: Double) -> SplitTails {
    let (a, b) = (odds.a, odds.b)
    let logRatio = log(numerator) - log(denominator) + log(f)
    let isLower = logRatio < 0
    let shape = isLower ? a : b
    return SplitTails(
      logNear: shape * -abs(logRatio) - log(shape) - logBeta(a, b), isLower: isLower)
  }

  /// The share `d₁f / (d₁f + d₂)`, its complement and its shift; nil where a share is zero.
  private func point(_ f: Double) -> (x: Double, y: Double, shift: Double)? {
    let ratio = numerator / denominator * f
    let (x, y) = (1 / (1 + 1 / ratio), 1 / (1 + ratio))
    guard x > 0, y > 0 else { return nil }
    // d₁y/2 − d₂x/2, without its cancellation.
    return (x, y, 0.5 * numerator * (1 - f) * y)
  }

  private func ratio(_ share: (x: Double, y: Double)) -> Double {
    share.y > 0 ? share.x / share.y * denominator / numerator : .infinity
  }
}
