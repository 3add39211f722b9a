#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The normal distribution.
///
///     f(x) = exp(−z²/2) / (σ √(2π)),   z = (x − μ)/σ
public struct NormalDistribution: Distribution, Hashable {
  /// The mean `μ`.
  public let mean: Double
  /// The standard deviation `σ`.
  public let standardDeviation: Double

  /// Creates a normal distribution with a finite mean and a positive standard deviation.
  public init(mean: Double = 0, standardDeviation: Double = 1) {
    precondition(mean.isFinite, "a mean is finite")
    precondition(
      standardDeviation > 0 && standardDeviation.isFinite,
      "a standard deviation is positive and finite")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public func density(_ x: Double) -> Double {
    StandardNormal.density(score(x)) / standardDeviation
  }

  public func logDensity(_ x: Double) -> Double {
    StandardNormal.logDensity(score(x)) - log(standardDeviation)
  }

  public func cdf(_ x: Double) -> Double { StandardNormal.cdf(score(x)) }

  public func survival(_ x: Double) -> Double { StandardNormal.survival(score(x)) }

  public func logCDF(_ x: Double) -> Double { StandardNormal.logCDF(score(x)) }

  public func logSurvival(_ x: Double) -> Double { StandardNormal.logSurvival(score(x)) }

  public func quantile(_ p: Double) -> Double {
    mean + standardDeviation * StandardNormal.quantile(p)
  }

  public func upperQuantile(_ q: Double) -> Double {
    mean + standardDeviation * StandardNormal.upperQuantile(q)
  }

  /// `σ²`.
  public var variance: Double { standardDeviation * standardDeviation }
  /// `½ + ½ ln 2πσ²`, in nats.
  public var entropy: Double { 0.5 + halfLogTwoPi + log(standardDeviation) }

  /// The distance from the mean in standard deviations.
  private func score(_ x: Double) -> Double { (x - mean) / standardDeviation }
}
