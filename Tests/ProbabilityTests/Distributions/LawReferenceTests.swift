import Foundation
import Probability
import TestSupport
import Testing

/// Every member of every distribution against `Reference/laws.json`: mpmath 1.3.0 at 50 digits, by the
/// formulas that define them; the script stands beside, and the file says how SciPy and R do.
struct LawReferenceTests {
  static let table = Result {
    try ReferenceTable(
      "laws.json", in: Bundle.module.url(forResource: "Reference", withExtension: nil))
  }

  /// The distributions of their parameters, in the order of the initialiser.
  static let laws: [String: @Sendable ([Double]) -> any Distribution] = [
    "Normal": { NormalDistribution(mean: $0[0], standardDeviation: $0[1]) },
    "StudentT": { StudentTDistribution(degreesOfFreedom: $0[0]) },
    "ChiSquared": { ChiSquaredDistribution(degreesOfFreedom: $0[0]) },
    "Gamma": { GammaDistribution(shape: $0[0], scale: $0[1]) },
    "InverseGamma": { InverseGammaDistribution(shape: $0[0], scale: $0[1]) },
    "Exponential": { ExponentialDistribution(mean: $0[0]) },
    "Weibull": { WeibullDistribution(shape: $0[0], scale: $0[1]) },
    "LogNormal": { LogNormalDistribution(logMean: $0[0], logStandardDeviation: $0[1]) },
    "Uniform": { UniformDistribution(lower: $0[0], upper: $0[1]) },
    "TruncatedNormal": {
      TruncatedNormalDistribution(
        mean: $0[0], standardDeviation: $0[1], lower: $0[2], upper: $0[3])
    },
    "Beta": { BetaDistribution(alpha: $0[0], beta: $0[1]) },
    "F": { FDistribution(numerator: $0[0], denominator: $0[1]) },
    "NoncentralChiSquared": {
      NoncentralChiSquaredDistribution(degreesOfFreedom: $0[0], noncentrality: $0[1])
    },
    "NoncentralT": { NoncentralTDistribution(degreesOfFreedom: $0[0], noncentrality: $0[1]) },
    "PolyaGamma": { PolyaGammaDistribution(trials: Int($0[0]), tilt: $0[1]) },
    "StudentizedMaximum": {
      StudentizedMaximumDistribution(
        loadings: Array($0[2...]), degreesOfFreedom: $0[0], sides: $0[1] == 1 ? .one : .two)
    },
    "Bernoulli": { BernoulliDistribution(probability: $0[0]) },
    "Categorical": { CategoricalDistribution(weights: $0) },
    "Binomial": { BinomialDistribution(trials: Int($0[0]), probability: $0[1]) },
    "BetaBinomial": {
      BetaBinomialDistribution(trials: Int($0[0]), prior: .init(alpha: $0[1], beta: $0[2]))
    },
    "NegativeBinomial": { NegativeBinomialDistribution(successes: $0[0], probability: $0[1]) },
    "Poisson": { PoissonDistribution(mean: $0[0]) },
    "Hypergeometric": { hypergeometric($0) },
    "NoncentralHypergeometric": {
      NoncentralHypergeometricDistribution(central: hypergeometric($0), oddsRatio: $0[3])
    },
  ]

  @Test(arguments: laws.keys.sorted())
  func membersAreWithinTheirTolerance(name: String) throws {
    let cases = try Self.table.get().cases.filter { $0.function.hasPrefix(name + ".") }
    #expect(!cases.isEmpty)
    for reference in cases {
      let value = try #require(self.value(of: reference), "\(reference)")
      let error = relativeError(value, reference.expected)
      #expect(
        error <= reference.tolerance,
        "\(reference) is \(value), not \(reference.expected): off by \(error)")
    }
  }

  /// The members of the distributions of the catalogue for which no table has an outside number. The
  /// draws are held to the cdf by the laws.
  @Test func nothingIsWithoutAnOutsideNumber() throws {
    let covered = Set(try Self.table.get().cases.map(\.function))
    var missing: Set<String> = []
    for entry in DistributionCatalogue.entries {
      var members = [
        "density", "logDensity", "cdf", "survival", "logCDF", "logSurvival", "quantile",
        "upperQuantile", "mean", "variance",
      ]
      if entry.entropy != nil { members.append("entropy") }
      missing.formUnion(members.map { "\(entry.family).\($0)" }.filter { !covered.contains($0) })
    }
    #expect(missing.sorted() == [])
    #expect(Set(DistributionCatalogue.entries.map(\.family)) == Set(Self.laws.keys))
  }

  private func value(of reference: ReferenceTable.Case) -> Double? {
    let (arguments, words) = (reference.arguments, reference.function.split(separator: "."))
    guard words.count == 2, let law = Self.laws[String(words[0])] else { return nil }
    switch words[1] {
    case "mean": return law(arguments).mean as? Double
    case "variance": return law(arguments).variance as? Double
    case "entropy": return entropy(of: law(arguments))
    default: break
    }
    let (x, distribution) = (arguments[0], law(Array(arguments.dropFirst())))
    switch words[1] {
    case "density": return distribution.density(x)
    case "logDensity": return distribution.logDensity(x)
    case "cdf": return distribution.cdf(x)
    case "survival": return distribution.survival(x)
    case "logCDF": return distribution.logCDF(x)
    case "logSurvival": return distribution.logSurvival(x)
    case "quantile": return distribution.quantile(x)
    case "upperQuantile": return distribution.upperQuantile(x)
    default: return nil
    }
  }

  /// The closed entropies.
  private func entropy(of law: any Distribution) -> Double? {
    switch law {
    case let law as NormalDistribution: law.entropy
    case let law as StudentTDistribution: law.entropy
    case let law as ChiSquaredDistribution: law.entropy
    case let law as GammaDistribution: law.entropy
    case let law as InverseGammaDistribution: law.entropy
    case let law as ExponentialDistribution: law.entropy
    case let law as WeibullDistribution: law.entropy
    case let law as LogNormalDistribution: law.entropy
    case let law as UniformDistribution: law.entropy
    case let law as TruncatedNormalDistribution: law.entropy
    case let law as BetaDistribution: law.entropy
    case let law as FDistribution: law.entropy
    case let law as BernoulliDistribution: law.entropy
    case let law as CategoricalDistribution: law.entropy
    default: nil
    }
  }

  /// From the population, its successes and the draws.
  private static func hypergeometric(_ arguments: [Double]) -> HypergeometricDistribution {
    HypergeometricDistribution(
      population: Int(arguments[0]), successes: Int(arguments[1]), draws: Int(arguments[2]))
  }
}
