#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// One of several independent quantities, by its density and its distribution function.
struct IndependentLaw {
  /// Where all but some 1e-18 on either side lies.
  let support: ClosedRange<Double>
  let density: (Double) -> Double
  let cdf: (Double) -> Double

  /// The mass beyond each end of a support.
  private static let outside = 1e-18

  /// The law of `location + scale · X`, for a positive scale.
  init(_ law: some Distribution, location: Double = 0, scale: Double = 1) {
    let ends = (law.quantile(Self.outside), law.upperQuantile(Self.outside))
    support = location + scale * ends.0...location + scale * ends.1
    density = { law.density(($0 - location) / scale) / scale }
    cdf = { law.cdf(($0 - location) / scale) }
  }

  /// The law of `ln X`, which for a small shape is far smoother than that of `X`.
  init(logarithmOf law: GammaDistribution) {
    let least = max(law.quantile(Self.outside), .leastNormalMagnitude)
    support = log(least)...log(law.upperQuantile(Self.outside))
    let tails = RegularizedGamma(law.shape)
    density = { exp(law.logDensity(exp($0)) + $0) }
    cdf = { tails.lower(exp($0) / law.scale) }
  }
}
