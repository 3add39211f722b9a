import Inference
import Probability
import Testing

@Suite struct EffectTrendTests {
  private static let offer = [(60, 200), (40, 150), (70, 300), (50, 250)].map(moments)
  private static let control = [(40, 210), (32, 160), (58, 280), (49, 240)].map(moments)

  private static func moments(_ counts: (Int, Int)) -> Moments {
    Moments(Tally(successes: counts.0, trials: counts.1))
  }

  // numpy 2: the formula in the documentation, the slope also by solving X'WX b = X'Wd.
  @Test func agreesWithWeightedRegression() throws {
    let test = try EffectTrendTest(
      offer: Self.offer, control: Self.control, scores: [0, 7, 14, 21])
    #expect(abs(test.estimate / -0.005450971297257719 - 1) < 1e-12)
    #expect(abs(test.standardError / 0.0025364000687966124 - 1) < 1e-12)
    #expect(abs(test.pValue() / 0.03162666407758833 - 1) < 1e-11)
    #expect(test.periodCount == 4)
  }

  @Test func swappingArmsNegatesTheSlope() throws {
    let scores = [0.0, 1, 2, 3]
    let test = try EffectTrendTest(offer: Self.offer, control: Self.control, scores: scores)
    let swapped = try EffectTrendTest(offer: Self.control, control: Self.offer, scores: scores)
    #expect(abs(test.estimate + swapped.estimate) < 1e-16)
    #expect(abs(test.standardError / swapped.standardError - 1) < 1e-14)
  }

  /// Two periods: the late effect less the early one.
  @Test func twoPeriodsAreAContrast() throws {
    let early = try EffectEstimate(offer: Self.offer[0], control: Self.control[0])
    let late = try EffectEstimate(offer: Self.offer[3], control: Self.control[3])
    let test = try EffectTrendTest(
      offer: [Self.offer[0], Self.offer[3]], control: [Self.control[0], Self.control[3]],
      scores: [0, 1])
    #expect(abs(test.estimate - (late.value - early.value)) < 1e-15)
  }

  @Test func whatHasNoTrendIsRefused() {
    let all = Moments(Tally(successes: 5, trials: 5))
    #expect(throws: InferenceError.noVariation) {
      try EffectTrendTest(offer: [all, all], control: [all, all], scores: [0, 1])
    }
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try EffectTrendTest(offer: [all, all], control: [all, all], scores: [3, 3])
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 1, needed: 2)) {
      try EffectTrendTest(
        offer: [all, Moments([1])], control: [all, all], scores: [0, 1])
    }
  }

  /// 4,000 experiments of ten periods whose level rises while the effect stays, Monte Carlo error 0.0034;
  /// and the control that must fail: the effect fades.
  @Test func keepsItsSizeUnderASeasonAndFindsAFadingEffect() throws {
    let replications = 4_000
    var (rejections, found) = (0, 0)
    for index in 0..<replications {
      var rng = Philox(StreamKey(seed: 6, purpose: .world, index: UInt64(index)))
      func draw(_ p: (Int) -> Double) -> [Moments] {
        (0..<10).map { period in
          let law = BinomialDistribution(trials: 150, probability: p(period))
          return Moments(Tally(successes: Int(law.draw(using: &rng)), trials: 150))
        }
      }
      let scores = (0..<10).map(Double.init)
      let control = draw { 0.1 + 0.02 * Double($0) }
      let steady = draw { 0.15 + 0.02 * Double($0) }
      let fading = draw { 0.1 + 0.02 * Double($0) + 0.2 * (1 - Double($0) / 9) }
      if try EffectTrendTest(offer: steady, control: control, scores: scores).pValue() <= 0.05 {
        rejections += 1
      }
      if try EffectTrendTest(offer: fading, control: control, scores: scores).pValue(.less) <= 0.01
      {
        found += 1
      }
    }
    #expect(abs(Double(rejections) / Double(replications) - 0.05) < 4 * 0.0034)
    #expect(Double(found) / Double(replications) > 0.9)
  }
}
