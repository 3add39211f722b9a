import Inference
import Testing

@Suite struct SampleRatioTests {
  @Test func armsWithoutShareTakeNoPart() throws {
    let with = try SampleRatioTest(observed: [1_000, 0, 1_100], weights: [0.5, 0, 0.5])
    let without = try SampleRatioTest(observed: [1_000, 1_100], weights: [0.5, 0.5])
    #expect(with == without)
    #expect(with.degreesOfFreedom == 1)
  }

  @Test func sessionsInAnArmWithoutShareAreAnError() {
    #expect(throws: InferenceError.unexpectedSessions(arm: 2, count: 7)) {
      try SampleRatioTest(observed: [1_000, 1_100, 7], weights: [0.5, 0.5, 0])
    }
  }

  @Test(arguments: [-1, .nan, .infinity])
  func aWeightIsANumberNotBelowZero(_ weight: Double) {
    #expect {
      try SampleRatioTest(observed: [1, 1], weights: [1, weight])
    } throws: { error in
      guard case InferenceError.invalidWeight(arm: 1, _) = error else { return false }
      return true
    }
  }

  @Test func oneArmHasNoRatio() {
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try SampleRatioTest(observed: [5, 0], weights: [1, 0])
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 0, count: 0, needed: 1)) {
      try SampleRatioTest(observed: [0, 0], weights: [1, 1])
    }
  }

  @Test func theUnitOfTheWeightsDoesNotMatter() throws {
    let shares = try SampleRatioTest(observed: [9_520, 480], weights: [0.95, 0.05])
    let huge = try SampleRatioTest(observed: [9_520, 480], weights: [0.95e308, 0.05e308])
    #expect(abs(shares.chiSquared - huge.chiSquared) < 1e-12)
    #expect(abs(shares.smallestExpectedCount - 500) < 1e-10)
  }
}
