import Inference
import Testing

@Suite struct LogRatioTests {
  @Test func anArmWithoutSuccessesIsNamed() {
    let some = Tally(successes: 3, trials: 10)
    let none = Tally(successes: 0, trials: 10)
    #expect(throws: InferenceError.noSuccesses(arm: 0)) {
      try LogRatioTest(offer: some, control: none)
    }
    #expect(throws: InferenceError.noSuccesses(arm: 1)) {
      try LogRatioTest(offer: none, control: some)
    }
  }

  @Test func aNullLiftEqualToTheEstimateIsNeverRejected() throws {
    let offer = Tally(successes: 60, trials: 200)
    let control = Tally(successes: 40, trials: 200)
    let test = try LogRatioTest(offer: offer, control: control, null: 0.5)
    #expect(test.null == 0.5)
    #expect(abs(test.estimate - 0.5) < 1e-15)
    #expect(test.pValue() > 1 - 1e-14)
    #expect(test.method.nullHypothesis == "p₁ / p₀ = 1.5")
  }

  @Test func noIntervalReachesBelowMinusOneHundredPercent() throws {
    let test = try LogRatioTest(
      offer: Tally(successes: 1, trials: 1_000), control: Tally(successes: 900, trials: 1_000))
    #expect(test.interval(level: 0.999_999).lower > -1)
  }
}
