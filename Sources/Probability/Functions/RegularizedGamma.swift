#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The regularised incomplete gamma functions of a shape, as functions of `x` ≥ 0.
///
///     P(a, x) = γ(a, x) / Γ(a)      Q(a, x) = 1 − P(a, x)
///
/// Both tails keep their relative accuracy, for shapes from 1e-10 to 1e15 and down to
/// the smallest doubles; the logarithms go on from there.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, chapter 8.
public struct RegularizedGamma: Hashable, Sendable {
  /// The shape.
  public let a: Double
  /// `x^a e^(−x) / Γ(a) = peak · exp(a (ln(x/a) − x/a + 1))`.
  let peak: Double

  /// Fixes the shape, which is positive and finite.
  public init(_ a: Double) {
    precondition(a > 0 && a.isFinite, "a shape is positive and finite")
    self.a = a
    peak = (a / (2 * .pi)).squareRoot() * exp(-stirlingError(a))
  }

  /// `P(a, x)`, the lower tail.
  public func lower(_ x: Double) -> Double {
    if !(x > 0) { return 0 }
    return x < .infinity ? tails(at: x).lower : 1
  }

  /// `Q(a, x)`, the upper tail.
  public func upper(_ x: Double) -> Double {
    if !(x > 0) { return 1 }
    return x < .infinity ? tails(at: x).upper : 0
  }

  /// `ln P(a, x)`.
  public func logLower(_ x: Double) -> Double {
    if !(x > 0) { return -.infinity }
    return x < .infinity ? tails(at: x).logLower : 0
  }

  /// `ln Q(a, x)`.
  public func logUpper(_ x: Double) -> Double {
    if !(x > 0) { return 0 }
    return x < .infinity ? tails(at: x).logUpper : -.infinity
  }

  /// `ln(x^a e^(−x) / Γ(a))`: the logarithm of the density of `ln X`.
  func logMass(_ x: Double) -> Double { log(peak) + exponent(x) }

  /// The tails at a positive, finite `x`.
  func tails(at x: Double) -> SplitTails {
    if a >= 12 { return integral(x) }
    if x > max(a, 1) { return fraction(x) }
    return a < 1 ? smallShapeSeries(x) : series(x)
  }

  /// `a (ln(x/a) − x/a + 1)`, without cancellation.
  private func exponent(_ x: Double) -> Double {
    let u = (x - a) / a
    // Then the shape is so small that its logarithm is lost beside x.
    if u > 1e100 { return a - x }
    return a * (u > -0.5 ? logOnePlusMinus(u) : log(x / a) - u)
  }

  /// Quadrature of the density from `x` to where it is negligible.
  private func integral(_ x: Double) -> SplitTails {
    let isLower = x < a
    let sign = isLower ? -1.0 : 1.0
    let slope = abs(x - a)
    // The density at x (1 + sign·t), relative to that at x.
    let ratio = integrateDecay(
      to: isLower ? 1 : .infinity, slope: slope, curvature: a,
      exponent: { t in a * logOnePlusMinus(sign * t) - t * slope },
      slopeAt: { t in abs(x * (1 + sign * t) - a) / (1 + sign * t) },
      weight: { t in 1 / (1 + sign * t) })
    return SplitTails(
      coefficient: peak, exponent: exponent(x), ratio: ratio, nearIsLower: isLower)
  }

  /// `P(a, x) = x^a e^(−x) / Γ(a) · Σₖ xᵏ / (a (a + 1) … (a + k))`, DLMF 8.7.1.
  private func series(_ x: Double) -> SplitTails {
    var (term, sum, shape) = (1 / a, 1 / a, a)
    while term > 1e-17 * sum {
      shape += 1
      term *= x / shape
      sum += term
    }
    return SplitTails(coefficient: peak, exponent: exponent(x), ratio: sum, nearIsLower: true)
  }

  /// The series for a shape below 1, where `P` may be so near 1 that `Q` has to be found by itself:
  ///
  ///     P(a, x) = E (1 + s),   E = x^a / Γ(1 + a),   s = a Σₖ (−x)ᵏ / (k! (a + k))
  private func smallShapeSeries(_ x: Double) -> SplitTails {
    var (term, sum, k) = (1.0, 0.0, 0.0)
    repeat {
      k += 1
      term *= -x / k
      sum += term / (a + k)
    } while abs(term) > 1e-17 * abs(sum)
    let logE = a * log(x) - logGammaOnePlus(a)
    let far = -expm1(logE) - exp(logE) * a * sum
    return SplitTails(
      coefficient: a * exp(-x), exponent: logE, ratio: (1 + a * sum) / (a * exp(-x)),
      nearIsLower: true, far: far)
  }

  /// `Q(a, x)` by its continued fraction, DLMF 8.9.2, after Lentz.
  private func fraction(_ x: Double) -> SplitTails {
    var b = x + 1 - a
    var (c, d) = (Double.infinity, 1 / b)
    var (value, k) = (d, 0.0)
    var change = 0.0
    repeat {
      k += 1
      b += 2
      let numerator = k * (a - k)
      d = 1 / (b + numerator * d)
      c = b + numerator / c
      change = c * d
      value *= change
    } while abs(change - 1) > 4.5e-16
    return SplitTails(coefficient: peak, exponent: exponent(x), ratio: value, nearIsLower: false)
  }
}
