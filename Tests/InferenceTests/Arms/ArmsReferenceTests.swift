import Inference
import Probability
import Testing

/// Tests of several arms against R 4.2.2.
@Suite struct ArmsReferenceTests {
  private static func tallies(_ row: JSONValue) throws -> [Tally] {
    zip(try row["x"].integers, try row["n"].integers).map { Tally(successes: $0, trials: $1) }
  }

  @Test(arguments: try LiftCase.cases(of: "chi2_k_proportions"))
  func equalProportions(_ item: LiftCase) throws {
    let test = try KSampleProportionTest(arms: Self.tallies(item.inputs))
    try item.expect(test.chiSquared, "chi2")
    try item.expect(Double(test.degreesOfFreedom), "df")
    try item.expect(test.pValue, "p")
  }

  @Test(arguments: try LiftCase.cases(of: "cochran_armitage_trend"))
  func trends(_ item: LiftCase) throws {
    let test = try TrendTest(
      arms: Self.tallies(item.inputs), scores: item.inputs["scores"].numbers)
    try item.expect(test.chiSquared, "chi2")
    try item.expect(test.pValue(), "p")
  }

  /// `prop.test`, `prop.trend.test` and `lm`; `G` by its definition.
  @Test(arguments: try ArmsReference.rows("arms"))
  func proportionsAgreeWithR(_ row: JSONValue) throws {
    let (arms, scores) = (try Self.tallies(row), try row["scores"].numbers)
    let pearson = try KSampleProportionTest(arms: arms)
    expectClose(pearson.chiSquared, try row["chi2"].number, "χ²")
    expectClose(pearson.pValue, try row["p"].number, "p")
    let ratio = try KSampleProportionTest(arms: arms, statistic: .likelihoodRatio)
    expectClose(ratio.chiSquared, try row["g"].number, "G")
    let trend = try TrendTest(arms: arms, scores: scores)
    expectClose(trend.chiSquared, try row["trend"].number, "trend")
    expectClose(trend.pValue(), try row["trendP"].number, "p of the trend")
    expectClose(trend.estimate, try row["slope"].number, "slope")
    // Scores matter but for their place and unit.
    let moved = try TrendTest(arms: arms, scores: scores.map { 1_000 - 3 * $0 })
    expectClose(moved.z, -trend.z, within: 1e-12)
    expectClose(moved.estimate, -trend.estimate / 3, within: 1e-12)
  }

  /// Of two arms both are the pooled z test.
  @Test func twoArmsArePooled() throws {
    let (offer, control) = (Tally(successes: 12, trials: 38), Tally(successes: 7, trials: 40))
    let z = try PooledZTest(offer: offer, control: control)
    expectClose(
      try KSampleProportionTest(arms: [control, offer]).chiSquared, z.z * z.z, within: 1e-13)
    let trend = try TrendTest(arms: [control, offer], scores: [0, 1])
    expectClose(trend.z, z.z, within: 1e-13)
    expectClose(trend.estimate, z.estimate, within: 1e-13)
    #expect(trend.departurePValue == 1)
    let effect = try KSampleProportionTest(
      arms: [Tally(successes: 9, trials: 9), Tally(successes: 0, trials: 4)])
    expectClose(effect.cramersV, 1, within: 1e-14)
  }

  @Test func refusesWhatHasNoAnswer() throws {
    let (some, none) = (Tally(successes: 3, trials: 9), Tally())
    let flat = Tally(successes: 0, trials: 9)
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try KSampleProportionTest(arms: [some])
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try KSampleProportionTest(arms: [some, none])
    }
    #expect(throws: InferenceError.noVariation) {
      try KSampleProportionTest(arms: [flat, flat])
    }
    #expect(throws: InferenceError.noVariation) {
      try TrendTest(arms: [some, some], scores: [2, 2])
    }
  }
}
