#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The normal distribution of two variables with means 0, variances 1 and a correlation.
public enum BivariateNormal {
  /// P(X ≤ h and Y ≤ k), with a small relative error in the tails too.
  ///
  ///     Φ₂(h, k; ρ) = ∫₋∞ʰ φ(x) Φ((k − ρx)/√(1 − ρ²)) dx
  ///
  /// The integrand is positive and log-concave, so nothing cancels; adaptive quadrature begins with
  /// panels that know where it turns.
  ///
  /// - Parameters:
  ///   - h: The bound on X; may be infinite.
  ///   - k: The bound on Y; may be infinite.
  ///   - correlation: `ρ`, in −1...1.
  /// - Returns: The probability.
  /// - Complexity: Some 300 to 2,000 evaluations of Φ.
  public static func cdf(_ h: Double, _ k: Double, correlation: Double) -> Double {
    precondition(!h.isNaN && !k.isNaN, "a bound is a number")
    precondition(correlation >= -1 && correlation <= 1, "a correlation lies in −1...1")
    if h == -.infinity || k == -.infinity { return 0 }
    if h == .infinity { return StandardNormal.cdf(k) }
    if k == .infinity { return StandardNormal.cdf(h) }
    if correlation == 0 { return StandardNormal.cdf(h) * StandardNormal.cdf(k) }
    if correlation == 1 { return StandardNormal.cdf(min(h, k)) }
    if correlation == -1 { return interval(from: -k, to: h) }
    return Integrand(bound: k, correlation: correlation).integral(to: h)
  }

  /// P(a < Z ≤ b), by the tails on the side of the nearer end.
  private static func interval(from a: Double, to b: Double) -> Double {
    if a >= b { return 0 }
    return a > 0
      ? StandardNormal.survival(a) - StandardNormal.survival(b)
      : StandardNormal.cdf(b) - StandardNormal.cdf(a)
  }
}

/// `φ(x) Φ((k − ρx)/√(1 − ρ²))`.
private struct Integrand {
  let bound: Double
  let correlation: Double
  /// `√(1 − ρ²)`, in two parts.
  private let scale: Double
  private let scaleRest: Double

  init(bound: Double, correlation: Double) {
    self.bound = bound
    self.correlation = correlation
    // 1 − ρ² with the rounding of the square and of the difference.
    let square = correlation * correlation
    let lost = (-square).addingProduct(correlation, correlation)
    let variance = 1 - square
    let rest = ((1 - variance) - square) - lost
    scale = variance.squareRoot()
    scaleRest = (variance.addingProduct(-scale, scale) + rest) / (2 * scale)
  }

  /// The distance `k − ρx` of the bound from its mean, and what its rounding left out.
  private func distance(_ x: Double) -> (value: Double, rest: Double) {
    let moved = correlation * x
    let lost = (-moved).addingProduct(correlation, x)
    return sum(bound, -moved, rest: -lost)
  }

  /// The sum of two numbers and a small third, and what its rounding left out.
  private func sum(_ a: Double, _ b: Double, rest: Double) -> (value: Double, rest: Double) {
    let value = a + b
    let second = value - a
    return (value, (a - (value - second)) + (b - second) + rest)
  }

  /// The integrand at `anchor − t`, where the distance at the anchor is known in two parts.
  ///
  /// Where the correlation is near −1 all of the mass may lie in a sliver below `h`, whose points are
  /// told apart only by their distances from it.
  private func value(
    _ t: Double, before anchor: Double, _ base: (value: Double, rest: Double)
  ) -> Double {
    let moved = correlation * t
    let lost = (-moved).addingProduct(correlation, t)
    let distance = sum(base.value, moved, rest: base.rest + lost)
    let u = distance.value / scale
    let rest = (distance.value.addingProduct(-u, scale) + distance.rest - u * scaleRest) / scale
    // Φ(u + ε) ≈ Φ(u) + φ(u) ε.
    return StandardNormal.density(anchor - t)
      * (StandardNormal.cdf(u) + StandardNormal.density(u) * rest)
  }

  /// The derivative of the logarithm.
  private func slope(_ x: Double) -> Double {
    let u = distance(x).value / scale
    let hazard = exp(StandardNormal.logDensity(u) - StandardNormal.logCDF(u))
    return -x - correlation / scale * hazard
  }

  func integral(to h: Double) -> Double {
    let mode = self.mode(below: h)
    // The logarithm falls at least as fast as that of φ, so that 9 to either side it is lost.
    let (low, high) = (mode - 9, min(h, mode + 9))
    // Panels that double away from where Φ turns, and from the mode.
    let width = min(1, scale / abs(correlation))
    var ends = [low, high]
    for center in [bound / correlation, mode] {
      ends.append(center)
      var step = width
      while step < 18 {
        ends += [center - step, center + step]
        step *= 2
      }
    }
    let panels = ends.filter { $0 >= low && $0 <= high }.map { high - $0 }.sorted()
    let base = distance(high)
    return AdaptiveQuadrature().integrate(over: panels) { value($0, before: high, base) }.value
  }

  /// Where the integrand is greatest on −∞...h.
  private func mode(below h: Double) -> Double {
    if slope(h) >= 0 { return h }
    var (low, high, step) = (min(h, 0) - 1, h, 1.0)
    while slope(low) < 0 {
      high = low
      step *= 2
      low -= step
    }
    let fine = 1e-3 * scale
    while high - low > fine {
      let middle = 0.5 * (low + high)
      if !(middle > low && middle < high) { break }
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
