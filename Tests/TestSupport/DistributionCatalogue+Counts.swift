internal import Probability

extension DistributionCatalogue {
  static let counts: [CatalogueEntry] =
    [0.3, 4, 12, 900].map(poisson)
    + [(0.5, 0.2), (3, 0.6), (40, 0.1)].map { negativeBinomial($0.0, $0.1) }
    + [(10, 1, 1), (60, 0.4, 0.7), (200, 20, 70)].map { betaBinomial($0.0, $0.1, $0.2) }
    + [(50, 10, 8), (20, 15, 12), (5_000, 900, 700), (7, 7, 3)].flatMap { size, hits, draws in
      [hypergeometric(size, hits, draws)]
        + [0.2, 6].map { noncentralHypergeometric(size, hits, draws, $0) }
    }
    + [0, 0.3, 1].map(bernoulli)
    + [[1], [0, 3, 1], [0.1, 0.2, 0.3, 0.4], Array(repeating: 1, count: 40)].map(categorical)

  static func poisson(_ mean: Double) -> CatalogueEntry {
    let law = PoissonDistribution(mean: mean)
    return CatalogueEntry(
      "Poisson(\(mean))", law, on: 0...(.infinity), mean: law.mean,
      variance: law.variance
    )
  }

  static func negativeBinomial(_ successes: Double, _ probability: Double) -> CatalogueEntry {
    let law = NegativeBinomialDistribution(successes: successes, probability: probability)
    return CatalogueEntry(
      "NegativeBinomial(\(successes), \(probability))", law, on: 0...(.infinity),
      mean: law.mean, variance: law.variance
    )
  }

  static func betaBinomial(_ trials: Int, _ alpha: Double, _ beta: Double) -> CatalogueEntry {
    let law = BetaBinomialDistribution(
      trials: trials, prior: BetaDistribution(alpha: alpha, beta: beta))
    return CatalogueEntry(
      "BetaBinomial(\(trials), \(alpha), \(beta))", law, on: 0...Double(trials),
      mean: law.mean, variance: law.variance
    )
  }

  static func hypergeometric(_ size: Int, _ hits: Int, _ draws: Int) -> CatalogueEntry {
    let law = HypergeometricDistribution(population: size, successes: hits, draws: draws)
    return CatalogueEntry(
      "Hypergeometric(\(size), \(hits), \(draws))", law,
      on: Double(law.support.lowerBound)...Double(law.support.upperBound),
      mean: law.mean, variance: law.variance, drawCount: 5_000
    )
  }

  static func noncentralHypergeometric(
    _ size: Int, _ hits: Int, _ draws: Int, _ oddsRatio: Double
  ) -> CatalogueEntry {
    let central = HypergeometricDistribution(population: size, successes: hits, draws: draws)
    let law = NoncentralHypergeometricDistribution(central: central, oddsRatio: oddsRatio)
    return CatalogueEntry(
      "NoncentralHypergeometric(\(size), \(hits), \(draws), \(oddsRatio))", law,
      on: Double(central.support.lowerBound)...Double(central.support.upperBound),
      mean: law.mean, variance: law.variance, drawCount: 5_000
    )
  }

  static func bernoulli(_ probability: Double) -> CatalogueEntry {
    let law = BernoulliDistribution(probability: probability)
    return CatalogueEntry(
      "Bernoulli(\(probability))", law, on: 0...1, mean: law.mean,
      variance: law.variance, entropy: law.entropy
    )
  }

  static func categorical(_ weights: [Double]) -> CatalogueEntry {
    let law = CategoricalDistribution(weights: weights)
    return CatalogueEntry(
      "Categorical(\(weights))", law, on: 0...Double(weights.count - 1),
      mean: law.mean, variance: law.variance, entropy: law.entropy
    )
  }
}
