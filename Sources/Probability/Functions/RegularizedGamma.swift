#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The regularised incomplete gamma functions, as functions of `x`.
public struct RegularizedGamma: Hashable, Sendable {
  /// The shape.
  public let a: Double

  /// Fixes the shape, positive and finite.
  public init(_ a: Double) {
    precondition(a > 0 && a.isFinite, "a shape is positive and finite")
    self.a = a
  }

  /// `P(a, x)`, for `x` ≥ 0.
  public func lower(_ x: Double) -> Double { exp(logLower(x)) }
  /// `Q(a, x) = 1 − P(a, x)`.
  public func upper(_ x: Double) -> Double { exp(logUpper(x)) }

  /// `ln P(a, x)`.
  public func logLower(_ x: Double) -> Double {
    if x <= 0 { return -.infinity }
    return x < a + 1 ? series(x) : log1p(-exp(fraction(x)))
  }

  /// `ln Q(a, x)`.
  public func logUpper(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    return x < a + 1 ? log1p(-exp(series(x))) : fraction(x)
  }

  /// The `x` at which `P(a, x) = p`.
  public func inverseLower(_ p: Double) -> Double { bisect { logLower($0) < log(p) } }
  /// The `x` at which `Q(a, x) = q`.
  public func inverseUpper(_ q: Double) -> Double { bisect { logUpper($0) > log(q) } }

  private func bisect(_ below: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 2 * a + 2_000)
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if below(middle) { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  private func series(_ x: Double) -> Double {
    var (term, sum, n) = (1 / a, 1 / a, a)
    while term > 1e-17 * sum {
      n += 1
      term *= x / n
      sum += term
    }
    return a * log(x) - x - logGamma(a) + log(sum)
  }

  private func fraction(_ x: Double) -> Double {
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var value = d
    for step in 1..<20_000 {
      let m = Double(step)
      let an = -m * (m - a)
      b += 2
      d = 1 / (an * d + b)
      c = b + an / c
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return a * log(x) - x - logGamma(a) + log(value)
  }
}
