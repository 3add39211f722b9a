#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The noncentral t distribution: a t statistic whose numerator has a mean, behind the power of t
/// tests.
///
///     T = (Z + δ)/S,   νS² ~ χ²(ν)
///     P(T > t) = ∫ f_S(s) Φ(δ − ts) ds
///
/// The integral is over `ln s`, by adaptive quadrature; its relative error is about 1e-13.
public struct NoncentralTDistribution: Distribution, Hashable {
  /// The degrees of freedom `ν`.
  public let degreesOfFreedom: Double
  /// The noncentrality `δ`: the mean of the numerator.
  public let noncentrality: Double

  /// Creates a noncentral t distribution; δ = 0 is Student's.
  public init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "degrees of freedom are positive and finite")
    precondition(noncentrality.isFinite, "a noncentrality is finite")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  public func logDensity(_ t: Double) -> Double {
    guard t.isFinite else { return -.infinity }
    // Given s, the density of t is s φ(ts − δ).
    let density = mixture(t) { log($0) + StandardNormal.logDensity(t * $0 - noncentrality) }
    return log(density.ratio) + density.exponent
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    if p == 0 { return -.infinity }
    if p > cdf(noncentrality) { return upperQuantile(1 - p) }
    let target = log(p)
    return point { logCDF($0) - target }
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q == 0 { return .infinity }
    if q > survival(noncentrality) { return quantile(1 - q) }
    let target = log(q)
    return point { target - logSurvival($0) }
  }

  /// `δ √(ν/2) Γ((ν − 1)/2)/Γ(ν/2)` where ν > 1; there is no mean otherwise.
  public var mean: Double? { degreesOfFreedom > 1 ? noncentrality * exp(logMeanInverse) : nil }
  /// `ν (1 + δ²)/(ν − 2) − mean²` where ν > 2; infinite or without meaning otherwise.
  public var variance: Double? {
    guard degreesOfFreedom > 2 else { return nil }
    // δ² (E S⁻² − (E S⁻¹)²), without the cancellation.
    let (spread, level) = (-log1p(-2 / degreesOfFreedom), 2 * logMeanInverse)
    let square = noncentrality * noncentrality
    return exp(spread) + square * exp(level) * expm1(spread - level)
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    let chiSquared = ChiSquaredDistribution(degreesOfFreedom: degreesOfFreedom)
    return (StandardNormal.draw(using: &rng) + noncentrality)
      / (chiSquared.draw(using: &rng) / degreesOfFreedom).squareRoot()
  }
}

extension NoncentralTDistribution {
  private var logMeanInverse: Double { chiLogMeanInverse(degreesOfFreedom) }

  /// The root of a rising function, sought on a scale that is logarithmic far out.
  private func point(_ function: (Double) -> Double) -> Double {
    let u = findTailPoint(near: asinh(noncentrality), width: 1) { function(sinh($0)) }
    return sinh(u)
  }

  private func tails(at t: Double) -> SplitTails {
    if t.isInfinite { return t > 0 ? .above : .below }
    let isLower = t <= noncentrality
    let near =
      isLower
      ? mixture(t) { StandardNormal.logCDF(t * $0 - noncentrality) }
      : mixture(t) { StandardNormal.logSurvival(t * $0 - noncentrality) }
    return SplitTails(
      coefficient: 1, exponent: near.exponent, ratio: near.ratio, nearIsLower: isLower)
  }

  /// `E[g(S)]` as `ratio · exp(exponent)`, for a `g` that is known by its logarithm and decays no faster
  /// than `φ(ts − δ)`.
  private func mixture(
    _ t: Double, _ logFunction: (Double) -> Double
  ) -> (ratio: Double, exponent: Double) {
    let nu = degreesOfFreedom
    let square = RegularizedGamma(0.5 * nu)
    // The peak of the product lies between that of the density of ln s, at 0, and that of
    // f_S(s) φ(ts − δ), where (ν + t²) s² − tδs − ν = 0.
    let turn = log(peak(t))
    let deviation = 1 / (2 * nu).squareRoot()
    let low = min(0, turn) - 9 * deviation - 40 / nu
    let high = max(0, turn) + min(9 * deviation, 3)
    let narrow = min(deviation, 1 / (1 + abs(noncentrality)))
    var ends = [low, high]
    for center in [0, turn] {
      ends += [-4, -2, -1, 0, 1, 2, 4].map { center + $0 * narrow }
      ends += [-4, -2, 2, 4].map { center + $0 * deviation }
    }
    let panels = ends.filter { $0 >= low && $0 <= high }.sorted()
    func logTerm(_ logS: Double) -> Double {
      let s = exp(logS)
      return square.logMass(0.5 * nu * s * s) + logFunction(s)
    }
    // Relative to about the greatest term, lest all of them underflow.
    let top = panels.map(logTerm).max() ?? 0
    let sum = AdaptiveQuadrature().integrate(over: panels) { 2 * exp(logTerm($0) - top) }
    return (sum.value, top)
  }

  /// The positive root of `(ν + t²) s² − tδs − ν`, whatever the size of `t`.
  private func peak(_ t: Double) -> Double {
    // In units of 1/u, so that no square overflows.
    let u = max(abs(t), 1)
    let (scale, slope) = (degreesOfFreedom / u / u + (t / u) * (t / u), t / u * noncentrality)
    let root = (slope * slope + 4 * degreesOfFreedom * scale).squareRoot()
    return slope >= 0
      ? (slope + root) / (2 * scale) / u : 2 * degreesOfFreedom / (root - slope) / u
  }
}
