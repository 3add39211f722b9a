import Inference
import Probability
import Testing

/// Comparisons with one control against R 4.2.2: nested `integrate()`, multcomp and mvtnorm.
@Suite struct DunnettTests {
  private static func degrees(_ value: JSONValue) throws -> Double {
    value == .string("inf") ? .infinity : try value.number
  }

  @Test(arguments: try LiftCase.cases(of: "dunnett_p_one_sided", "dunnett_critical_two_sided"))
  func publishedTables(_ item: LiftCase) throws {
    let isCritical = item.function == "dunnett_critical_two_sided"
    let law = StudentizedMaximumDistribution(
      loadings: Array(
        repeating: try item.inputs["rho"].number.squareRoot(),
        count: try item.inputs[isCritical ? "k_treatments" : "k"].integer),
      degreesOfFreedom: try Self.degrees(item.inputs["df"]), sides: isCritical ? .two : .one)
    if isCritical {
      try item.expect(law.upperQuantile(item.inputs["alpha"].number), "critical")
    } else {
      try item.expect(law.survival(item.inputs["t"].number), "p")
    }
  }

  /// The case's p-values are multcomp's, of simulated quadrature; its tolerance says so.
  @Test(arguments: try LiftCase.cases(of: "dunnett_test"))
  func bloodCounts(_ item: LiftCase) throws {
    let arms = try ["control", "a", "b"].map { Moments(try item.inputs[$0].numbers) }
    let test = try DunnettTest(control: arms[0], treatments: Array(arms[1...]))
    try item.expect(test.statistics, "t")
    try item.expect(test.pValues(), "p_two_sided")
  }

  @Test(arguments: try ArmsReference.rows("dunnett"))
  func meansAgreeWithR(_ row: JSONValue) throws {
    let test = try DunnettTest(
      control: Moments(row["control"].numbers),
      treatments: row["treatments"].elements.map { Moments(try $0.numbers) })
    #expect(test.degreesOfFreedom[0] == (try row["df"].number))
    expectClose(test.statistics, try row["t"].numbers, within: 1e-12, "t")
    expectClose(test.pValues(), try row["twoSided"].numbers, within: 1e-8, "p")
    expectClose(test.pValues(.greater), try row["greater"].numbers, within: 1e-8, "greater")
    expectClose(
      test.criticalValues()[0], try row["critical"].number, within: 1e-8, "critical value")
    expectClose(
      test.criticalValues(.greater)[0], try row["oneSided"].number, within: 1e-8, "one-sided")
    expectClose(test.stepDownPValues(), try row["stepDown"].numbers, within: 1e-8, "step down")
    // multcomp's own, by simulated quadrature with an error of 1e-3.
    for (own, other) in zip(test.pValues(), try row["glht"].numbers) {
      #expect(abs(own - other) < 1e-3)
    }
    for (own, other) in zip(test.stepDownPValues(), try row["glhtFree"].numbers) {
      #expect(abs(own - other) < 1e-3)
    }
  }

  @Test(arguments: try ArmsReference.rows("welch"))
  func separateVariancesAgreeWithR(_ row: JSONValue) throws {
    let test = try DunnettTest(
      control: Moments(row["control"].numbers),
      treatments: row["treatments"].elements.map { Moments(try $0.numbers) },
      variances: .separate)
    expectClose(test.statistics, try row["t"].numbers, within: 1e-12, "t")
    expectClose(test.degreesOfFreedom, try row["df"].numbers, within: 1e-12, "ν")
    expectClose(test.pValues(), try row["twoSided"].numbers, within: 1e-8, "p")
  }

  @Test(arguments: try ArmsReference.rows("dunnettProportions"))
  func proportionsAgreeWithR(_ row: JSONValue) throws {
    let arms = zip(try row["x"].integers, try row["n"].integers).map {
      Tally(successes: $0, trials: $1)
    }
    let test = try DunnettTest(control: arms[0], treatments: Array(arms[1...]))
    expectClose(test.statistics, try row["z"].numbers, within: 1e-12, "z")
    expectClose(test.pValues(), try row["twoSided"].numbers, within: 1e-8, "p")
    for (own, other) in zip(test.pValues(), try row["mvtnorm"].numbers) {
      #expect(abs(own - other) < 1e-5)
    }
  }

  static let samples: [DunnettTest] = {
    let arms = [(100, 20.0, 900.0), (50, 21.5, 700), (70, 18.2, 300), (10, 23.5, 90)].map {
      Moments(count: $0, mean: $1, sumOfSquaredDeviations: $2)
    }
    let tallies = [(220, 1_000), (265, 1_000), (100, 500), (700, 2_900)].map {
      Tally(successes: $0, trials: $1)
    }
    return [
      try? DunnettTest(control: arms[0], treatments: Array(arms[1...])),
      try? DunnettTest(control: arms[0], treatments: Array(arms[1...]), variances: .separate),
      try? DunnettTest(control: tallies[0], treatments: Array(tallies[1...])),
    ].compactMap { $0 }
  }()

  /// An adjusted p-value is below α exactly where the interval of level 1 − α excludes zero.
  @Test(arguments: 0..<3)
  func intervalsAgreeWithPValues(_ index: Int) throws {
    let test = Self.samples[index]
    for alternative in Alternative.allCases {
      let adjusted = test.pValues(alternative)
      for (arm, p) in adjusted.enumerated() where p < 0.999 && p > 1e-10 {
        let inside = test.intervals(level: 1 - p * (1 - 1e-6), alternative)[arm]
        let outside = test.intervals(level: 1 - p * (1 + 1e-6), alternative)[arm]
        #expect(inside.contains(0) && !outside.contains(0))
      }
      for (own, whole) in zip(test.stepDownPValues(alternative), adjusted) {
        #expect(own <= whole * (1 + 1e-12))
      }
    }
  }

  /// Of one arm it is Student's test, or Welch's.
  @Test func oneArmIsNotAdjusted() throws {
    let (offer, control) = (Moments([4, 7, 9, 3, 8]), Moments([2, 4, 3, 5, 1, 4, 4]))
    let welch = try WelchTest(offer: offer, control: control)
    let test = try DunnettTest(control: control, treatments: [offer], variances: .separate)
    expectClose(test.pValues(), [welch.pValue()], within: 1e-11)
    expectClose(test.pValues(.less), [welch.pValue(.less)], within: 1e-11)
    let (own, other) = (test.intervals()[0], welch.interval())
    expectClose([own.lower, own.upper], [other.lower, other.upper], within: 1e-11)
  }

  @Test func refusesWhatHasNoAnswer() {
    let (some, one) = (Moments([1, 2, 4]), Moments([3]))
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try DunnettTest(control: some, treatments: [])
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 2, count: 1, needed: 2)) {
      try DunnettTest(control: some, treatments: [some, one], variances: .separate)
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try DunnettTest(control: some, treatments: [Moments()])
    }
    #expect(throws: InferenceError.noVariation) {
      try DunnettTest(control: Moments([2, 2]), treatments: [Moments([3, 3])])
    }
    #expect(throws: InferenceError.noSuccesses(arm: 1)) {
      try DunnettTest(
        control: Tally(successes: 3, trials: 9), treatments: [Tally(successes: 0, trials: 9)])
    }
  }
}
