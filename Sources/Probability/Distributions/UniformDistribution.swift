#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The uniform distribution on an interval.
///
///     f(x) = 1 / (b − a),   a < x < b
public struct UniformDistribution: Distribution, Hashable {
  /// The lower end `a`.
  public let lower: Double
  /// The upper end `b`.
  public let upper: Double

  /// Creates a uniform distribution between finite ends, the lower one first.
  public init(lower: Double = 0, upper: Double = 1) {
    precondition(lower < upper && (upper - lower).isFinite, "the ends are finite and ascend")
    self.lower = lower
    self.upper = upper
  }

  public func density(_ x: Double) -> Double { x >= lower && x <= upper ? 1 / width : 0 }

  public func logDensity(_ x: Double) -> Double {
    x >= lower && x <= upper ? -log(width) : -.infinity
  }

  public func cdf(_ x: Double) -> Double { min(max((x - lower) / width, 0), 1) }

  public func survival(_ x: Double) -> Double { min(max((upper - x) / width, 0), 1) }

  public func logCDF(_ x: Double) -> Double {
    x < lower + 0.5 * width ? log(cdf(x)) : log1p(-survival(x))
  }

  public func logSurvival(_ x: Double) -> Double {
    x < lower + 0.5 * width ? log1p(-cdf(x)) : log(survival(x))
  }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    return p <= 0.5 ? lower + p * width : upper - (1 - p) * width
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    return q <= 0.5 ? upper - q * width : lower + (1 - q) * width
  }

  /// `(a + b) / 2`.
  public var mean: Double { lower + 0.5 * width }
  /// `(b − a)² / 12`.
  public var variance: Double { width * width / 12 }
  /// `ln(b − a)`, in nats.
  public var entropy: Double { log(width) }

  /// A draw, below the upper end but for rounding.
  public func draw(using rng: inout Philox) -> Double { lower + rng.uniform() * width }

  private var width: Double { upper - lower }
}
