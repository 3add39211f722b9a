import Probability
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The studentised maximum where the variance is estimated; its tails take too long for the laws.
struct StudentizedMaximumTests {
  @Test(arguments: [1, 4.5, 30, 1e5])
  func aSingleStatisticIsStudents(degrees: Double) {
    let law = StudentTDistribution(degreesOfFreedom: degrees)
    for c in [0.3, 2, 9] {
      let one = maximum(1, degrees, .one)
      #expect(relativeError(one.survival(c), law.survival(c)) < 1e-11)
      let two = maximum(1, degrees, .two)
      #expect(relativeError(two.survival(c), 2 * law.survival(c)) < 1e-11)
    }
  }

  @Test(arguments: [3, 20], [StudentizedMaximumDistribution.Sides.one, .two])
  func quantilesInvertTails(degrees: Double, sides: StudentizedMaximumDistribution.Sides) {
    let law = maximum(3, degrees, sides)
    for p in [1e-10, 0.01, 0.4] {
      #expect(relativeError(law.survival(law.upperQuantile(p)), p) < 1e-11)
      #expect(relativeError(law.cdf(law.quantile(p)), p) < 1e-11)
    }
  }

  /// Dunnett (1955), *Journal of the American Statistical Association* 50, 1096–1121, table 1a, and
  /// Dunnett (1964), *Biometrics* 20, 482–491, table II: critical values at 5 % for 1 to 9 comparisons of
  /// equal samples, in two printed decimals.
  static let published: [(degrees: Double, sides: StudentizedMaximumDistribution.Sides, [Double])] =
    [
      (5, .one, [2.02, 2.44, 2.68, 2.85, 2.98, 3.08, 3.16, 3.24, 3.30]),
      (20, .one, [1.72, 2.03, 2.19, 2.30, 2.39, 2.46, 2.51, 2.56, 2.60]),
      (.infinity, .one, [1.64, 1.92, 2.06, 2.16, 2.23, 2.29, 2.34, 2.38, 2.42]),
      (5, .two, [2.57, 3.03, 3.29, 3.48, 3.62, 3.73, 3.82, 3.90, 3.97]),
      (20, .two, [2.09, 2.38, 2.54, 2.65, 2.73, 2.80, 2.86, 2.90, 2.95]),
      (.infinity, .two, [1.96, 2.21, 2.35, 2.44, 2.51, 2.57, 2.61, 2.65, 2.69]),
    ]

  @Test(arguments: published.indices)
  func criticalValuesAreThePublishedOnes(row: Int) {
    let (degrees, sides, values) = Self.published[row]
    for (index, value) in values.enumerated() {
      let law = StudentizedMaximumDistribution(
        control: 1, treatments: Array(repeating: 1, count: index + 1), degreesOfFreedom: degrees,
        sides: sides)
      #expect(abs(law.upperQuantile(0.05) - value) < 0.0051, "\(index + 1) at \(degrees), \(sides)")
    }
  }

  /// Unequal samples and an estimated variance: R 4.2.2, `pmvt` of mvtnorm 1.1-3. With three or more
  /// statistics it is a quasi-random integral, whose stated error is the tolerance; with two it is exact.
  @Test func unequalSamplesAgreeWithMvtnorm() {
    let cases:
      [(Double, [Double], Double, Double, StudentizedMaximumDistribution.Sides, Double, Double)] =
        [
          (20, [10, 15, 30], 12, 2.3, .two, 0.10004904272, 4.4e-9),
          (20, [10, 15, 30], 12, 2.3, .one, 0.0502347677697, 3.8e-6),
          (5, [5, 5, 5, 5], 20, 2.65, .two, 0.0501052533548, 9e-6),
          (8, [2, 16], 5, 3.5, .one, 0.0156528268448, 1e-12),
          (12, [6, 9, 12, 15, 18], 60, 2.9, .two, 0.0224737250237, 1.1e-5),
          (30, [3, 60], 150, -0.4, .one, 0.846676699196, 1e-12),
        ]
    for (control, treatments, degrees, point, sides, expected, error) in cases {
      let law = StudentizedMaximumDistribution(
        control: control, treatments: treatments, degreesOfFreedom: degrees, sides: sides)
      #expect(abs(law.survival(point) - expected) < error, "\(treatments)")
    }
  }

  /// The moments are those of the known variance and of 1/S: draws, in bands of five standard errors.
  @Test func momentsAreThoseOfTheDraws() throws {
    let law = maximum(3, 7, .one)
    let (mean, variance) = (try #require(law.mean), try #require(law.variance))
    var rng = Philox(StreamKey(seed: 21, purpose: .world))
    let count = 100_000
    let draws = (0..<count).map { _ in law.draw(using: &rng) }
    let average = draws.reduce(0, +) / Double(count)
    #expect(abs(average - mean) < 5 * (variance / Double(count)).squareRoot())
    let squares = draws.map { ($0 - mean) * ($0 - mean) }
    let spread = squares.reduce(0) { $0 + ($1 - variance) * ($1 - variance) } / Double(count)
    let second = squares.reduce(0, +) / Double(count)
    #expect(abs(second - variance) < 5 * (spread / Double(count)).squareRoot())
    #expect(maximum(3, 1, .one).mean == nil && maximum(3, 2, .two).variance == nil)
  }

  /// Beyond the doubles the logarithm goes on as a power of the degrees of freedom.
  @Test func farTailsGoOn() {
    let law = maximum(3, 200, .two)
    let (near, far) = (law.logSurvival(1e4), law.logSurvival(1e6))
    #expect(near.isFinite && relativeError(near - far, 200 * log(100)) < 1e-6)
  }

  private func maximum(
    _ count: Int, _ degrees: Double, _ sides: StudentizedMaximumDistribution.Sides
  ) -> StudentizedMaximumDistribution {
    StudentizedMaximumDistribution(
      control: 3, treatments: (1...count).map(Double.init), degreesOfFreedom: degrees, sides: sides)
  }
}
