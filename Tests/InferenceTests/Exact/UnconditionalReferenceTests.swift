import Inference
import Testing

/// Exact unconditional tests and intervals against the figures of other programs.
@Suite struct UnconditionalReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "barnard_exact_pooled"))
  func barnard(_ item: LiftCase) throws {
    let (offer, control) = try item.arms
    let test = try BarnardTest(offer: offer, control: control)
    if item.expected["wald"] != .null { try item.expect(test.z, "wald") }
    try item.expect(test.pValue(), "p")
    if item.expected["p_less"] != .null { try item.expect(test.pValue(.less), "p_less") }
  }

  @Test(arguments: try LiftCase.cases(of: "barnard_pooled_with_berger_boos"))
  func bergerBoos(_ item: LiftCase) throws {
    let (offer, control) = try item.arms
    let whole = try BarnardTest(offer: offer, control: control)
    try item.expect(whole.pValue(), "p_gamma0")
    let part = try BarnardTest(offer: offer, control: control, bergerBoos: 0.001)
    try item.expect(part.pValue(), "p_gamma_0.001")
  }

  @Test(arguments: try LiftCase.cases(of: "boschloo_exact_2min"))
  func boschloo(_ item: LiftCase) throws {
    // The degenerate case has rows of one arm each, of which one is empty: as columns it is two arms
    // without a success.
    var (offer, control) = try item.arms
    if offer.trials == 0 {
      (offer, control) = (Tally(successes: 0, trials: 7), Tally(successes: 0, trials: 4))
    }
    let test = try BoschlooTest(offer: offer, control: control)
    if item.expected["p"] != .null { try item.expect(test.pValue(), "p") }
    if item.expected["p_two_sided"] != .null { try item.expect(test.pValue(), "p_two_sided") }
    if item.expected["p_less"] != .null { try item.expect(test.pValue(.less), "p_less") }
    if item.expected["p_greater"] != .null { try item.expect(test.pValue(.greater), "p_greater") }
  }

  @Test(arguments: try LiftCase.cases(of: "boschloo_exact_minlike"))
  func boschlooByMinimumLikelihood(_ item: LiftCase) throws {
    let test = try BoschlooTest(
      offer: item.first, control: item.second, rule: .minimumLikelihood)
    try item.expect(test.pValue(), "p")
  }

  /// exact2x2's central p-value for 1/5 against 6/7 is 0.0347958 in place of 0.0463584. The tables 1/5 v 6/7
  /// and 2/5 v 7/7 have the same Fisher p-value, 1/22; exact2x2 compares them without a tolerance, so
  /// that rounding drops the second, and takes the maximum over 100 points. SciPy 1.17.1 `boschloo_exact`
  /// agrees with us.
  @Test(arguments: try LiftCase.cases(of: "boschloo_exact_central"))
  func boschlooCountsTablesThatTie(_ item: LiftCase) throws {
    let test = try BoschlooTest(offer: item.first, control: item.second)
    let fisher = try FisherExactTest(offer: item.first, control: item.second).pValue(.less)
    let tied = try FisherExactTest(
      offer: Tally(successes: 2, trials: 5), control: Tally(successes: 7, trials: 7))
    #expect(abs(fisher - 1.0 / 22) < 1e-16 && abs(tied.pValue(.less) - 1.0 / 22) < 1e-16)
    #expect(abs(test.pValue() - 0.04635843726722443) < 1e-12)
    let region = [(0, 5), (0, 6), (0, 7), (1, 6), (1, 7)]
    let untied = (0..<100).map { step in
      let p = Double(step) / 99
      return region.map { TwoByTwo.binomial(5, $0, p) * TwoByTwo.binomial(7, $1, p) }
        .reduce(0, +)
    }
    try item.expect(2 * (untied.max() ?? 0), "p")
  }

  @Test(arguments: try LiftCase.cases(of: "uncond_exact_score_diff_central"))
  func exactScore(_ item: LiftCase) throws {
    let test = try ExactScoreTest(offer: item.second, control: item.first)
    try item.expect(test.pValue(), "p")
    try item.expect(test.interval(level: 0.95), "diff_ci_x2_minus_x1")
  }

  @Test(arguments: try LiftCase.cases(of: "diff_ci_chan_zhang_exact"))
  func chanZhang(_ item: LiftCase) throws {
    let level = try item.inputs["level"].number
    try item.expect(ChanZhangInterval(level: level).difference(item.first, item.second))
  }

  @Test(arguments: try LiftCase.cases(of: "diff_ci_agresti_min_exact"))
  func agrestiMin(_ item: LiftCase) throws {
    let level = try item.inputs["level"].number
    try item.expect(AgrestiMinInterval(level: level).difference(item.first, item.second))
  }

  /// The printed lower end, −0.069, is that of Berger and Boos's `γ` = 1e-6; without, it is −0.0755.
  @Test(arguments: try LiftCase.cases(of: "diff_ci_santner_snell_exact"))
  func santnerSnell(_ item: LiftCase) throws {
    let level = try item.inputs["level"].number
    try item.expect(SantnerSnellInterval(level: level).difference(item.first, item.second))
    // scipy 1.17.1: the root by brentq of the greatest of 4,001 binomial sums.
    let whole = SantnerSnellInterval(level: level, bergerBoos: 0)
      .difference(try item.first, try item.second)
    #expect(abs(whole.lower - -0.0754653) < 1e-6)
  }

  /// SciPy 1.17.1 `boschloo_exact` and `barnard_exact` on larger arms; their optimiser stops at some 1e-12.
  @Test func largerArms() throws {
    let (offer, control) = (Tally(successes: 60, trials: 500), Tally(successes: 85, trials: 500))
    let boschloo = try BoschlooTest(offer: offer, control: control).pValue()
    #expect(abs(boschloo / 0.027405160555025943 - 1) < 1e-11)
    let barnard = try BarnardTest(offer: offer, control: control).pValue()
    #expect(abs(barnard / 0.02528573835510135 - 1) < 1e-11)
  }
}
