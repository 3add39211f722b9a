internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The regularised incomplete beta function of two shapes, as a function of `x` in 0...1.
///
///     I_x(a, b) = 1/B(a, b) ∫₀ˣ t^(a−1) (1 − t)^(b−1) dt
///
/// Both tails keep their relative accuracy, for shapes from 1e-10 to 1e10 and down to the
/// smallest doubles; the logarithms go on from there. The members that take `x` and `y` are for
/// callers who know `y = 1 − x` better than a subtraction would.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 8.17; the fraction is that of
/// Didonato and Morris (1992), *ACM Transactions on Mathematical Software* 18, 360–373.
public struct RegularizedBeta: Hashable, Sendable {
  /// The first shape.
  public let a: Double
  /// The second shape.
  public let b: Double
  /// `x^a y^b / B(a, b) = peak · exp(−deviance)`.
  let peak: Double

  /// Fixes the shapes, both positive and finite.
  public init(_ a: Double, _ b: Double) {
    precondition(a > 0 && a.isFinite, "the first shape is positive and finite")
    precondition(b > 0 && b.isFinite, "the second shape is positive and finite")
    self.a = a
    self.b = b
    peak = holdfast_beta_peak(a, b)
  }

  /// `I_x(a, b)`, the lower tail.
  public func lower(_ x: Double) -> Double { lower(x, 1 - x) }
  /// `1 − I_x(a, b)`, the upper tail.
  public func upper(_ x: Double) -> Double { upper(x, 1 - x) }
  /// `ln I_x(a, b)`.
  public func logLower(_ x: Double) -> Double {
    if !(x > 0) { return -.infinity }
    return x < 1 ? tails(at: x, 1 - x).logLower : 0
  }
  /// `ln (1 − I_x(a, b))`.
  public func logUpper(_ x: Double) -> Double {
    if !(x > 0) { return 0 }
    return x < 1 ? tails(at: x, 1 - x).logUpper : -.infinity
  }

  /// `I_x(a, b)` where `y` is `1 − x`.
  public func lower(_ x: Double, _ y: Double) -> Double {
    if !(x > 0) { return 0 }
    if !(y > 0) { return 1 }
    let tail = holdfast_beta_one_tail(a, b, peak, x, y, 0)
    return tail.isNaN ? tails(at: x, y).lower : tail
  }

  /// `1 − I_x(a, b)` where `y` is `1 − x`.
  public func upper(_ x: Double, _ y: Double) -> Double {
    if !(x > 0) { return 1 }
    if !(y > 0) { return 0 }
    let tail = holdfast_beta_one_tail(a, b, peak, x, y, 1)
    return tail.isNaN ? tails(at: x, y).upper : tail
  }

  /// `ln(x^a (1 − x)^b / B(a, b))`: the logarithm of the density of the log-odds of `x`.
  func logMass(_ x: Double) -> Double { logMass(x, 1 - x, shift(x, 1 - x)) }

  /// The same where `y` is `1 − x` and the shift is `a y − b x`.
  func logMass(_ x: Double, _ y: Double, _ shift: Double) -> Double {
    log(peak) + exponent(x, y, shift)
  }

  /// The same function seen from the other end: `I_x(a, b) = 1 − I_y(b, a)`.
  var reflected: RegularizedBeta { RegularizedBeta(b, a, peak: peak) }

  private init(_ a: Double, _ b: Double, peak: Double) {
    (self.a, self.b, self.peak) = (a, b, peak)
  }

  /// The tails at `x`, where `x` and `y = 1 − x` are both positive.
  func tails(at x: Double, _ y: Double) -> SplitTails { tails(at: x, y, shift: nil) }

  /// The same for a caller who knows `a y − b x` better than `x` and `y` tell; large shapes need it.
  func tails(at x: Double, _ y: Double, shift: Double) -> SplitTails {
    withUnsafePointer(to: shift) { tails(at: x, y, shift: $0) }
  }

  /// By the kernel's fraction and expansion, or by the series where that does not serve.
  private func tails(at x: Double, _ y: Double, shift: UnsafePointer<Double>?) -> SplitTails {
    var tail = holdfast_beta_tail()
    if holdfast_beta_near_tail(a, b, peak, x, y, shift, &tail) != 0 {
      return SplitTails(
        coefficient: peak, exponent: tail.exponent, ratio: tail.ratio,
        nearIsLower: tail.is_upper == 0)
    }
    // The nearer tail is that on the side of the mode where the series converge.
    return self.shift(x, y) + (y - x) >= 0 ? near(x, y) : reflected.near(y, x).reflected
  }

  /// The lower tail for an `x` up to about the mean.
  private func near(_ x: Double, _ y: Double) -> SplitTails {
    a < 1 ? smallShapeSeries(x, y) : series(x, y)
  }

  /// `a y − b x`: how far the mean lies above `x`, in units of `1/(a + b)`.
  ///
  /// The smaller of `x` and `y` is taken as exact. Products are carried to twice the precision, since
  /// the shift of a large sample is small beside them.
  func shift(_ x: Double, _ y: Double) -> Double {
    let (up, down) = (a * y, b * x)
    let products = (up - down) + ((-up).addingProduct(a, y) - (-down).addingProduct(b, x))
    return x <= y ? products + a * ((1 - y) - x) : products - b * ((1 - x) - y)
  }

  /// `ln (x^a y^b / B(a, b)) − ln peak`: minus the deviance of `x` from the mean `a/(a + b)`.
  ///
  ///     a (ln(1 − u) + u) + b (ln(1 + v) − v),   u = shift/a,   v = shift/b
  func exponent(_ x: Double, _ y: Double, _ shift: Double) -> Double {
    Self.deviation(a, -shift, x / a * (a + b)) + Self.deviation(b, shift, y / b * (a + b))
  }

  /// `shape (ln(1 + u) − u)` for `u = move/shape`, where `ratio` is `1 + u` without its rounding.
  private static func deviation(_ shape: Double, _ move: Double, _ ratio: Double) -> Double {
    let u = move / shape
    // Then the shape is so small that its logarithm is lost beside the move.
    if u > 1e100 { return -move }
    return shape * (u > -0.5 ? logOnePlusMinus(u) : log(ratio) - u)
  }
}
