import Inference
import TestSupport
import Testing

/// Tests and intervals of one proportion.
@Suite struct OneProportionTests {
  @Test(arguments: try LiftCase.cases(of: "proportion_ci"))
  func intervals(_ item: LiftCase) throws {
    let (tally, level) = (try item.tally("x", "n"), try item.inputs["level"].number)
    try item.expect(WilsonInterval(level: level).proportion(tally), "wilson")
    try item.expect(ClopperPearsonInterval(level: level).proportion(tally), "clopper_pearson")
    try item.expect(MidPInterval(level: level).proportion(tally), "midp")
  }

  @Test(arguments: try LiftCase.cases(of: "binom_test"))
  func exactTest(_ item: LiftCase) throws {
    guard case .string(let null) = item.inputs["p0"] else {
      Issue.record("the null is given as a fraction")
      return
    }
    let parts = null.split(separator: "/").compactMap { Double($0) }
    let test = try ExactBinomialTest(item.tally("x", "n"), null: parts[0] / parts[1])
    try item.expect(test.pValue(), "p_two_sided_minlike")
    try item.expect(test.pValue(.greater), "p_greater")
    try item.expect(test.pValue(.less), "p_less")
    try item.expect(test.interval(), "clopper_pearson")
  }

  @Test(arguments: try LiftCase.cases(of: "tost_one_proportion_wald"))
  func equivalence(_ item: LiftCase) throws {
    let tally = try item.tally("x", "n")
    let margins = Interval(
      lower: try item.inputs["low"].number, upper: try item.inputs["high"].number)
    let test = try EquivalenceTest(margins: margins) { (null) throws(InferenceError) in
      try OneProportionZTest(tally, null: null, variance: .estimated)
    }
    let wald = OneProportionZTest.Variance.estimated
    try item.expect(OneProportionZTest(tally, null: margins.lower, variance: wald).z, "z_low")
    try item.expect(OneProportionZTest(tally, null: margins.upper, variance: wald).z, "z_high")
    try item.expect(test.interval(alpha: 0.05), "ci90")
    #expect(test.pValue == test.againstUpper.pValue(.less))
  }

  // Agresti–Coull and Jeffreys by statsmodels 0.15.0 (proportion_confint), which cuts neither of these.
  @Test(arguments: [
    (
      15, 148, 0.95, 0.061385974928797285, 0.16148766632524703, 0.06044851700929643,
      0.15764314347874112
    ),
    (
      7, 34, 0.9, 0.1137352303172819, 0.3413879440606607, 0.11172785677190979, 0.3356219996847279
    ),
  ])
  func againstStatsmodels(
    _ x: Int, _ n: Int, _ level: Double, _ coullLower: Double, _ coullUpper: Double,
    _ jeffreysLower: Double, _ jeffreysUpper: Double
  ) {
    let tally = Tally(successes: x, trials: n)
    let coull = AgrestiCoullInterval(level: level).proportion(tally)
    #expect(relativeError(coull.lower, coullLower) < 1e-13)
    #expect(relativeError(coull.upper, coullUpper) < 1e-13)
    let jeffreys = JeffreysInterval(level: level).proportion(tally)
    #expect(relativeError(jeffreys.lower, jeffreysLower) < 1e-13)
    #expect(relativeError(jeffreys.upper, jeffreysUpper) < 1e-13)
  }

  @Test func minimumLikelihoodIsTheSumItSaysItIs() throws {
    for n in 1...12 {
      for null in [0.0, 0.05, 0.25, 0.5, 2.0 / 3, 1] {
        // Masses at 2⁻ⁿ multiples and the like tie exactly: those of the mirrored count count too.
        let masses = (0...n).map { x in
          (0..<x).reduce(1.0) { $0 * null * Double(n - $1) / Double(x - $1) }
            * (x..<n).reduce(1.0) { product, _ in product * (1 - null) }
        }
        for x in 0...n {
          for rule in ExactBinomialTest.Rule.allCases {
            let test = try ExactBinomialTest(
              Tally(successes: x, trials: n), null: null, rule: rule)
            let less = masses[...x].reduce(0, +)
            let greater = masses[x...].reduce(0, +)
            let sum = masses.filter { $0 <= masses[x] * (1 + 1e-7) }.reduce(0, +)
            let wanted = rule == .central ? min(1, 2 * min(less, greater)) : sum
            #expect(abs(test.pValue(.less) - less) < 1e-14)
            #expect(abs(test.pValue(.greater) - greater) < 1e-14)
            #expect(abs(test.pValue() - wanted) < 1e-14, "\(x) of \(n) at \(null) by \(rule)")
          }
        }
      }
    }
  }

  @Test func everyIntervalIsMirroredNestedAndHoldsItsEstimate() {
    let makers: [(Double) -> (Tally) -> Interval] = [
      { WilsonInterval(level: $0).proportion }, { ClopperPearsonInterval(level: $0).proportion },
      { AgrestiCoullInterval(level: $0).proportion }, { JeffreysInterval(level: $0).proportion },
      { MidPInterval(level: $0).proportion },
    ]
    for make in makers {
      for n in 1...20 {
        for x in 0...n {
          let tally = Tally(successes: x, trials: n)
          let mirrored = Tally(successes: n - x, trials: n)
          var inner = Interval(lower: tally.proportion, upper: tally.proportion)
          for level in [0.5, 0.8, 0.95, 0.999, 0.999_999] {
            let interval = make(level)(tally)
            let reflection = make(level)(mirrored)
            #expect(0 <= interval.lower && interval.upper <= 1 && interval.width > 0)
            #expect(interval.lower <= inner.lower && inner.upper <= interval.upper)
            #expect(abs(interval.lower + reflection.upper - 1) < 1e-14)
            inner = interval
          }
        }
      }
    }
  }
}
