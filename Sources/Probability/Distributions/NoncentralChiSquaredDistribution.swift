#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The noncentral chi-squared distribution: a sum of squares of normal variables whose means are not
/// zero, behind the power of chi-squared tests.
///
///     X ~ χ²(ν + 2J),   J ~ Poisson(λ/2)
///
/// Tails are sums over J outwards from the greatest term, all of them positive; the relative error
/// is some 1e-14, and grows with the logarithm of the tail.
///
/// - Complexity: O(√*λ*) incomplete gamma functions a tail.
public struct NoncentralChiSquaredDistribution: Distribution, Hashable {
  /// The degrees of freedom `ν`.
  public let degreesOfFreedom: Double
  /// The noncentrality `λ`: the sum of the squared means.
  public let noncentrality: Double

  /// Creates a noncentral chi-squared distribution; λ = 0 is the central one.
  public init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "degrees of freedom are positive and finite")
    precondition(
      noncentrality >= 0 && noncentrality.isFinite, "a noncentrality is finite and not negative")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  public func logDensity(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return -.infinity }
    return logMixture { RegularizedGamma($0).logMass(0.5 * x) } - log(x)
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  public func quantile(_ p: Double) -> Double { positiveQuantile(p) }

  public func upperQuantile(_ q: Double) -> Double { positiveUpperQuantile(q) }

  /// `ν + λ`.
  public var mean: Double { degreesOfFreedom + noncentrality }
  /// `2 (ν + 2λ)`.
  public var variance: Double { 2 * (degreesOfFreedom + 2 * noncentrality) }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    let extra =
      noncentrality > 0
      ? PoissonDistribution(mean: 0.5 * noncentrality).draw(using: &rng) : 0
    return ChiSquaredDistribution(degreesOfFreedom: degreesOfFreedom + 2 * extra).draw(using: &rng)
  }

  private func tails(at x: Double) -> SplitTails {
    x <= mean
      ? SplitTails(logNear: logLower(x), isLower: true)
      : SplitTails(logNear: logUpper(x), isLower: false)
  }

  private func logLower(_ x: Double) -> Double {
    x > 0 ? min(logMixture { RegularizedGamma($0).logLower(0.5 * x) }, 0) : -.infinity
  }

  private func logUpper(_ x: Double) -> Double {
    x < .infinity ? min(logMixture { RegularizedGamma($0).logUpper(0.5 * x) }, 0) : -.infinity
  }

  /// `ln Σⱼ P(J = j) exp(logTerm(ν/2 + j))` for terms that are log-concave in `j`.
  private func logMixture(_ logTerm: (Double) -> Double) -> Double {
    let half = 0.5 * degreesOfFreedom
    guard noncentrality > 0 else { return logTerm(half) }
    let weights = PoissonDistribution(mean: 0.5 * noncentrality)
    func term(_ j: Double) -> Double { weights.logDensity(j) + logTerm(half + j) }
    let peak = leastCount(near: 0.5 * noncentrality + 1) { term($0 + 1) <= term($0) }
    let top = term(peak)
    // So far out the number of terms is lost in the rounding of the greatest.
    guard top > -1e12 else { return top }
    var rest = 0.0
    for direction in [-1.0, 1] {
      var j = peak + direction
      while j >= 0 {
        let share = exp(term(j) - top)
        rest += share
        if share < 1e-17 { break }
        j += direction
      }
    }
    return top + log1p(rest)
  }
}
