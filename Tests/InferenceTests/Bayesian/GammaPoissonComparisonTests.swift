import Inference
import Probability
import Testing

@Suite struct GammaPoissonComparisonTests {
  let comparison = GammaPoissonComparison(
    offer: (events: 12, exposure: 340), control: (events: 25, exposure: 410),
    prior: GammaDistribution(shape: 0.5, scale: 100))

  /// mpmath 1.3 at 50 digits, by quadrature over both gamma densities.
  @Test func quadrature() {
    #expect(abs(comparison.chanceToBeat / 0.0559398174268707 - 1) < 1e-13)
    #expect(abs(comparison.expectedLossOfOffer / 0.0258310420251500 - 1) < 1e-12)
    #expect(abs(comparison.expectedLossOfControl / 0.000401061590402928 - 1) < 1e-12)
  }

  @Test(arguments: [0.5, 0.95, 0.999])
  func theIntervalHoldsItsShare(_ level: Double) {
    let interval = comparison.ratioInterval(level: level)
    let tail = (1 - level) / 2
    #expect(abs(comparison.probability(ofRatioAbove: interval.upper) / tail - 1) < 1e-12)
    #expect(abs(comparison.probability(ofRatioAbove: interval.lower) - (1 - tail)) < 1e-14)
  }

  @Test func noExposureLeavesThePrior() {
    let nothing = GammaPoissonComparison(
      offer: (events: 0, exposure: 0), control: (events: 0, exposure: 0),
      prior: GammaDistribution(shape: 2, scale: 3))
    #expect(nothing.offer == GammaDistribution(shape: 2, scale: 3))
    #expect(abs(nothing.chanceToBeat - 0.5) < 1e-15)
  }
}
