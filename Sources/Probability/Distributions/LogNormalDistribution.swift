#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The log-normal distribution: a positive quantity, such as revenue, whose logarithm is normal.
///
///     f(x) = φ((ln x − μ)/σ) / (σ x),   x > 0
public struct LogNormalDistribution: Distribution, Hashable {
  /// The mean `μ` of the logarithm.
  public let logMean: Double
  /// The standard deviation `σ` of the logarithm.
  public let logStandardDeviation: Double

  /// Creates a log-normal distribution with a finite mean and a positive deviation of the logarithm.
  public init(logMean: Double = 0, logStandardDeviation: Double = 1) {
    precondition(logMean.isFinite, "a mean is finite")
    precondition(
      logStandardDeviation > 0 && logStandardDeviation.isFinite,
      "a standard deviation is positive and finite")
    self.logMean = logMean
    self.logStandardDeviation = logStandardDeviation
  }

  public func logDensity(_ x: Double) -> Double {
    x > 0 && x < .infinity ? logarithm.logDensity(log(x)) - log(x) : -.infinity
  }

  public func cdf(_ x: Double) -> Double { x > 0 ? logarithm.cdf(log(x)) : 0 }

  public func survival(_ x: Double) -> Double { x > 0 ? logarithm.survival(log(x)) : 1 }

  public func logCDF(_ x: Double) -> Double { x > 0 ? logarithm.logCDF(log(x)) : -.infinity }

  public func logSurvival(_ x: Double) -> Double { x > 0 ? logarithm.logSurvival(log(x)) : 0 }

  public func quantile(_ p: Double) -> Double { exp(logarithm.quantile(p)) }

  public func upperQuantile(_ q: Double) -> Double { exp(logarithm.upperQuantile(q)) }

  /// `exp(μ + σ²/2)`.
  public var mean: Double { exp(logMean + 0.5 * logVariance) }
  /// `(exp σ² − 1) exp(2μ + σ²)`.
  public var variance: Double { expm1(logVariance) * exp(2 * logMean + logVariance) }
  /// `μ + ½ + ½ ln 2πσ²`, in nats.
  public var entropy: Double { logMean + logarithm.entropy }

  /// A draw.
  public func draw(using rng: inout Philox) -> Double { exp(logarithm.draw(using: &rng)) }

  private var logVariance: Double { logStandardDeviation * logStandardDeviation }

  private var logarithm: NormalDistribution {
    NormalDistribution(mean: logMean, standardDeviation: logStandardDeviation)
  }
}
