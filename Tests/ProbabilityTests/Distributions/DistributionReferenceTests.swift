import Foundation
import Probability
import TestSupport
import Testing

/// Distributions against `Reference/distributions.json`: mpmath 1.3.0 at 40 digits, by the sums and
/// integrals that define them; the script stands beside.
struct DistributionReferenceTests {
  static let table = Result {
    try ReferenceTable(
      "distributions.json", in: Bundle.module.url(forResource: "Reference", withExtension: nil))
  }

  static let functions: [String: @Sendable ([Double]) -> Double] = [
    "ncx2_cdf": { chiSquared($0).cdf($0[0]) },
    "ncx2_sf": { chiSquared($0).survival($0[0]) },
    "nct_cdf": { studentT($0).cdf($0[0]) },
    "nct_sf": { studentT($0).survival($0[0]) },
    "owens_t": { owensT($0[0], $0[1]) },
    "betabinom_cdf": { betaBinomial($0).cdf($0[0]) },
    "betabinom_sf": { betaBinomial($0).survival($0[0]) },
    "nchypergeom_cdf": { hypergeometric($0).cdf($0[0]) },
    "nchypergeom_sf": { hypergeometric($0).survival($0[0]) },
    "poisson_pmf": { PoissonDistribution(mean: $0[1]).mass(Int($0[0])) },
    "nbinom_pmf": {
      NegativeBinomialDistribution(successes: $0[1], probability: $0[2]).mass(Int($0[0]))
    },
  ]

  private static func chiSquared(_ arguments: [Double]) -> NoncentralChiSquaredDistribution {
    NoncentralChiSquaredDistribution(degreesOfFreedom: arguments[1], noncentrality: arguments[2])
  }

  private static func studentT(_ arguments: [Double]) -> NoncentralTDistribution {
    NoncentralTDistribution(degreesOfFreedom: arguments[1], noncentrality: arguments[2])
  }

  private static func betaBinomial(_ arguments: [Double]) -> BetaBinomialDistribution {
    BetaBinomialDistribution(
      trials: Int(arguments[1]), prior: .init(alpha: arguments[2], beta: arguments[3]))
  }

  private static func hypergeometric(
    _ arguments: [Double]
  ) -> NoncentralHypergeometricDistribution {
    NoncentralHypergeometricDistribution(
      central: HypergeometricDistribution(
        population: Int(arguments[1]), successes: Int(arguments[2]), draws: Int(arguments[3])),
      oddsRatio: arguments[4])
  }

  @Test(arguments: functions.keys.sorted())
  func valuesAreWithinTheirTolerance(function: String) throws {
    let evaluate = try #require(Self.functions[function])
    let cases = try Self.table.get().cases(of: function)
    #expect(!cases.isEmpty)
    for reference in cases {
      let value = evaluate(reference.arguments)
      let error = relativeError(value, reference.expected)
      #expect(
        error <= reference.tolerance,
        "\(reference) is \(value), not \(reference.expected): off by \(error)")
    }
  }
}
