import Inference
import Testing

/// Factorial analyses against R 4.2.2's `glm`.
@Suite struct FactorialTests {
  @Test(arguments: try LiftCase.cases(of: "interaction_lr_test"))
  func interactionsOnTheLogitScale(_ item: LiftCase) throws {
    var table = FactorialTable(levels: [2, 2])
    let (x, n) = (try item.inputs["x"].integers, try item.inputs["n"].integers)
    let (offer, placement) = (
      try item.inputs["offer"].integers, try item.inputs["placement"].integers
    )
    for cell in x.indices {
      table.add(successes: x[cell], trials: n[cell], at: [offer[cell], placement[cell]])
    }
    func cell(_ offer: Int, _ placement: Int) -> Tally {
      table.cells[table.index(of: [offer, placement])]
    }
    let wald = try InteractionTest(
      offer: (cell(1, 0), cell(1, 1)), control: (cell(0, 0), cell(0, 1)))
    try item.expect(wald.coefficient, "beta_interaction")
    try item.expect(wald.standardError, "se")
    let effect = try #require(try FactorialAnalysis(table).effect(of: 0, 1))
    try item.expect(effect.chiSquared, "lr_chi2")
    try item.expect(effect.pValue, "p_lr")
  }

  @Test(arguments: try ArmsReference.rows("factorial"))
  func everyTermAgreesWithR(_ row: JSONValue) throws {
    let cells = zip(try row["x"].integers, try row["n"].integers).map {
      Tally(successes: $0, trials: $1)
    }
    let table = FactorialTable(levels: try row["levels"].integers, cells: cells)
    let analysis = try FactorialAnalysis(table)
    let wanted = try row["tests"].elements
    #expect(analysis.effects.count == wanted.count)
    for test in wanted {
      let factors = try test["term"].integers
      let effect = try #require(analysis.effects.first { $0.factors == factors })
      #expect(effect.degreesOfFreedom == (try test["df"].integer))
      #expect(abs(effect.chiSquared - (try test["chi2"].number)) < 1e-9, "\(factors)")
    }
  }

  /// Of one factor the statistic is `G`.
  @Test func oneFactorIsTheLikelihoodRatioTest() throws {
    let arms = [3, 0, 4, 9].enumerated().map { Tally(successes: $1, trials: 20 + 3 * $0) }
    let g = try KSampleProportionTest(arms: arms, statistic: .likelihoodRatio)
    // An arm without successes: the likelihood is greatest at infinity.
    let effect = try FactorialAnalysis(FactorialTable(levels: [4], cells: arms)).effects[0]
    #expect(effect.degreesOfFreedom == 3)
    expectClose(effect.chiSquared, g.chiSquared, within: 1e-11)
  }

  /// A level whose sessions all ended alike separates the data; the answer is the limit.
  @Test func separatedTablesHaveALimit() throws {
    let cells = [(0, 50), (0, 60), (12, 50), (20, 55)].map { Tally(successes: $0, trials: $1) }
    let analysis = try FactorialAnalysis(FactorialTable(levels: [2, 2], cells: cells))
    // With the first row settled, the second row alone tells of the column: G of its two cells.
    let g = try KSampleProportionTest(arms: Array(cells[2...]), statistic: .likelihoodRatio)
    let column = try #require(analysis.effect(of: 1))
    expectClose(column.chiSquared, g.chiSquared, within: 1e-9)
    let both = try #require(analysis.effect(of: 0, 1))
    #expect(both.chiSquared < 1e-9)
    #expect(both.pValue > 0.99)
  }

  @Test func mergingTablesAddsTheirCells() {
    var (one, other) = (FactorialTable(levels: [2, 3]), FactorialTable(levels: [2, 3]))
    one.add(successes: 1, trials: 4, at: [1, 2])
    other.add(successes: 2, trials: 5, at: [1, 2])
    one.merge(other)
    #expect(one.cells[5] == Tally(successes: 3, trials: 9))
    #expect(one.index(of: [1, 0]) == 3)
  }

  @Test func refusesWhatHasNoAnswer() {
    let some = Tally(successes: 3, trials: 9)
    let table = FactorialTable(levels: [2, 2], cells: [some, some, Tally(), some])
    #expect(throws: InferenceError.tooFewSessions(arm: 2, count: 0, needed: 1)) {
      try FactorialAnalysis(table)
    }
    let flat = Tally(successes: 9, trials: 9)
    #expect(throws: InferenceError.noVariation) {
      try FactorialAnalysis(FactorialTable(levels: [2], cells: [flat, flat]))
    }
    #expect(throws: InferenceError.noFailures(arm: 0)) {
      try InteractionTest(offer: (some, some), control: (some, flat))
    }
  }
}
