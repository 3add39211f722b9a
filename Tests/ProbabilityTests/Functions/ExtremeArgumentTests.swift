import Probability
import Testing

/// Arguments at the ends of the range of doubles: whatever they are, the answer is a number.
struct ExtremeArgumentTests {
  static let shapes: [Double] = [1e-300, 1e-10, 1e-3, 0.5, 1, 2.5, 11.9, 12, 100, 1e7, 1e10, 1e15]
  static let probabilities: [Double] = [
    .leastNonzeroMagnitude, 1e-300, 1e-100, 1e-16, 1e-8, 1e-3, 0.3, 0.5, 0.7, 0.999, 1 - 1e-8,
    1 - 0x1p-53,
  ]

  @Test(arguments: shapes)
  func incompleteBetaIsANumber(a: Double) {
    for b in Self.shapes {
      let function = RegularizedBeta(a, b)
      for x in [0, 1] + Self.probabilities {
        let (lower, upper) = (function.lower(x), function.upper(x))
        #expect(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1)
        #expect(abs(lower + upper - 1) < 1e-15)
        #expect(function.logLower(x) <= 0 && function.logUpper(x) <= 0)
        #expect(function.inverseLower(x) >= 0 && function.inverseUpper(x) <= 1)
      }
    }
  }

  @Test(arguments: shapes)
  func incompleteGammaIsANumber(a: Double) {
    let function = RegularizedGamma(a)
    for x in [0, .infinity, 5, 1e7, 1e15, 1e100, 1e300] + Self.probabilities {
      let (lower, upper) = (function.lower(x), function.upper(x))
      #expect(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1)
      #expect(abs(lower + upper - 1) < 1e-15)
      #expect(function.logLower(x) <= 0 && function.logUpper(x) <= 0)
    }
    for p in [0, 1] + Self.probabilities {
      #expect(function.inverseLower(p) >= 0 && function.inverseUpper(p) >= 0)
    }
  }

  @Test(arguments: [1e-3, 0.5, 1, 30, 1e10, 1e300] as [Double])
  func studentTailsAreNumbers(degrees: Double) {
    let law = StudentTDistribution(degreesOfFreedom: degrees)
    for t in [0, 1e-300, 1, 40, 1e10, 1e160, 1e300, .infinity] as [Double] {
      #expect(law.survival(t) >= 0 && law.survival(t) <= 0.5)
      #expect(law.cdf(t) >= 0.5 && law.cdf(t) <= 1)
      #expect(!law.logDensity(t).isNaN)
    }
    for p in Self.probabilities { #expect(!law.quantile(p).isNaN) }
  }

  @Test(arguments: [0, 1e-300, 3, 1e10, 1e155, 1e300, -1e155, -1e300] as [Double])
  func mixturesAreNumbers(t: Double) {
    let laws: [any Distribution] = [
      NoncentralTDistribution(degreesOfFreedom: 4, noncentrality: 2),
      NoncentralTDistribution(degreesOfFreedom: 1e6, noncentrality: -30),
      NoncentralChiSquaredDistribution(degreesOfFreedom: 0.5, noncentrality: 12),
      FDistribution(numerator: 0.1, denominator: 1e7), InverseGammaDistribution(shape: 0.2),
      WeibullDistribution(shape: 0.1), TruncatedNormalDistribution(lower: 300, upper: 301),
      StudentizedMaximumDistribution(loadings: [0.5], degreesOfFreedom: 8, sides: .two),
    ]
    for law in laws {
      let (cdf, survival) = (law.cdf(t), law.survival(t))
      #expect(cdf >= 0 && cdf <= 1 && survival >= 0 && survival <= 1)
      #expect(!law.logDensity(t).isNaN)
    }
  }
}
