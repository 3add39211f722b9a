internal import Probability

/// A factorial analysis on the logit scale: what each factor does to the odds of success, and whether what
/// one does depends on the level of another.
///
/// A term is a set of factors: one is a main effect, several are an interaction. Each is tested by the
/// likelihood ratio between two logistic models: with all terms that do not contain it, and with it
/// besides (tests of "type II"). So a main effect is judged as if it were the same at all levels of the
/// others, and an interaction beyond all main effects.
///
///     χ² = D(without) − D(with)      D = 2 Σ o ln(o/e)
///
/// - Complexity: two fits of at most *p* = ∏ levels coefficients a term, each O(*p*³) some ten times.
///
/// References: McCullagh and Nelder (1989), *Generalized Linear Models*, chapter 4; Langsrud (2003),
/// *Statistics and Computing* 13, 163–167, for type II.
public struct FactorialAnalysis: Sendable {
  /// The test of one term.
  public struct Effect: Hashable, Sendable {
    /// The factors of the term, in their order: one is a main effect.
    public let factors: [Int]
    /// The likelihood-ratio statistic.
    public let chiSquared: Double
    /// The coefficients of the term: the product of its factors' levels less one each.
    public let degreesOfFreedom: Int

    /// The probability, under no effect of the term, of a statistic at least as large.
    public var pValue: Double {
      ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
    }
  }

  /// The sessions.
  public let table: FactorialTable
  /// The tests of all terms: main effects first, then interactions by their number of factors.
  public let effects: [Effect]

  /// Tests every term.
  ///
  /// - Throws: `tooFewSessions` if a cell is empty (cells count as arms), `noVariation` if all sessions ended
  ///   alike, `notConverged` if a fit did not end.
  public init(_ table: FactorialTable) throws(InferenceError) {
    for (cell, tally) in table.cells.enumerated() { try tally.require(1, arm: cell) }
    let all = Tally(merging: table.cells)
    guard all.successes > 0, all.failures > 0 else { throw .noVariation }
    let terms = FactorialTerm.all(of: table.levels)
    var effects: [Effect] = []
    for term in terms {
      let others = terms.filter { !term.isSubset(of: $0) }
      let without = try LogisticCellFit(table, terms: others)
      let with = try LogisticCellFit(table, terms: others + [term])
      effects.append(
        Effect(
          factors: term.factors, chiSquared: max(0, without.deviance - with.deviance),
          degreesOfFreedom: term.coefficientCount(table.levels)))
    }
    self.table = table
    self.effects = effects
  }

  /// The test of a term, named by its factors.
  public func effect(of factors: Int...) -> Effect? {
    effects.first { $0.factors == factors.sorted() }
  }

  /// What the tests are, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: "factorial likelihood ratio", nullHypothesis: "no effect of the term",
      scale: .oddsRatio, twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "McCullagh and Nelder 1989, chapter 4")
  }
}
