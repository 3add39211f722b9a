import Inference
import Probability
import Testing

@Suite struct EffectHeterogeneityTests {
  private static let groups = zip(
    [0.10, 0.03, 0.08, -0.02, 0.05], [0.02, 0.03, 0.025, 0.04, 0.01]
  )
  .map { EffectEstimate($0, standardError: $1, sessions: 100) }

  // R 4.2.2: Q, its upper tail by pchisq, the mean of inverse variances, and standardised residuals.
  @Test func agreesWithTheFormulaInR() throws {
    let test = try EffectHeterogeneityTest(Self.groups)
    #expect(abs(test.chiSquared / 10.47360112261007004 - 1) < 1e-13)
    #expect(abs(test.pValue / 0.03316257688877893 - 1) < 1e-12)
    #expect(abs(test.common.effect / 0.05675846342746886 - 1) < 1e-13)
    #expect(abs(test.common.standardError / 0.00794649711181028 - 1) < 1e-13)
    #expect(abs(test.inconsistency / 0.61808742254228777 - 1) < 1e-12)
    let z = [
      2.3560298576631316, -0.9249889286882339, 0.9805131313036298, -1.9579882523244250,
      -1.1132955222444199,
    ]
    for (own, expected) in zip(test.departures, z) { #expect(abs(own / expected - 1) < 1e-11) }
    #expect(test.greatestDeparture == 0)
  }

  @Test func twoGroupsAreAComparisonOfTwoEffects() throws {
    let test = try EffectHeterogeneityTest(Array(Self.groups[..<2]))
    let z = 0.07 / (0.02 * 0.02 + 0.03 * 0.03).squareRoot()
    #expect(abs(test.chiSquared - z * z) < 1e-12)
    #expect(abs(test.departures[0] - z) < 1e-12 && abs(test.departures[1] + z) < 1e-12)
  }

  @Test func equalEffectsAreConsistent() throws {
    let test = try EffectHeterogeneityTest(
      [0.01, 1e-9, 3].map { EffectEstimate(0.5, standardError: $0, sessions: 10) })
    #expect(test.chiSquared == 0 && test.pValue == 1 && test.inconsistency == 0)
  }

  @Test func oneGroupHasNothingToCompare() {
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try EffectHeterogeneityTest(Array(Self.groups[..<1]))
    }
  }

  /// 4,000 experiments over seven weekdays, Monte Carlo error 0.0034; and the control that must fail: an
  /// offer that works on the weekend only.
  @Test func keepsItsSizeAndFindsAWeekdayEffect() throws {
    let replications = 4_000
    var (rejections, found) = (0, 0)
    for index in 0..<replications {
      var rng = Philox(StreamKey(seed: 8, purpose: .world, index: UInt64(index)))
      func groups(_ effect: (Int) -> Double) throws -> [EffectEstimate] {
        try (0..<7).map { day in
          let offer = BinomialDistribution(trials: 400, probability: 0.2 + effect(day))
          let control = BinomialDistribution(trials: 400, probability: 0.2)
          return try EffectEstimate(
            offer: Tally(successes: Int(offer.draw(using: &rng)), trials: 400),
            control: Tally(successes: Int(control.draw(using: &rng)), trials: 400))
        }
      }
      if try EffectHeterogeneityTest(groups { _ in 0.05 }).pValue <= 0.05 { rejections += 1 }
      if try EffectHeterogeneityTest(groups { $0 > 4 ? 0.15 : 0 }).pValue <= 0.01 { found += 1 }
    }
    #expect(abs(Double(rejections) / Double(replications) - 0.05) < 4 * 0.0034)
    #expect(Double(found) / Double(replications) > 0.9)
  }
}
