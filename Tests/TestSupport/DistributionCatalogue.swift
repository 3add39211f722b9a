public import Probability

/// A distribution with what its laws are checked against.
public struct CatalogueEntry: Sendable, CustomStringConvertible {
  /// The name, with the parameters.
  public let name: String
  /// The distribution.
  public let distribution: any Distribution
  /// The closed range that holds all of its probability.
  public let support: ClosedRange<Double>
  /// The mean, where quadrature should find it.
  public let mean: Double?
  /// The variance, where quadrature should find it.
  public let variance: Double?
  /// The entropy, where it is closed.
  public let entropy: Double?
  /// The number of draws to check, fewer where a cdf takes long.
  public let drawCount: Int
  /// A draw: that of the distribution, unless another is to be held to it.
  public let draw: @Sendable (inout Philox) -> Double

  public var description: String { name }
  /// The name of the type, without the word Distribution.
  public var family: String {
    String(String(describing: type(of: distribution)).dropLast("Distribution".count))
  }
  /// Whether its values are whole numbers.
  public var isLattice: Bool { distribution is any CountDistribution }

  public init(
    _ name: String, _ distribution: any Distribution, on support: ClosedRange<Double>,
    mean: Double? = nil, variance: Double? = nil, entropy: Double? = nil,
    drawCount: Int = 50_000, draw: (@Sendable (inout Philox) -> Double)? = nil
  ) {
    self.name = name
    self.distribution = distribution
    self.support = support
    self.mean = mean
    self.variance = variance
    self.entropy = entropy
    self.drawCount = drawCount
    self.draw = draw ?? { distribution.draw(using: &$0) }
  }
}

/// Every distribution of the Probability room, at parameters that visit all of its methods.
///
/// A new distribution adds a function here and a line to `entries`, which buys all law tests.
public enum DistributionCatalogue {
  /// The distributions whose laws are checked.
  public static let entries: [CatalogueEntry] =
    [normal(0, 1), normal(-3, 0.01)]
    + [0.05, 0.5, 1, 2.5, 30, 1e4, 1e7].map { gamma($0, scale: 2) }
    + [
      (0.05, 3), (0.3, 0.3), (0.5, 0.5), (1, 1), (0.3, 40), (2.5, 7.5), (1, 3e5), (30, 70),
      (1e4, 3e5),
    ]
    .map { beta($0.0, $0.1) }
    + [0.1, 1, 3, 500].map(chiSquared)
    + [0.7, 1, 4, 29.5, 1e6].map(studentT)
    + [0.1, 40].map(exponential)
    + [(1, 0.5), (10, 0.3), (60, 0.01), (200, 0.5), (1_000, 0.97)].map { binomial($0.0, $0.1) }
    + continuous + counts

  static func normal(_ mean: Double, _ deviation: Double) -> CatalogueEntry {
    let law = NormalDistribution(mean: mean, standardDeviation: deviation)
    return CatalogueEntry(
      "Normal(\(mean), \(deviation))", law, on: -.infinity...(.infinity), mean: law.mean,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func gamma(_ shape: Double, scale: Double) -> CatalogueEntry {
    let law = GammaDistribution(shape: shape, scale: scale)
    return CatalogueEntry(
      "Gamma(\(shape), \(scale))", law, on: 0...(.infinity), mean: shape >= 1 ? law.mean : nil,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func beta(_ alpha: Double, _ beta: Double) -> CatalogueEntry {
    let law = BetaDistribution(alpha: alpha, beta: beta)
    return CatalogueEntry(
      "Beta(\(alpha), \(beta))", law, on: 0...1, mean: min(alpha, beta) >= 1 ? law.mean : nil,
      variance: law.variance, entropy: beta >= 1 ? law.entropy : nil
    )
  }

  static func chiSquared(_ degrees: Double) -> CatalogueEntry {
    let law = ChiSquaredDistribution(degreesOfFreedom: degrees)
    return CatalogueEntry(
      "ChiSquared(\(degrees))", law, on: 0...(.infinity), mean: degrees > 2 ? law.mean : nil,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func studentT(_ degrees: Double) -> CatalogueEntry {
    let law = StudentTDistribution(degreesOfFreedom: degrees)
    return CatalogueEntry(
      "StudentT(\(degrees))", law, on: -.infinity...(.infinity), mean: degrees > 20 ? 0 : nil,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func exponential(_ mean: Double) -> CatalogueEntry {
    let law = ExponentialDistribution(mean: mean)
    return CatalogueEntry(
      "Exponential(\(mean))", law, on: 0...(.infinity), mean: law.mean, variance: law.variance,
      entropy: law.entropy
    )
  }

  static func binomial(_ trials: Int, _ probability: Double) -> CatalogueEntry {
    let law = BinomialDistribution(trials: trials, probability: probability)
    return CatalogueEntry(
      "Binomial(\(trials), \(probability))", law, on: 0...Double(trials),
      mean: law.mean, variance: law.variance
    )
  }
}
