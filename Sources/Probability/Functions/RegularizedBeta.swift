#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The regularised incomplete beta function and its complement, as a function of `x`.
public struct RegularizedBeta: Hashable, Sendable {
  /// The first shape.
  public let a: Double
  /// The second shape.
  public let b: Double

  /// Fixes the shapes, both positive and finite.
  public init(_ a: Double, _ b: Double) {
    precondition(a > 0 && a.isFinite && b > 0 && b.isFinite, "shapes are positive and finite")
    self.a = a
    self.b = b
  }

  /// `I_x(a, b)`, for `x` in 0...1.
  public func lower(_ x: Double) -> Double { exp(logLower(x)) }
  /// `1 − I_x(a, b)`, for `x` in 0...1.
  public func upper(_ x: Double) -> Double { exp(logUpper(x)) }

  /// `ln I_x(a, b)`.
  public func logLower(_ x: Double) -> Double {
    if x <= 0 { return -.infinity }
    if x >= 1 { return 0 }
    return x <= (a + 1) / (a + b + 2)
      ? Self.fraction(a, b, x, 1 - x) : log1p(-exp(Self.fraction(b, a, 1 - x, x)))
  }

  /// `ln (1 − I_x(a, b))`.
  public func logUpper(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return -.infinity }
    return x > (a + 1) / (a + b + 2)
      ? Self.fraction(b, a, 1 - x, x) : log1p(-exp(Self.fraction(a, b, x, 1 - x)))
  }

  /// The `x` at which `I_x(a, b) = p`.
  public func inverseLower(_ p: Double) -> Double { bisect { logLower($0) < log(p) } }
  /// The `x` at which `1 − I_x(a, b) = q`.
  public func inverseUpper(_ q: Double) -> Double { bisect { logUpper($0) > log(q) } }

  private func bisect(_ below: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if below(middle) { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    var c = 1.0
    var d = 1 / (1 - (a + b) * x / (a + 1))
    var value = d
    for step in 1..<20_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / (1 + even * d)
      c = 1 + even / c
      value *= c * d
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / (1 + odd * d)
      c = 1 + odd / c
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return a * log(x) + b * log(y) - logBeta(a, b) - log(a) + log(value)
  }
}
