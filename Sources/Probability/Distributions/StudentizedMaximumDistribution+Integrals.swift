#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension StudentizedMaximumDistribution {
  /// Both tails and the density, added up side by side.
  struct Sums {
    var cdf = 0.0
    var survival = 0.0
    var density = 0.0

    static func += (sums: inout Sums, term: Sums) {
      sums.cdf += term.cdf
      sums.survival += term.survival
      sums.density += term.density
    }

    static func * (factor: Double, sums: Sums) -> Sums {
      Sums(
        cdf: factor * sums.cdf, survival: factor * sums.survival, density: factor * sums.density)
    }

    /// Whether every sum changes by less than a part.
    func isClose(to other: Sums, _ part: Double) -> Bool {
      abs(cdf - other.cdf) <= part * cdf && abs(survival - other.survival) <= part * survival
        && abs(density - other.density) <= part * density
    }
  }

  /// The tails and the density at `c`: those given `S = s`, weighted by the density of `t = ln s`.
  func integrals(_ c: Double) -> Sums {
    if degreesOfFreedom == .infinity { return given(deviation: 1, c) }
    let line = deviationLine(c)
    func sum(from start: Double, by step: Double) -> Sums {
      var sums = Sums()
      for index in 0...Int((line.high - line.low) / step) {
        let logS = line.low + step * (Double(index) + start)
        let density = exp(line.logDensity(logS))
        if density > 0 { sums += density * given(deviation: exp(logS), c) }
      }
      return sums
    }
    var step = line.step
    var sums = sum(from: 0, by: step)
    while true {
      var finer = sums
      finer += sum(from: 0.5, by: step)
      let isDone = (0.5 * finer).isClose(to: sums, 1e-7) || step < 1e-4
      step /= 2
      if isDone { return step * finer }
      sums = finer
    }
  }

  /// The same where the deviation `S` is known, integrated over the shared variable Y.
  private func given(deviation s: Double, _ c: Double) -> Sums {
    let bound = c * s
    let scales = loadings.map { ((1 - $0) * (1 + $0)).squareRoot() }
    let step = lineStep(scales)
    // Beyond, either Y or the statistic given Y is too far out.
    let reach = min(9 + abs(bound), 38.5)
    let count = Int(reach / step)
    var sums = Sums()
    for index in -count...count {
      let y = step * Double(index)
      let weight = step * StandardNormal.density(y)
      if weight == 0 { continue }
      sums += weight * self.given(shared: y, bound, s, scales)
    }
    return sums
  }

  /// The step of the rule over Y.
  func lineStep(_ scales: [Double]) -> Double {
    // The rule of step h errs by exp(−2π²/(h² (1 + Σ λᵢ²/σᵢ²))), or e⁻³⁵.
    var steepness = 1.0
    for (loading, scale) in zip(loadings, scales) {
      steepness += (loading / scale) * (loading / scale)
    }
    return 0.75 / steepness.squareRoot()
  }

  /// The line over `ln s` on which a tail at `c` is integrated.
  func deviationLine(_ c: Double) -> DeviationLine { DeviationLine(degreesOfFreedom, at: c) }

  /// The first two moments of the maximum under a known variance.
  var moments: (first: Double, second: Double) {
    let law = StudentizedMaximumDistribution(
      loadings: loadings, degreesOfFreedom: .infinity, sides: sides)
    var rule = AdaptiveQuadrature()
    rule.absoluteError = 1e-14
    // Beyond 12 is 1e-32 of the probability.
    let ends = sides == .two ? [0.0, 2, 4, 12] : [-12.0, -4, 0, 2, 4, 12]
    return (
      rule.integrate(over: ends) { $0 * law.integrals($0).density }.value,
      rule.integrate(over: ends) { $0 * $0 * law.integrals($0).density }.value
    )
  }

  /// `E(1/S)`.
  var meanInverse: Double { exp(chiLogMeanInverse(degreesOfFreedom)) }

  /// The same where Y is known too, and the statistics are independent.
  private func given(shared y: Double, _ bound: Double, _ s: Double, _ scales: [Double]) -> Sums {
    var product = Sums(cdf: 1)
    for (loading, scale) in zip(loadings, scales) {
      let high = (bound + loading * y) / scale
      var inside = StandardNormal.cdf(high)
      var outside = StandardNormal.survival(high)
      var density = StandardNormal.density(high)
      if sides == .two {
        let low = (loading * y - bound) / scale
        inside = normalMass(around: loading * y / scale, within: bound / scale)
        outside += StandardNormal.cdf(low)
        density += StandardNormal.density(low)
      }
      product.density = product.density * inside + product.cdf * density * s / scale
      product.survival += outside * (1 - product.survival)
      product.cdf *= inside
    }
    return product
  }

  /// `Φ(center + half) − Φ(center − half)` by the tails where they are small.
  private func normalMass(around center: Double, within half: Double) -> Double {
    if half < 5e-4 {
      // φ at the centre, with the second term of its series.
      return 2 * half * StandardNormal.density(center)
        * (1 + (center * center - 1) * half * half / 6)
    }
    let (low, high) = (center - half, center + half)
    return low > 0
      ? StandardNormal.survival(low) - StandardNormal.survival(high)
      : StandardNormal.cdf(high) - StandardNormal.cdf(low)
  }
}

/// The trapezoidal rule over `ln s`, where νs² is chi-squared.
///
/// `ln s` has the density `2 · mass(νs²/2)`, of deviation 1/√(2ν), which falls like `exp(−νs²/2)` upwards
/// and `s^ν` downwards; a tail of the statistic shifts its peak to −½ ln(1 + c²/ν) at most.
struct DeviationLine {
  let low: Double
  let high: Double
  /// The first step to try; on a smooth line each halving squares the error.
  let step: Double
  private let square: RegularizedGamma

  init(_ degreesOfFreedom: Double, at c: Double) {
    let nu = degreesOfFreedom
    square = RegularizedGamma(0.5 * nu)
    let (shift, width) = (min(log(hypot(1, c / nu.squareRoot())), 740), 6.5 / nu.squareRoot())
    (low, high) = (-shift - width - 38 / nu, width + 0.5 * log1p(90 / nu))
    step = 1 / (2 * nu + 2 * min(c * c, nu + 16)).squareRoot()
  }

  /// The logarithm of the density of `ln s`.
  func logDensity(_ logS: Double) -> Double {
    // There s² would underflow, and exp(−νs²/2) is 1.
    if logS < -150 { return logTwo + square.a * (log(square.a) + 2 * logS) - logGamma(square.a) }
    let s = exp(logS)
    return logTwo + square.logMass(square.a * s * s)
  }
}
