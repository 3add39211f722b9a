import Inference
import Probability
import Testing

@Suite struct ShrinkageTests {
  /// Thirteen trials of BCG vaccine: deaths or cases and the rest, treated and control (Colditz et al.
  /// 1994). The log risk ratios' Paule–Mandel τ² is 0.3181 in metafor's documentation; the digits are
  /// statsmodels' 0.15.0 (`combine_effects`, iterated).
  @Test func pauleAndMandelOnTheVaccineTrials() throws {
    let trials: [(Double, Double, Double, Double)] = [
      (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13_536, 248, 12_619),
      (33, 5_036, 47, 5_761), (180, 1_361, 372, 1_079), (8, 2_537, 10, 619),
      (505, 87_886, 499, 87_892), (29, 7_470, 45, 7_232), (17, 1_699, 65, 1_600),
      (186, 50_448, 141, 27_197), (5, 2_493, 3, 2_338), (27, 16_886, 29, 17_825),
    ]
    let effects = try trials.map { a, b, c, d in
      try LogRatioTest(
        offer: Tally(successes: Int(a), trials: Int(a + b)),
        control: Tally(successes: Int(c), trials: Int(c + d)))
    }
    let fit = try NormalShrinkage(
      estimates: effects.map(\.logRatio), standardErrors: effects.map(\.standardError))
    let between = fit.standardDeviation * fit.standardDeviation
    #expect(abs(between - 0.31806845220502) < 1e-12)
    #expect(abs(fit.mean + 0.71496815349344) < 1e-12)
    #expect(abs(fit.standardError - 0.18089219153762) < 1e-12)
    for (own, effect) in zip(fit.effects, effects) {
      // Between the estimate and the mean, and surer than the estimate.
      #expect(abs(own.mean - fit.mean) < abs(effect.logRatio - fit.mean))
      #expect(own.standardDeviation < effect.standardError)
    }
  }

  @Test func effectsThatAgreeAreOne() throws {
    let fit = try NormalShrinkage(
      estimates: [0.02, 0.03, 0.025], standardErrors: [0.02, 0.04, 0.03])
    #expect(fit.standardDeviation == 0)
    for effect in fit.effects {
      #expect(abs(effect.mean - fit.mean) < 1e-16)
      #expect(abs(effect.standardDeviation - fit.standardError) < 1e-16)
    }
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try NormalShrinkage(estimates: [0.1], standardErrors: [0.1])
    }
  }

  /// Tumours in 71 groups of rats (Tarone 1982; Gelman et al. 2013, table 5.1). The maximum of the
  /// marginal likelihood by mpmath 1.3 at 30 digits.
  @Test func tumoursInRats() throws {
    let tumours =
      [Int](repeating: 0, count: 14) + [Int](repeating: 1, count: 8) + [Int](repeating: 2, count: 9)
      + [
        1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5,
        6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4,
      ]
    let rats = [
      20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25,
      24, 23, 20, 20, 20, 20, 20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20,
      20, 20, 20, 20, 20, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47,
      24, 14,
    ]
    let fit = try BetaBinomialShrinkage(
      zip(tumours, rats).map { Tally(successes: $0, trials: $1) } + [Tally()])
    #expect(!fit.isHomogeneous)
    #expect(abs(fit.prior.alpha / 2.34161440333364508873827100138 - 1) < 1e-10)
    #expect(abs(fit.prior.beta / 14.1148042984412986512124891028 - 1) < 1e-10)
    #expect(abs(fit.cells[70].mean - (2.341614403 + 4) / (16.456418702 + 14)) < 1e-9)
    // An empty cell is what the others say.
    #expect(fit.cells[71] == fit.prior)
  }

  @Test func cellsThatAgreeAreOne() throws {
    let fit = try BetaBinomialShrinkage([
      Tally(successes: 20, trials: 100), Tally(successes: 41, trials: 200),
      Tally(successes: 10, trials: 50),
    ])
    #expect(fit.isHomogeneous)
    #expect(abs(fit.prior.mean - 71.0 / 350) < 1e-12)
    #expect(abs(fit.prior.alpha + fit.prior.beta - 350) < 1e-9)
    #expect(throws: InferenceError.noVariation) {
      try BetaBinomialShrinkage([Tally(successes: 0, trials: 5), Tally(successes: 0, trials: 9)])
    }
  }

  /// What shrinkage is for: over 400 worlds of 20 equal effects, the greatest estimate exceeds its
  /// effect on average by 1.87 standard errors, and its shrunken value does not.
  @Test func theGreatestEstimateIsNoLongerTooGreat() throws {
    var (naive, shrunken) = (Moments(), Moments())
    for world in 0..<400 as Range<UInt64> {
      var philox = Philox(StreamKey(seed: 8, purpose: .world, index: world))
      let estimates = (0..<20).map { _ in StandardNormal.draw(using: &philox) }
      let fit = try NormalShrinkage(
        estimates: estimates, standardErrors: [Double](repeating: 1, count: 20))
      naive.add(estimates.reduce(-.infinity) { max($0, $1) })
      shrunken.add(fit.effects.map(\.mean).reduce(-.infinity) { max($0, $1) })
    }
    // E[max of 20 standard normals] = 1.8675; its standard deviation is 0.53.
    #expect(abs(naive.mean - 1.8675) < 4 * 0.53 / 20)
    #expect(shrunken.mean < 0.5)
  }
}
