internal import Probability

extension DistributionCatalogue {
  static let continuous: [CatalogueEntry] =
    [(1, 1), (5, 2), (2, 30), (0.5, 7.5), (400, 900)].map { fisher($0.0, $0.1) }
    + [(3, 0.5), (0.5, 20), (40, 300)].map { noncentralChiSquared($0.0, $0.1) }
    + [(3, 1), (12, -2), (50, 6), (1e4, 3)].map { noncentralT($0.0, $0.1) }
    + [(0.7, 2), (3.5, 1), (80, 9)].map { inverseGamma($0.0, scale: $0.1) }
    + [(0.6, 2), (1, 1), (3.5, 0.1)].map { weibull($0.0, scale: $0.1) }
    + [(0, 0.5), (3, 0.1), (-1, 1.2)].map { logNormal($0.0, $0.1) }
    + [(-1, 1), (2, 2.5)].map { uniform($0.0, $0.1) }
    + [
      (-1, 2), (6, 9), (-12, -10), (-0.01, 0.02), (3, .infinity), (-.infinity, -25),
    ].map { truncatedNormal($0.0, $0.1) }
    + [(1, 0), (1, -3), (4, 0.5), (40, 2), (3, 60)].map { polyaGamma($0.0, $0.1) }
    + [(1, .infinity), (4, .infinity)].flatMap { count, degrees in
      [studentizedMaximum(count, degrees, .one), studentizedMaximum(count, degrees, .two)]
    }

  static func fisher(_ above: Double, _ below: Double) -> CatalogueEntry {
    let law = FDistribution(numerator: above, denominator: below)
    // The moments of a heavy tail are beyond quadrature between quantiles.
    let isLight = below > 20 && above > 2
    return CatalogueEntry(
      "F(\(above), \(below))", law, on: 0...(.infinity), mean: isLight ? law.mean : nil,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func noncentralChiSquared(_ degrees: Double, _ lambda: Double) -> CatalogueEntry {
    let law = NoncentralChiSquaredDistribution(degreesOfFreedom: degrees, noncentrality: lambda)
    return CatalogueEntry(
      "NoncentralChiSquared(\(degrees), \(lambda))", law, on: 0...(.infinity),
      mean: degrees > 2 ? law.mean : nil, variance: law.variance, drawCount: 5_000
    )
  }

  static func noncentralT(_ degrees: Double, _ delta: Double) -> CatalogueEntry {
    let law = NoncentralTDistribution(degreesOfFreedom: degrees, noncentrality: delta)
    return CatalogueEntry(
      "NoncentralT(\(degrees), \(delta))", law, on: -.infinity...(.infinity),
      mean: degrees > 20 ? law.mean : nil, variance: law.variance, drawCount: 2_000
    )
  }

  static func inverseGamma(_ shape: Double, scale: Double) -> CatalogueEntry {
    let law = InverseGammaDistribution(shape: shape, scale: scale)
    return CatalogueEntry(
      "InverseGamma(\(shape), \(scale))", law, on: 0...(.infinity),
      mean: shape > 20 ? law.mean : nil, variance: law.variance, entropy: law.entropy
    )
  }

  static func weibull(_ shape: Double, scale: Double) -> CatalogueEntry {
    let law = WeibullDistribution(shape: shape, scale: scale)
    return CatalogueEntry(
      "Weibull(\(shape), \(scale))", law, on: 0...(.infinity), mean: shape >= 1 ? law.mean : nil,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func logNormal(_ mean: Double, _ deviation: Double) -> CatalogueEntry {
    let law = LogNormalDistribution(logMean: mean, logStandardDeviation: deviation)
    return CatalogueEntry(
      "LogNormal(\(mean), \(deviation))", law, on: 0...(.infinity),
      mean: deviation < 1 ? law.mean : nil, variance: law.variance, entropy: law.entropy
    )
  }

  static func uniform(_ lower: Double, _ upper: Double) -> CatalogueEntry {
    let law = UniformDistribution(lower: lower, upper: upper)
    return CatalogueEntry(
      "Uniform(\(lower), \(upper))", law, on: lower...upper, mean: law.mean,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func truncatedNormal(_ lower: Double, _ upper: Double) -> CatalogueEntry {
    let law = TruncatedNormalDistribution(lower: lower, upper: upper)
    return CatalogueEntry(
      "TruncatedNormal(\(lower), \(upper))", law, on: lower...upper, mean: law.mean,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func polyaGamma(_ trials: Int, _ tilt: Double) -> CatalogueEntry {
    let law = PolyaGammaDistribution(trials: trials, tilt: tilt)
    return CatalogueEntry(
      "PolyaGamma(\(trials), \(tilt))", law, on: 0...(.infinity), mean: law.mean,
      variance: law.variance, drawCount: 5_000)
  }

  static func studentizedMaximum(
    _ count: Int, _ degrees: Double, _ sides: StudentizedMaximumDistribution.Sides
  ) -> CatalogueEntry {
    let law = StudentizedMaximumDistribution(
      control: 1, treatments: (1...count).map(Double.init), degreesOfFreedom: degrees, sides: sides)
    return CatalogueEntry(
      "StudentizedMaximum(\(count), \(degrees), \(sides))", law,
      on: sides == .two ? 0...(.infinity) : -.infinity...(.infinity), mean: law.mean,
      variance: law.variance, drawCount: 500
    )
  }
}
