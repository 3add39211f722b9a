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

  /// `δ √(ν/2) Γ((ν − 1)/2)/Γ(ν/2)` where ν > 1; there is no mean otherwise.
  public var mean: Double? {
    guard degreesOfFreedom > 1 else { return nil }
    let half = 0.5 * degreesOfFreedom
    return noncentrality * half.squareRoot() * exp(-logGammaIncrease(half - 0.5, by: 0.5))
  }
  /// `ν (1 + δ²)/(ν − 2) − mean²` where ν > 2; infinite or without meaning otherwise.
  public var variance: Double? {
    guard degreesOfFreedom > 2, let mean else { return nil }
    let square = noncentrality * noncentrality
    return degreesOfFreedom * (1 + square) / (degreesOfFreedom - 2) - mean * mean
  }

  public func logDensity(_ t: Double) -> Double {
    guard t.isFinite else { return -.infinity }
    // Given s, the density of t is s φ(ts − δ).
    return log(mixture(t) { $0 * StandardNormal.density(t * $0 - noncentrality) })
  }

  public func cdf(_ t: Double) -> Double {
    if t.isInfinite { return t > 0 ? 1 : 0 }
    return t <= noncentrality ? lower(t) : 1 - upper(t)
  }

  public func survival(_ t: Double) -> Double {
    if t.isInfinite { return t > 0 ? 0 : 1 }
    return t <= noncentrality ? 1 - lower(t) : upper(t)
  }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    if p == 0 { return -.infinity }
    if p > cdf(noncentrality) { return upperQuantile(1 - p) }
    let target = log(p)
    return point { log(lower($0)) - target }
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q == 0 { return .infinity }
    if q > survival(noncentrality) { return quantile(1 - q) }
    let target = log(q)
    return point { target - log(upper($0)) }
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    let chiSquared = ChiSquaredDistribution(degreesOfFreedom: degreesOfFreedom)
    return (StandardNormal.draw(using: &rng) + noncentrality)
      / (chiSquared.draw(using: &rng) / degreesOfFreedom).squareRoot()
  }
}

extension NoncentralTDistribution {
  /// The root of a rising function, sought on a scale that is logarithmic far out.
  private func point(_ function: (Double) -> Double) -> Double {
    let u = findTailPoint(near: asinh(noncentrality), width: 1) { function(sinh($0)) }
    return sinh(u)
  }

  private func lower(_ t: Double) -> Double {
    min(mixture(t) { StandardNormal.cdf(t * $0 - noncentrality) }, 1)
  }

  private func upper(_ t: Double) -> Double {
    min(mixture(t) { StandardNormal.survival(t * $0 - noncentrality) }, 1)
  }

  /// `E[g(S)]` for a `g` that decays no faster than `φ(ts − δ)`.
  private func mixture(_ t: Double, _ function: (Double) -> Double) -> Double {
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
    return AdaptiveQuadrature().integrate(over: panels) { logS in
      let s = exp(logS)
      return 2 * exp(square.logMass(0.5 * nu * s * s)) * function(s)
    }.value
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
