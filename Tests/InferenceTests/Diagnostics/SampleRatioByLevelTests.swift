import Inference
import Probability
import Testing

@Suite struct SampleRatioByLevelTests {
  // scipy 1.17.1: stats.chi2_contingency(correction=False), and stats.chisquare of each row.
  @Test func agreesWithTheTableOfContingency() throws {
    let test = try SampleRatioByLevelTest(
      observed: [[520, 480], [610, 690], [90, 70]], weights: [0.5, 0.5])
    #expect(abs(test.chiSquared / 8.861060997437264 - 1) < 1e-13)
    #expect(abs(test.pValue / 0.011908170727529453 - 1) < 1e-12)
    #expect(test.degreesOfFreedom == 2)
    #expect(abs(test.smallestExpectedCount / 79.34959349593495 - 1) < 1e-14)
    let levels = try test.levels.map { try #require($0).pValue }
    for (p, expected) in zip(
      levels, [0.20590321073206466, 0.026500280602491884, 0.11384629800665763])
    {
      #expect(abs(p / expected - 1) < 1e-12)
    }
  }

  /// Arms without a share and levels without sessions are in no sum and in no degree of freedom.
  @Test func emptyLevelsAndArmsWithoutShareTakeNoPart() throws {
    let plain = try SampleRatioByLevelTest(
      observed: [[520, 480], [610, 690]], weights: [0.5, 0.5])
    let padded = try SampleRatioByLevelTest(
      observed: [[520, 0, 480], [0, 0, 0], [610, 0, 690]], weights: [0.5, 0, 0.5])
    #expect(padded.chiSquared == plain.chiSquared)
    #expect(padded.degreesOfFreedom == 1)
    #expect(padded.levels[1] == nil)
    #expect(padded.levels[0] == plain.levels[0])
  }

  @Test func sessionsInAnArmWithoutShareAreRefused() {
    #expect(throws: InferenceError.unexpectedSessions(arm: 1, count: 3)) {
      try SampleRatioByLevelTest(observed: [[50, 0, 50], [60, 3, 60]], weights: [1, 0, 1])
    }
  }

  @Test func oneLevelHasNothingToCompare() {
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try SampleRatioByLevelTest(observed: [[50, 50], [0, 0]], weights: [1, 1])
    }
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try SampleRatioByLevelTest(observed: [[50, 0], [7, 0]], weights: [1, 1])
    }
  }

  /// 4,000 experiments of four levels and three arms, Monte Carlo error 0.0034; and the control that must
  /// fail: one level loses a third of an arm.
  @Test func keepsItsSizeAndFindsABrokenLevel() throws {
    let replications = 4_000
    var (rejections, found) = (0, 0)
    for index in 0..<replications {
      var rng = Philox(StreamKey(seed: 5, purpose: .world, index: UInt64(index)))
      var observed = [[2_000, 2_000, 2_000], [600, 600, 600], [300, 300, 300], [100, 100, 100]]
        .map { level in
          level.map { Int(PoissonDistribution(mean: Double($0)).draw(using: &rng)) }
        }
      let weights = [1.0, 1, 1]
      if try SampleRatioByLevelTest(observed: observed, weights: weights).pValue <= 0.05 {
        rejections += 1
      }
      observed[1][2] = observed[1][2] * 2 / 3
      if try SampleRatioByLevelTest(observed: observed, weights: weights).pValue <= 0.001 {
        found += 1
      }
    }
    #expect(abs(Double(rejections) / Double(replications) - 0.05) < 4 * 0.0034)
    #expect(Double(found) / Double(replications) > 0.5)
  }
}
