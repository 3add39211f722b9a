import Foundation
import Inference
import Testing

@Suite struct FisherExactTests {
  typealias Rule = FisherExactTest.Rule

  /// At an end of its range a count fits no odds ratio but 0 or infinity.
  @Test func theEndsOfTheRangeHaveNoFiniteOddsRatio() throws {
    let every = try FisherExactTest(
      offer: Tally(successes: 5, trials: 5), control: Tally(successes: 12, trials: 99))
    #expect(every.conditionalOddsRatio == .infinity && every.estimate == .infinity)
    let none = try FisherExactTest(
      offer: Tally(successes: 0, trials: 12), control: Tally(successes: 3, trials: 7))
    #expect(none.conditionalOddsRatio == 0 && none.estimate == 0)
  }

  @Test(arguments: try LiftCase.cases(of: "fisher_exact"))
  func minimumLikelihood(_ item: LiftCase) throws {
    let (offer, control) = try item.arms
    let test = try FisherExactTest(offer: offer, control: control)
    try item.expect(test.pValue(), "p")
    if item.expected["p_less"] != .null { try item.expect(test.pValue(.less), "p_less") }
    if item.expected["cond_odds_ratio"] != .null {
      try item.expect(test.conditionalOddsRatio, "cond_odds_ratio")
    }
  }

  /// R solves for an interval's ends by `uniroot` to an error of 1.2e-4, so its digits, which are the
  /// cases' `ci`, are right to four places. The ends to more were computed with mpmath 1.3 at 30 digits,
  /// by bisection of the sums of the noncentral hypergeometric masses.
  @Test(
    arguments: [
      ("fisher-scipy4130", 0.8082958807604543, 1.252685432333152),
      ("fisher-ci-hyptests234", 0.009676931449074992, 0.08963771237125406),
    ])
  func centralIntervalsToMoreDigitsThanRs(_ id: String, _ lower: Double, _ upper: Double) throws {
    let item = try #require(try LiftCase.all.get().first { $0.id == id })
    let (offer, control) = try item.arms
    let interval = try FisherExactTest(offer: offer, control: control, rule: .central)
      .interval(level: 0.95)
    #expect(abs(interval.lower / lower - 1) < 1e-12)
    #expect(abs(interval.upper / upper - 1) < 1e-12)
    let rounded = try item.expected["ci"].numbers
    #expect(abs(interval.lower - rounded[0]) < 1.2e-4)
    #expect(abs(interval.upper - rounded[1]) < 1.2e-4)
  }

