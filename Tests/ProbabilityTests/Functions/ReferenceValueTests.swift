import Foundation
import Probability
import TestSupport
import Testing

/// Every function of the room against `Reference/special_functions.json`.
///
/// The values are by mpmath 1.3.0 at 80 digits (continued fractions and positive series of its
/// maker, not mpmath's own incomplete functions); Arb enclosures confirm most of them. The
/// tolerance of a case is 8 units in the last place for elementary functions, ε(64 + 4|ln p| + √n/8)
/// for tail probabilities, and that times the condition number for inverses.
struct ReferenceValueTests {
  static let table = Result {
    try ReferenceTable(
      "special_functions.json",
      in: Bundle.module.url(forResource: "Reference", withExtension: nil))
  }

  static let functions: [String: @Sendable ([Double]) -> Double] = [
    "lgamma": { logGamma($0[0]) },
    "lbeta": { logBeta($0[0], $0[1]) },
    "betainc": { RegularizedBeta($0[0], $0[1]).lower($0[2]) },
    "betaincc": { RegularizedBeta($0[0], $0[1]).upper($0[2]) },
    "log_betainc": { RegularizedBeta($0[0], $0[1]).logLower($0[2]) },
    "log_betaincc": { RegularizedBeta($0[0], $0[1]).logUpper($0[2]) },
    "betaincinv": { BetaDistribution(alpha: $0[0], beta: $0[1]).quantile($0[2]) },
    "betainccinv": { BetaDistribution(alpha: $0[0], beta: $0[1]).upperQuantile($0[2]) },
    "gammainc_p": { GammaDistribution(shape: $0[0]).cdf($0[1]) },
    "gammainc_q": { GammaDistribution(shape: $0[0]).survival($0[1]) },
    "log_gammainc_p": { RegularizedGamma($0[0]).logLower($0[1]) },
    "log_gammainc_q": { RegularizedGamma($0[0]).logUpper($0[1]) },
    "gammaincinv_p": { GammaDistribution(shape: $0[0]).quantile($0[1]) },
    "gammaincinv_q": { GammaDistribution(shape: $0[0]).upperQuantile($0[1]) },
    "norm_cdf": { StandardNormal.cdf($0[0]) },
    "norm_sf": { StandardNormal.survival($0[0]) },
    "norm_logcdf": { StandardNormal.logCDF($0[0]) },
    "norm_ppf": { StandardNormal.quantile($0[0]) },
    "norm_ppf_log": { StandardNormal.quantile(logProbability: $0[0]) },
    "t_sf": { StudentTDistribution(degreesOfFreedom: $0[1]).survival($0[0]) },
    "t_ppf": { StudentTDistribution(degreesOfFreedom: $0[1]).quantile($0[0]) },
    "chi2_cdf": { ChiSquaredDistribution(degreesOfFreedom: $0[1]).cdf($0[0]) },
    "chi2_sf": { ChiSquaredDistribution(degreesOfFreedom: $0[1]).survival($0[0]) },
    "chi2_isf": { ChiSquaredDistribution(degreesOfFreedom: $0[1]).upperQuantile($0[0]) },
    "binom_cdf": { BinomialDistribution(trials: Int($0[1]), probability: $0[2]).cdf($0[0]) },
    "binom_sf": { BinomialDistribution(trials: Int($0[1]), probability: $0[2]).survival($0[0]) },
    "binom_pmf": {
      BinomialDistribution(trials: Int($0[1]), probability: $0[2]).mass(Int($0[0]))
    },
    "digamma": { digamma($0[0]) },
    "trigamma": { trigamma($0[0]) },
    "f_cdf": { FDistribution(numerator: $0[1], denominator: $0[2]).cdf($0[0]) },
    "f_sf": { FDistribution(numerator: $0[1], denominator: $0[2]).survival($0[0]) },
    "f_isf": { FDistribution(numerator: $0[1], denominator: $0[2]).upperQuantile($0[0]) },
    "hypergeom_cdf": { hypergeometric($0).cdf($0[0]) },
    "hypergeom_sf": { hypergeometric($0).survival($0[0]) },
    "hypergeom_pmf": { hypergeometric($0).mass(Int($0[0])) },
    "fisher_exact_two_sided": {
      hypergeometric([$0[0], $0[0] + $0[1] + $0[2] + $0[3], $0[0] + $0[2], $0[0] + $0[1]])
        .minimumLikelihoodProbability(Int($0[0]))
    },
    "bvn_cdf": { BivariateNormal.cdf($0[0], $0[1], correlation: $0[2]) },
    "clopper_pearson_lower": { clopperPearson($0).lower },
    "clopper_pearson_upper": { clopperPearson($0).upper },
    "dunnett_crit_one_sided": { dunnett($0, .one).upperQuantile($0[2]) },
    "dunnett_crit_two_sided": { dunnett($0, .two).upperQuantile($0[2]) },
    "dunnett_crit_unequal": {
      StudentizedMaximumDistribution(
        control: $0[0], treatments: Array($0[1..<($0.count - 1)]), sides: .two
      ).upperQuantile($0[$0.count - 1])
    },
    "naive_peek_type1": { GroupSequential.peekingError(looks: Int($0[0]), critical: $0[1]) },
    "pocock_crit": { GroupSequential.pocockConstant(looks: Int($0[0]), alpha: $0[1]) },
    "obf_crit": { GroupSequential.obrienFlemingConstant(looks: Int($0[0]), alpha: $0[1]) },
    "beta_gt": {
      BetaComparison.probabilityGreater(
        BetaDistribution(alpha: $0[0], beta: $0[1]), than: .init(alpha: $0[2], beta: $0[3]))
    },
  ]

  /// From k, the population, its successes and the draws.
  private static func hypergeometric(_ arguments: [Double]) -> HypergeometricDistribution {
    HypergeometricDistribution(
      population: Int(arguments[1]), successes: Int(arguments[2]), draws: Int(arguments[3]))
  }

  /// From the successes, the trials and the level.
  private static func clopperPearson(_ arguments: [Double]) -> (lower: Double, upper: Double) {
    BinomialDistribution.clopperPearsonBounds(
      successes: Int(arguments[0]), trials: Int(arguments[1]), level: arguments[2])
  }

  /// From the number of treatments and the degrees of freedom.
  private static func dunnett(
    _ arguments: [Double], _ sides: StudentizedMaximumDistribution.Sides
  ) -> StudentizedMaximumDistribution {
    StudentizedMaximumDistribution(
      control: 1, treatments: Array(repeating: 1, count: Int(arguments[0])),
      degreesOfFreedom: arguments[1], sides: sides)
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
        error <= reference.tolerance, "\(reference) is \(value), not \(reference.expected)")
    }
  }

  @Test func everyCaseOfTheTableIsRun() throws {
    #expect(Set(try Self.table.get().cases.map(\.function)) == Set(Self.functions.keys))
  }
}
