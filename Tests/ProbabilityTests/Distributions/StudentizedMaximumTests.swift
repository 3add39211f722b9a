import Probability
import TestSupport
import Testing

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

  private func maximum(
    _ count: Int, _ degrees: Double, _ sides: StudentizedMaximumDistribution.Sides
  ) -> StudentizedMaximumDistribution {
    StudentizedMaximumDistribution(
      control: 3, treatments: (1...count).map(Double.init), degreesOfFreedom: degrees, sides: sides)
  }
}
