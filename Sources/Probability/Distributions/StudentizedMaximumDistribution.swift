#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The greatest of several t statistics that share a control and a variance, as in Dunnett's
/// comparisons.
///
///     Tᵢ = (σᵢXᵢ − λᵢY)/S,   M = maxᵢ Tᵢ or maxᵢ |Tᵢ|,   σᵢ² = 1 − λᵢ²
///
/// Xᵢ and Y are standard normal and νS² is chi-squared, so that two statistics have the correlation
/// `λᵢλⱼ`. Given Y and S they are independent; the tails are double integrals by the trapezoidal rule,
/// with a relative error of about 1e-12.
///
/// References: Dunnett (1955), *Journal of the American Statistical Association* 50, 1096–1121;
/// Trefethen and Weideman (2014), *SIAM Review* 56, 385–458, for the rule.
///
/// - Complexity: O(*k*) normal tails at some 10⁴ points for *k* statistics.
public struct StudentizedMaximumDistribution: Distribution, Hashable {
  /// Which statistics count as great.
  public enum Sides: Hashable, Sendable {
    /// The maximum of the statistics.
    case one
    /// The maximum of their absolute values.
    case two
  }

  /// The loadings `λᵢ`, in 0..<1: the square root of the correlation where all are equal.
  public let loadings: [Double]
  /// The degrees of freedom `ν`; infinite where the variance is known.
  public let degreesOfFreedom: Double
  /// Which statistics count as great.
  public let sides: Sides

  /// Creates the distribution from its loadings.
  public init(loadings: [Double], degreesOfFreedom: Double, sides: Sides) {
    precondition(!loadings.isEmpty, "a maximum is of at least one statistic")
    precondition(loadings.allSatisfy { $0 >= 0 && $0 < 1 }, "a loading lies in 0..<1")
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
    self.loadings = loadings
    self.degreesOfFreedom = degreesOfFreedom
    self.sides = sides
  }

  /// Creates the distribution of comparisons with one control: `λᵢ² = nᵢ/(nᵢ + n₀)`.
  ///
  /// - Parameters:
  ///   - control: The size `n₀` of the control.
  ///   - treatments: The sizes `nᵢ` of the others; equal sizes make all correlations a half.
  ///   - degreesOfFreedom: Those of the common variance, if it is estimated.
  ///   - sides: Which statistics count as great.
  public init(
    control: Double, treatments: [Double], degreesOfFreedom: Double = .infinity, sides: Sides
  ) {
    precondition(control > 0 && treatments.allSatisfy { $0 > 0 }, "a sample is not empty")
    self.init(
      loadings: treatments.map { ($0 / ($0 + control)).squareRoot() },
      degreesOfFreedom: degreesOfFreedom, sides: sides)
  }

  public func logDensity(_ x: Double) -> Double {
    if isBelowSupport(x) || x.isInfinite { return -.infinity }
    let density = integrals(x).density
    return density > 1e-290 ? log(density) : logIntegral(.density, x)
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    if p > 0.5 { return upperQuantile(1 - p) }
    // The statistics are positively dependent: between those of one and of independent ones.
    let low = one.quantile(p)
    let high = one.quantile(exp(log(p) / Double(loadings.count)))
    return root(from: low, to: high) { logCDF($0) - log(p) }
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q > 0.5 { return quantile(1 - q) }
    // Bonferroni's inequality bounds the point.
    let (low, high) = (one.upperQuantile(q), one.upperQuantile(q / Double(loadings.count)))
    return root(from: low, to: high) { logSurvival($0) - log(q) }
  }

  /// `E(N) E(1/S)` for the maximum `N` under a known variance, where ν > 1; there is none otherwise.
  public var mean: Double? {
    guard degreesOfFreedom > 1 else { return nil }
    return moments.first * (degreesOfFreedom < .infinity ? meanInverse : 1)
  }
  /// `E(N²) ν/(ν − 2) − mean²` where ν > 2; infinite or without meaning otherwise.
  public var variance: Double? {
    guard degreesOfFreedom > 2, let mean else { return nil }
    let scale = degreesOfFreedom < .infinity ? degreesOfFreedom / (degreesOfFreedom - 2) : 1
    return moments.second * scale - mean * mean
  }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    let shared = StandardNormal.draw(using: &rng)
    var deviation = 1.0
    if degreesOfFreedom.isFinite {
      let law = ChiSquaredDistribution(degreesOfFreedom: degreesOfFreedom)
      deviation = (law.draw(using: &rng) / degreesOfFreedom).squareRoot()
    }
    var greatest = -Double.infinity
    for loading in loadings {
      let own = ((1 - loading) * (1 + loading)).squareRoot() * StandardNormal.draw(using: &rng)
      let score = own - loading * shared
      greatest = max(greatest, sides == .two ? abs(score) : score)
    }
    return greatest / deviation
  }

  private func tails(at x: Double) -> SplitTails {
    if isBelowSupport(x) { return .below }
    if x == .infinity { return .above }
    let sums = integrals(x)
    let isLower = sums.cdf <= sums.survival
    let near = isLower ? sums.cdf : sums.survival
    if near > 1e-290 {
      return SplitTails(coefficient: near, exponent: 0, ratio: 1, nearIsLower: isLower)
    }
    return SplitTails(logNear: logIntegral(isLower ? .cdf : .survival, x), isLower: isLower)
  }

  private func isBelowSupport(_ x: Double) -> Bool { sides == .two ? !(x > 0) : x == -.infinity }

  private var one: SingleStatistic {
    SingleStatistic(degreesOfFreedom: degreesOfFreedom, isAbsolute: sides == .two)
  }

  private func root(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
    if loadings.count == 1 || low == high { return low }
    // A little wider, for rounding may put the root at an end.
    let (low, high) = (low - 1e-9 * abs(low), high + 1e-9 * abs(high))
    return findRoot(from: low, to: high, of: function) ?? low
  }
}

/// The law of a single statistic, which bounds that of the greatest.
private struct SingleStatistic {
  let degreesOfFreedom: Double
  let isAbsolute: Bool

  func quantile(_ p: Double) -> Double {
    guard isAbsolute else {
      return degreesOfFreedom == .infinity
        ? StandardNormal.quantile(p)
        : StudentTDistribution(degreesOfFreedom: degreesOfFreedom).quantile(p)
    }
    // The square would underflow; there p is 2c f(0).
    if p < 1e-100 { return 0.5 * p / peak }
    return square.quantile(p).squareRoot()
  }

  func upperQuantile(_ q: Double) -> Double {
    isAbsolute ? square.upperQuantile(q).squareRoot() : -quantile(q)
  }

  /// The density of the statistic at 0.
  private var peak: Double {
    if degreesOfFreedom == .infinity { return StandardNormal.density(0) }
    return exp(StudentTDistribution(degreesOfFreedom: degreesOfFreedom).logDensity(0))
  }

  private var square: any Distribution {
    degreesOfFreedom == .infinity
      ? ChiSquaredDistribution(degreesOfFreedom: 1)
      : FDistribution(numerator: 1, denominator: degreesOfFreedom)
  }
}
