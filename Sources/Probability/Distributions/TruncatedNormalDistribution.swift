#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The normal distribution of a variable that is known to lie between two bounds.
///
///     f(x) = φ(z) / (σ (Φ(β) − Φ(α))),   α < z < β,   z = (x − μ)/σ
///
/// Bounds far out in one tail keep their digits: all is seen from the side where probabilities
/// are small.
public struct TruncatedNormalDistribution: Distribution, Hashable {
  /// The normal distribution before truncation.
  public let parent: NormalDistribution
  /// The lower bound; may be −∞.
  public let lower: Double
  /// The upper bound; may be +∞.
  public let upper: Double

  /// The bounds as scores, reflected if both are below the mean or the lower is the farther one.
  private let low: Double
  private let high: Double
  private let isReflected: Bool
  /// The logarithm of P(low < Z < high).
  private let logMass: Double

  /// Creates a normal distribution between two bounds, the lower one first.
  public init(
    mean: Double = 0, standardDeviation: Double = 1, lower: Double = -.infinity,
    upper: Double = .infinity
  ) {
    precondition(lower < upper, "the lower bound is below the upper one")
    parent = NormalDistribution(mean: mean, standardDeviation: standardDeviation)
    self.lower = lower
    self.upper = upper
    let ends = ((lower - mean) / standardDeviation, (upper - mean) / standardDeviation)
    // So that low, if one of them is positive, is the nearer to the mean.
    isReflected = ends.0 + ends.1 < 0
    (low, high) = isReflected ? (-ends.1, -ends.0) : ends
    logMass = logNormalMass(from: low, to: high, width: (upper - lower) / standardDeviation)
  }

  public func logDensity(_ x: Double) -> Double {
    x >= lower && x <= upper ? parent.logDensity(x) - logMass : -.infinity
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    return isReflected ? point(-scoreAbove(p)) : point(scoreBelow(p))
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    return isReflected ? point(-scoreBelow(q)) : point(scoreAbove(q))
  }

  /// `μ + σ (φ(α) − φ(β)) / (Φ(β) − Φ(α))`.
  public var mean: Double {
    parent.mean + parent.standardDeviation * (isReflected ? -shift : shift)
  }
  /// `σ² E[(Z − E Z)²]` for the truncated score Z, by quadrature where the bounds are near.
  public var variance: Double {
    let end = min(high, max(low, 0) + 40 / max(1, max(low, 0)))
    let spread = AdaptiveQuadrature().integrate(from: max(low, -39), to: end) { z in
      (z - shift) * (z - shift) * exp(StandardNormal.logDensity(z) - logMass)
    }
    return parent.variance * spread.value
  }
  /// `½ + ln(√(2π) σ (Φ(β) − Φ(α))) + ½ (α f(α) − β f(β))` for the density `f` of the truncated score, in
  /// nats.
  public var entropy: Double {
    let logScale = log(parent.standardDeviation)
    if low > 0 {
      // The same by the density relative to that at the bound, exp(−(α + t/2) t), so that no square of
      // the bound cancels.
      let mass = normalDecay(from: low, width: high - low)
      let moment = normalDecay(from: low, width: high - low) { (low + 0.5 * $0) * $0 }
      return logScale + log(mass) + moment / mass
    }
    return logScale + halfLogTwoPi + logMass + 0.5 * (1 + edge(low) - edge(high))
  }

  /// A draw, by inversion.
  public func draw(using rng: inout Philox) -> Double { quantile(rng.positiveUniform()) }
}

extension TruncatedNormalDistribution {
  /// The mean of the truncated score.
  private var shift: Double {
    let density = exp(StandardNormal.logDensity(low) - logMass)
    // φ(α) − φ(β) = φ(α) (1 − exp(−(β − α)(β + α)/2)).
    return high.isFinite ? -density * expm1(-0.5 * (high - low) * (high + low)) : density
  }

  /// `z f(z)` for the density of the truncated score; 0 at infinity.
  private func edge(_ z: Double) -> Double {
    z.isFinite ? z * exp(StandardNormal.logDensity(z) - logMass) : 0
  }

  private func score(_ x: Double) -> Double { (x - parent.mean) / parent.standardDeviation }

  /// The value of a score, turned back.
  private func point(_ z: Double) -> Double {
    min(max(parent.mean + parent.standardDeviation * z, lower), upper)
  }

  private func tails(at x: Double) -> SplitTails {
    if x <= lower { return .below }
    if x >= upper { return .above }
    // The distances from the bounds keep the digits that scores would lose.
    let (below, above) = (
      (x - lower) / parent.standardDeviation, (upper - x) / parent.standardDeviation
    )
    return isReflected
      ? tails(score: -score(x), above, below).reflected : tails(score: score(x), below, above)
  }

  /// The tails of the truncated score at the distances given from `low` and `high`; the smaller one is
  /// the one that is integrated.
  private func tails(score z: Double, _ below: Double, _ above: Double) -> SplitTails {
    let logBelow = logNormalMass(from: low, to: z, width: below) - logMass
    if logBelow <= -logTwo { return SplitTails(logNear: logBelow, isLower: true) }
    let logAbove = logNormalMass(from: z, to: high, width: above) - logMass
    return SplitTails(logNear: min(logAbove, -logTwo), isLower: false)
  }

  private func scoreBelow(_ p: Double) -> Double {
    if p == 0 { return low }
    if p > 0.5 { return scoreAbove(1 - p) }
    let start: Double
    if low > 0 {
      // 1 − Φ(z) = (1 − Φ(low)) − p · mass.
      let tail = StandardNormal.logSurvival(low)
      start = -StandardNormal.quantile(logProbability: tail + log1p(-p * exp(logMass - tail)))
    } else {
      let tail = logSumExp([StandardNormal.logCDF(low), log(p) + logMass])
      start = StandardNormal.quantile(logProbability: min(tail, 0))
    }
    return refined(start) { p - tails(score: $0, $0 - low, high - $0).lower }
  }

  private func scoreAbove(_ q: Double) -> Double {
    if q == 0 { return high }
    if q > 0.5 { return scoreBelow(1 - q) }
    let tail = logSumExp([StandardNormal.logSurvival(high), log(q) + logMass])
    return refined(-StandardNormal.quantile(logProbability: min(tail, 0))) {
      tails(score: $0, $0 - low, high - $0).upper - q
    }
  }

  /// One Newton step, for bounds that are close together take digits from the start.
  private func refined(_ z: Double, _ error: (Double) -> Double) -> Double {
    let z = min(max(z, low), high)
    let step = error(z) / exp(StandardNormal.logDensity(z) - logMass)
    return step.isFinite ? min(max(z + step, low), high) : z
  }
}
