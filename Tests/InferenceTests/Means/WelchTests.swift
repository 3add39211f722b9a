import Inference
import Testing

@Suite struct WelchTests {
  @Test func theUnitOfTheOutcomeDoesNotMatter() throws {
    let a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    let b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    let test = try WelchTest(offer: Moments(a), control: Moments(b))
    for unit in [1e-150, 1e-3, 1e6, 1e150] {
      let scaled = try WelchTest(
        offer: Moments(a.map { $0 * unit }), control: Moments(b.map { $0 * unit }))
      #expect(abs(scaled.pValue() / test.pValue() - 1) < 1e-12)
      #expect(abs(scaled.degreesOfFreedom / test.degreesOfFreedom - 1) < 1e-12)
    }
  }

  @Test func aConstantArmLeavesTheOthersDegreesOfFreedom() throws {
    let test = try WelchTest(offer: Moments([1, 2, 4, 9]), control: Moments([3, 3, 3]))
    #expect(test.degreesOfFreedom == 3)
  }

  @Test func aSingleSessionHasNoVariance() {
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 1, needed: 2)) {
      try WelchTest(offer: Moments([1]), control: Moments([3, 4]))
    }
  }

  @Test func aVarianceBeyondDoublesIsNamed() {
    #expect(throws: InferenceError.overflow(arm: 0)) {
      try WelchTest(offer: Moments([1, 2]), control: Moments([1e200, -1e200]))
    }
  }
}
