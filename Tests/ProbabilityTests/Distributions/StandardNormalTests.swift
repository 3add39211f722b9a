import Foundation
import Probability
import TestSupport
import Testing

struct StandardNormalTests {
  /// The two quantile functions meet where one region of the approximation follows another.
  @Test func quantilesOfLogarithmsAgree() {
    for step in 1..<4_000 {
      let p = Double(step) / 4_000
      let (direct, byLogarithm) = (
        StandardNormal.quantile(p), StandardNormal.quantile(logProbability: log(p))
      )
      #expect(abs(direct - byLogarithm) < 4e-15 * max(1, abs(direct)))
    }
  }

  @Test func upperQuantilesAreReflections() {
    for p in [1e-300, 1e-10, 0.075, 0.3, 0.5, 0.9, 1 - 1e-12] {
      #expect(StandardNormal.upperQuantile(p) == -StandardNormal.quantile(p))
      #expect(StandardNormal.survival(1 - p) == StandardNormal.cdf(p - 1))
    }
  }

  @Test func edgesAreInfinite() {
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.upperQuantile(0) == .infinity)
    #expect(StandardNormal.cdf(-.infinity) == 0)
    #expect(StandardNormal.survival(-.infinity) == 1)
    #expect(StandardNormal.density(.infinity) == 0)
    #expect(StandardNormal.logCDF(-.infinity) == -.infinity)
    #expect(StandardNormal.logSurvival(-.infinity) == 0)
  }

  // mpmath 1.3.0, mp.npdf at 40 digits.
  @Test(arguments: [
    (0.0, 0.3989422804014327), (1.0, 0.24197072451914334), (-8.25, 6.627137455968751e-16),
    (37.5, 1.7282337322841054e-306),
  ])
  func densitiesKeepTheirDigits(z: Double, expected: Double) {
    #expect(relativeError(StandardNormal.density(z), expected) < 1e-15)
  }
}
