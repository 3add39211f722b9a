import Foundation
import Probability
import TestSupport
import Testing

struct NormalComparisonTests {
  @Test(arguments: [(0.0, 1.0), (0.3, 0.2), (-4, 2), (-30, 1), (12, 0.01)])
  func twoArmsAgreeWithTheClosedForm(mean: Double, deviation: Double) {
    let arms = [NormalDistribution(mean: mean, standardDeviation: deviation), .init()]
    let greater = NormalComparison.probabilityGreater(arms[0], than: arms[1])
    #expect(relativeError(NormalComparison.probabilitiesOfBest(arms)[0], greater) < 1e-12)
    // E max(D, 0) = m Φ(m/s) + s φ(m/s) for D of mean m and deviation s; the loss of B.
    let spread = (deviation * deviation + 1).squareRoot()
    let score = mean / spread
    let loss = NormalComparison.expectedLosses(arms)
    if abs(score) < 3 {
      let expected = mean * greater + spread * StandardNormal.density(score)
      #expect(relativeError(loss[1], expected) < 1e-12)
    }
    #expect(abs(loss[1] - loss[0] - mean) < 1e-13 * max(1, abs(mean)))
  }

  // P(best) of three equal arms is a third; the loss is E max of three, 3/(2√π).
  @Test func equalArmsAreWorthTheSame() {
    let arms = Array(repeating: NormalDistribution(mean: 5, standardDeviation: 2), count: 3)
    for share in NormalComparison.probabilitiesOfBest(arms) {
      #expect(relativeError(share, 1.0 / 3) < 1e-14)
    }
    for loss in NormalComparison.expectedLosses(arms) {
      #expect(relativeError(loss, 3 / Double.pi.squareRoot()) < 1e-13)
    }
  }
}