  @Test(
    arguments: try LiftCase.cases(
      of: "fisher_exact_minlike", "fisher_exact_central", "fisher_exact_blaker"))
  func rules(_ item: LiftCase) throws {
    let (offer, control) = try item.arms
    let rule: Rule =
      switch item.function {
      case "fisher_exact_minlike": .minimumLikelihood
      case "fisher_exact_central": .central
      default: .blaker
      }
    let test = try FisherExactTest(offer: offer, control: control, rule: rule)
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(level: 0.95), "or_ci")
  }

  @Test(arguments: try LiftCase.cases(of: "odds_ratio_ci_cornfield_exact"))
  func cornfieldExact(_ item: LiftCase) throws {
    let test = try FisherExactTest(offer: item.first, control: item.second, rule: .central)
    try item.expect(test.interval(level: item.inputs["level"].number))
  }

  @Test(arguments: try LiftCase.cases(of: "odds_ratio_ci_cornfield_midp"))
  func cornfieldMidP(_ item: LiftCase) throws {
    let test = try FisherExactTest(offer: item.first, control: item.second, rule: .midP)
    try item.expect(test.interval(level: item.inputs["level"].number))
  }

  /// The permutations of zeros and ones are the tables with their margins.
  @Test(arguments: try LiftCase.cases(of: "permutation_exact_mean_diff_01"))
  func permutations(_ item: LiftCase) throws {
    func tally(_ name: String) throws -> Tally {
      let outcomes = try item.inputs[name].integers
      return Tally(successes: outcomes.reduce(0, +), trials: outcomes.count)
    }
    let test = try FisherExactTest(offer: tally("treatment"), control: tally("control"))
    try item.expect(test.pValue(.greater), "p_greater")
    try item.expect(test.pValue(.greater), "fisher_greater")
  }

  /// The definition of each rule, summed over all tables in quadruple-free plain arithmetic.
  @Test(arguments: Rule.allCases)
  func pValuesAreSumsOverTheTablesOfTheirDefinition(_ rule: Rule) throws {
    for (offer, control) in TwoByTwo.varied(upTo: 8) {
      for null in [1, 0.3, 2.5] {
        let test = try FisherExactTest(offer: offer, control: control, null: null, rule: rule)
        let law = TwoByTwo.conditional(offer, control, oddsRatio: null)
        let x = law.firstIndex { $0.count == offer.successes } ?? 0
        let less = law[...x].map(\.mass).reduce(0, +)
        let greater = law[x...].map(\.mass).reduce(0, +)
        let half = rule == .midP ? law[x].mass / 2 : 0
        #expect(abs(test.pValue(.less) / (less - half) - 1) < 1e-12)
        #expect(abs(test.pValue(.greater) / (greater - half) - 1) < 1e-12)
        let wanted: Double =
          switch rule {
          case .central, .midP: min(1, 2 * (min(less, greater) - half))
          case .minimumLikelihood:
            law.map(\.mass).filter { $0 <= law[x].mass * (1 + 1e-7) }.reduce(0, +)
          case .blaker:
            law.indices.filter {
              min(
                law[...$0].map(\.mass).reduce(0, +), law[$0...].map(\.mass).reduce(0, +))
                <= min(less, greater) * (1 + 1e-7)
            }.map { law[$0].mass }.reduce(0, +)
          }
        #expect(abs(test.pValue() / wanted - 1) < 1e-12, "\(offer) \(control) \(null)")
      }
    }
  }

  @Test(arguments: Rule.allCases)
  func intervalsAgreeWithPValuesOverAllTables(_ rule: Rule) throws {
    for (offer, control) in TwoByTwo.varied(upTo: 6) {
      for alpha in [0.05, 0.2] {
        let interval = try FisherExactTest(offer: offer, control: control, rule: rule)
          .interval(level: 1 - alpha)
        func p(_ null: Double) throws -> Double {
          try FisherExactTest(offer: offer, control: control, null: null, rule: rule).pValue()
        }
        // No odds ratio outside is kept; just inside an end one is, and at an end that p jumps to.
        if interval.lower > 0 {
          for factor in [0.01, 0.5, 0.9, 1 - 1e-6] {
            #expect(try p(interval.lower * factor) < alpha, "\(offer) \(control)")
          }
          #expect(try p(interval.lower * (1 + 1e-6)) >= alpha, "\(offer) \(control)")
        }
        if interval.upper < .infinity {
          for factor in [100, 2, 1.1, 1 + 1e-6] {
            #expect(try p(interval.upper * factor) < alpha, "\(offer) \(control)")
          }
          #expect(try p(interval.upper * (1 - 1e-6)) >= alpha, "\(offer) \(control)")
        }
        let isLeast = offer.successes == 0 || control.failures == 0
        let isGreatest = control.successes == 0 || offer.failures == 0
        #expect((interval.lower == 0) == isLeast)
        #expect((interval.upper == .infinity) == isGreatest)
      }
    }
  }

  /// Fay's example of a two-sided p-value and a central interval at odds: each rule has its own.
  @Test func aMatchingIntervalSidesWithItsPValue() throws {
    // R 4.2.2: fisher.test p = 0.0437 with the central interval 0.0389–1.0565, which holds 1.
    let (offer, control) = (Tally(successes: 6, trials: 18), Tally(successes: 12, trials: 17))
    for rule in Rule.allCases {
      let test = try FisherExactTest(offer: offer, control: control, rule: rule)
      #expect((test.pValue() < 0.05) == !test.interval(level: 0.95).contains(1))
    }
  }

  /// The p-value by minimum likelihood has gaps below α between odds ratios that are not rejected:
  /// the interval spans them, and the table 7/262 against 30/494 shows it (Fay 2010).
  @Test func theIntervalSpansTheGapsOfAnAcceptedSet() throws {
    let (offer, control) = (Tally(successes: 7, trials: 262), Tally(successes: 30, trials: 494))
    let test = try FisherExactTest(offer: offer, control: control)
    let interval = test.interval(level: 0.95)
    var changes = 0
    var wasKept = false
    for step in 0...4_000 {
      let null = interval.lower * pow(interval.upper / interval.lower, Double(step) / 4_000)
      let isKept =
        try FisherExactTest(offer: offer, control: control, null: null).pValue() >= 0.05
      if isKept != wasKept { changes += 1 }
      wasKept = isKept
    }
    #expect(changes > 2)
  }

  @Test func estimatesSolveTheirEquations() throws {
    // R 4.2.2: fisher.test(matrix(c(7, 27, 1, 33), 2))$estimate = 8.343...; both by their equations.
    for (offer, control) in TwoByTwo.varied(upTo: 7) {
      let test = try FisherExactTest(offer: offer, control: control, rule: .midP)
      let ratio = test.conditionalOddsRatio
      if ratio > 0, ratio < .infinity {
        let law = TwoByTwo.conditional(offer, control, oddsRatio: ratio)
        let mean = law.map { $0.mass * Double($0.count) }.reduce(0, +)
        #expect(abs(mean - Double(offer.successes)) < 1e-12)
        let median = try FisherExactTest(
          offer: offer, control: control, null: test.medianUnbiasedOddsRatio, rule: .midP)
        #expect(abs(median.pValue(.greater) - 0.5) < 1e-12)
      }
    }
  }

  @Test func sessionsThatAllEndedAlikeHaveNoOddsRatio() {
    let all = Tally(successes: 5, trials: 5)
    let none = Tally(successes: 0, trials: 7)
    #expect(throws: InferenceError.noVariation) { try FisherExactTest(offer: all, control: all) }
    #expect(throws: InferenceError.noVariation) { try FisherExactTest(offer: none, control: none) }
  }
}
