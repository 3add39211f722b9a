import Probability
import TestSupport
import Testing

struct CrossingProbabilityTests {
  @Test(arguments: [0, 0.3, -2])
  func exitsAndTheRestAreAll(drift: Double) {
    var walk = CrossingProbability(drift: drift)
    var total = 0.0
    for (information, bound) in [(0.5, 2.8), (0.6, 2.5), (3, 2.2), (8, 2)] {
      walk.advance(to: information)
      total += walk.exits(above: bound) + walk.exits(below: -0.5 * bound)
      walk.goOn(from: -0.5 * bound, to: bound)
    }
    walk.advance(to: 9)
    total += walk.exits(below: .infinity)
    #expect(abs(total - 1) < 1e-12)
  }

  @Test func theFirstLookIsNormal() {
    var walk = CrossingProbability(drift: 0.7)
    walk.advance(to: 4)
    #expect(relativeError(walk.exits(above: 2), StandardNormal.survival(2 - 0.7 * 2)) < 1e-15)
  }

  /// Two looks make a bivariate normal probability, of correlation √(I₁/I₂).
  @Test(arguments: [0.05, 0.5, 0.98])
  func twoLooksAgreeWithTheBivariateNormal(share: Double) {
    var walk = CrossingProbability()
    walk.advance(to: share)
    walk.goOn(from: -.infinity, to: 2.5)
    walk.advance(to: 1)
    let expected = BivariateNormal.cdf(2.5, -2, correlation: share.squareRoot())
    #expect(relativeError(walk.exits(below: -2), expected) < 1e-12)
  }

  @Test func aLookThatNothingLeavesChangesNothing() {
    var walk = CrossingProbability()
    walk.advance(to: 1)
    walk.advance(to: 2)
    #expect(relativeError(walk.exits(above: 1.5), StandardNormal.survival(1.5)) < 1e-12)
  }
}
