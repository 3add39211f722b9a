import Holdfast
import Inference
import Testing

/// Each family of questions, reached from a plan, against what others say of the same sessions.
@Suite struct LiftFamilyTests {
  private let plain = "clusters: session\nsimultaneous: none"

  private func expect(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) {
    guard let value else {
      Issue.record("no value, expected \(expected)")
      return
    }
    #expect(abs(value - expected) <= tolerance * max(1, abs(expected)), "\(value) ≠ \(expected)")
  }

  private func row(_ rows: [LiftRow], _ arm: String, _ method: String) throws -> LiftRow {
    try #require(
      rows.first { $0.arm == arm && $0.method.hasPrefix(method) },
      "\(method): \(rows.map(\.method))")
  }

  private static func tally(_ arm: Int, first count: Int = 1_800) -> Tally {
    var tally = Tally()
    for session in LiftFamilyLog.sessions.prefix(count) where session.arm == arm {
      tally.add(success: session.isKept)
    }
    return tally
  }

  // statsmodels 0.15.0, StratifiedTable: pooled odds and risk ratio, test_null_odds without correction,
  // test_equal_odds(adjust=True).
  @Test(arguments: [
    (
      "b", 1.260512604599758, 0.05115743339747869, 0.14473684210526305, 0.1729557121979156,
      0.981832352555894
    ),
    (
      "c", 1.6116659771881094, 5.2940556362846e-05, 0.30263157894736836, 0.8422126312562637,
      0.8393459341943168
    ),
  ])
  func strata(
    _ arm: String, _ odds: Double, _ p: Double, _ lift: Double, _ chiSquared: Double,
    _ homogeneity: Double
  ) throws {
    let rows = try LiftFamilyLog.lift("strata: [stratum]\n\(plain)")
    let haenszel = try row(rows, arm, "Cochran–Mantel–Haenszel")
    expect(haenszel.estimate.value, odds)
    expect(haenszel.pValue, p)
    #expect(haenszel.choice == "chosen: the plan names strata (stratum)")
    expect(try row(rows, arm, "Mantel–Haenszel ratio").estimate.value, lift)
    let breslow = try row(rows, arm, "Breslow–Day")
    expect(breslow.statistic, chiSquared)
    #expect(breslow.degreesOfFreedom == 3)
    expect(breslow.pValue, homogeneity)
    #expect(breslow.estimate.value == nil)
  }

  // numpy 2: the differences of each stratum weighted by its sessions, with variances w² s²/n.
  @Test(arguments: [
    ("b", 2.0138333333333236, 1.7047068911765324), ("c", 4.027666666666661, 1.7052420049078119),
  ])
  func postStrata(_ arm: String, _ difference: Double, _ error: Double) throws {
    let rows = try LiftFamilyLog.lift("strata: [stratum]\n\(plain)", of: "amount")
    let found = try row(rows, arm, "post-stratified")
    expect(found.estimate.value, difference)
    expect(found.estimate.standardError, error)
  }

  // statsmodels 0.15.0, OLS with cov_type='cluster': use_correction False and True; CR2 by its definition
  // in numpy. Each customer has a session in each of two arms.
  @Test(arguments: [
    ("b", "cr0", 1.8945175230487792), ("b", "cr1", 1.8963618854401711),
    ("b", "cr2", 1.8960982638519868), ("c", "cr0", 1.8869959315644362),
    ("c", "cr1", 1.8888329714896654), ("c", "cr2", 1.8885703965288523),
  ])
  func clusters(_ arm: String, _ correction: String, _ error: Double) throws {
    let rows = try LiftFamilyLog.lift(
      "clusters: customer\nclusterCorrection: \(correction)", of: "amount")
    let found = try row(rows, arm, "cluster-robust, \(correction.uppercased())")
    expect(found.estimate.value, arm == "b" ? 2.013833333332549 : 4.027666666665901)
    expect(found.estimate.standardError, error)
  }

  @Test func customersThatRepeatAreClustersByDefault() throws {
    let rows = try LiftFamilyLog.lift("simultaneous: none", of: "amount")
    #expect(rows[0].method.hasPrefix("cluster-robust, CR2"))
    #expect(rows[0].choice.hasPrefix("chosen: customers have several sessions"))
    let warning = "customers have several sessions, which this row takes to be independent"
    #expect(!rows[0].warnings.contains(warning))
    #expect(try row(rows, "b", "Welch").warnings.contains(warning))
    // A plan that names its tests gets those, with the warning.
    let named = try LiftFamilyLog.lift("tests: [welch]\nsimultaneous: none", of: "amount")
    #expect(named.count == 2 && named.allSatisfy { $0.warnings.contains(warning) })
    let single = try LiftFamilyLog.lift("simultaneous: none", of: "amount", customers: false)
    #expect(single.count == 2 && !single[0].warnings.contains(warning))
  }

  // statsmodels 0.15.0, OLS of the outcome on arm, centred x and indicator, and their products, HC2;
  // and by numpy the pooled regression that CUPED takes out.
  @Test(arguments: [
    ("b", 1.7693180885190003, 1.6180152621869268, 1.7689871737529899, 1.6155369926455563),
    ("c", 3.8786136000087197, 1.6118368635585376, 3.8783195736858644, 1.6163452099030735),
  ])
  func covariates(
    _ arm: String, _ lin: Double, _ linError: Double, _ cuped: Double, _ cupedError: Double
  ) throws {
    let rows = try LiftFamilyLog.lift("covariates: [x]\n\(plain)", of: "amount")
    let found = try row(rows, arm, "Lin's adjustment, HC2, t")
    expect(found.estimate.value, lin)
    expect(found.estimate.standardError, linError)
    #expect(found.warnings.contains { $0.hasPrefix("covariate x is missing in") })
    let named = try LiftFamilyLog.lift("tests: [cuped]\ncovariates: [x]\n\(plain)", of: "amount")
    expect(try row(named, arm, "CUPED").estimate.value, cuped)
    expect(try row(named, arm, "CUPED").estimate.standardError, cupedError)
    let refused = try LiftFamilyLog.lift(
      "covariates: [x]\nmissingCovariates: refuse\n\(plain)", of: "amount")
    #expect(
      try row(refused, arm, "lin").estimate.refusal
        == "a covariate is missing in 12 sessions of a")
  }

  // SciPy 1.17.1: one quadrature over the control's normal error of the product of the arms' normal
  // probabilities, its root for the critical value; chi2_contingency without correction.
  @Test func dunnettIsTheAnswerForSeveralOffers() throws {
    let rows = try LiftFamilyLog.lift("clusters: session")
    let (b, c) = (try row(rows, "b", "Dunnett"), try row(rows, "c", "Dunnett"))
    expect(b.estimate.value, 0.055)
    expect(b.adjustedPValue, 0.0948821373384583)
    expect(b.adjustedInterval?.lower, -0.0076978044487172465)
    expect(b.adjustedInterval?.upper, 0.11769780444871723)
    #expect(b.better == .unclear)
    expect(c.adjustedPValue, 0.00010510852832856798)
    expect(c.adjustedInterval?.lower, 0.05202927020181919)
    #expect(c.better == .offer)
    #expect(c.adjustment == "Dunnett over 2 arms, simultaneous")
    let all = try row(rows, "all arms", "chi-squared")
    expect(all.statistic, 16.138940331541626)
    expect(all.pValue, 0.00031294904826502715)
  }

  @Test func maxTAndTrendAreThoseOfTheLibrary() throws {
    let rows = try LiftFamilyLog.lift(
      "simultaneous: maxT\nclusters: session\nscores: {a: 0, b: 10, c: 50}")
    let trend = try TrendTest(arms: (0..<3).map { Self.tally($0) }, scores: [0, 10, 50])
    let found = try row(rows, "all arms", "Cochran–Armitage")
    #expect(found.pValue == trend.pValue() && found.estimate.value == trend.estimate)
    let shuffled = try row(rows, "c", "Westfall–Young")
    let p = try #require(shuffled.pValue)
    #expect(p < 0.005 && p <= (shuffled.adjustedPValue ?? 0))
    #expect(shuffled.adjustedInterval == nil)
  }

  // SciPy 1.17.1, quadrature over the control's posterior.
  @Test func posteriors() throws {
    let rows = try LiftFamilyLog.lift(
      "bayesian: {rope: {lower: -0.02, upper: 0.02}}\n\(plain)")
    let b = try row(rows, "b", "beta-binomial; ")
    expect(b.chanceToBeat, 0.9736526742688882)
    expect(b.ropeProbability, 0.10500530221010507, 1e-8)
    expect(b.estimate.value, 0.05481727574750833)
    #expect(b.pValue == nil && b.better == .unclear)
    #expect(b.choice == "chosen: shares; prior Beta(1.0, 1.0)")
    let c = try row(rows, "c", "beta-binomial; ")
    expect(c.chanceToBeat, 0.9999704340322761)
    #expect(c.better == .offer)
    // Where less is better the same sessions speak for the control.
    let less = try LiftFamilyLog.lift("bayesian: {}\ndirection: lessIsBetter\n\(plain)")
    expect(try row(less, "c", "beta-binomial; ").chanceToBeat, 1 - 0.9999704340322761)
    #expect(try row(less, "c", "beta-binomial; ").better == .control)
    let amounts = try LiftFamilyLog.lift("bayesian: {priorDeviation: 10}\n\(plain)", of: "amount")
    let welch = try row(amounts, "c", "Welch")
    let normal = try row(amounts, "c", "normal posterior")
    let (estimate, error) = (
      try #require(welch.estimate.value), try #require(welch.estimate.standardError)
    )
    expect(normal.estimate.value, estimate / (1 + error * error / 100))
  }

  @Test func looksAreThoseOfTheSessionsSeenByThen() throws {
    let rows = try LiftFamilyLog.lift(
      "looks: {shares: [0.25, 0.5, 1], spending: pocock}\nplannedSessions: 2400\n\(plain)")
    // A third of the sessions is each arm's: of 1,600 planned for the pair 400, then 800 were seen.
    let effects = try [600, 1_200].map { count in
      try EffectEstimate(
        offer: Self.tally(2, first: count), control: Self.tally(0, first: count))
    }
    let analysis = try GroupSequentialAnalysis(
      GroupSequentialDesign(times: [1], spending: .pocock),
      looks: effects.map { .init($0, plannedSessions: 1_600) })
    let found = try row(rows, "c", "group sequential")
    let test: any HypothesisTest = analysis.final ?? analysis.repeated
    expect(found.estimate.value, test.estimate)
    expect(found.pValue, test.pValue(.twoSided))
    #expect(found.sessions == analysis.looks.count * 200)
    let valid = try LiftFamilyLog.lift("tests: [alwaysValid]\nplannedSessions: 2400\n\(plain)")
    let tuned = try AlwaysValidTest(
      offer: Self.tally(2), control: Self.tally(0), tunedFor: 1_600)
    expect(try row(valid, "c", "always-valid").pValue, tuned.pValue(.twoSided))
  }

  @Test func resamplesAndRatios() throws {
    let rows = try LiftFamilyLog.lift(
      """
      bootstrap: {resamples: 500}
      ratio: {numerator: other, denominator: constant}
      winsorize: {upper: 0.9}
      \(plain)
      """)
    func sample(_ arm: Int) -> BootstrapSample { BootstrapSample(ValueCounts(Self.tally(arm))) }
    let law = try Bootstrap(seed: 1, resamples: 500).difference(
      offer: sample(1), control: sample(0))
    let found = try row(rows, "b", "bootstrap of the mean")
    #expect(found.estimate.interval == law.bca(level: 0.95))
    #expect(found.adjustment.hasPrefix("bonferroni over 2 arms"))
    // A denominator of one makes the ratio a mean.
    let ratio = try row(rows, "b", "ratio metric, delta method, t")
    let welch = try row(LiftFamilyLog.lift(plain, of: "amount"), "b", "Welch")
    expect(ratio.estimate.value, try #require(welch.estimate.value))
    expect(ratio.mean, try #require(welch.mean))
    #expect(try row(rows, "b", "Welch, winsorised").estimate.value != nil)
  }

  // statsmodels 0.15.0, GLM with a binomial family: the deviances without and with each term.
  @Test(arguments: [
    ("arm", 16.386122616983812, 2.0, 0.00027656593334289103),
    ("half", 23.767202916574206, 1.0, 1.0871928874860627e-06),
    ("arm × half", 0.4336533312330175, 2.0, 0.8050695034376667),
  ])
  func factors(_ term: String, _ chiSquared: Double, _ degrees: Double, _ p: Double) throws {
    let rows = try LiftFamilyLog.lift(plain, arm: "arm, half")
    let found = try row(rows, term, "factorial")
    expect(found.statistic, chiSquared)
    #expect(found.degreesOfFreedom == degrees)
    expect(found.pValue, p)
    #expect(found.adjustment == "holm over 3 questions")
  }

  /// Two factors of two levels: the interaction with an interval, that of the four tallies.
  @Test func twoByTwoHasAnInteraction() throws {
    let lines = LiftFamilyLog.text.split(separator: "\n").filter { !$0.hasPrefix("c,") }
    let rows = try LiftFamilyLog.lift(
      plain, arm: "arm, half", text: lines.joined(separator: "\n") + "\n")
    var tallies = Array(repeating: Tally(), count: 4)
    for session in LiftFamilyLog.sessions where session.arm < 2 {
      tallies[2 * session.arm + session.stratum / 2].add(success: session.isKept)
    }
    let test = try InteractionTest(
      offer: (tallies[2], tallies[3]), control: (tallies[0], tallies[1]))
    let found = try row(rows, "arm × half", "interaction")
    #expect(found.estimate.value == test.estimate && found.pValue == test.pValue(.twoSided))
    #expect(found.better == nil)
  }

  @Test func aDesignWithAHoleIsNoFactorial() throws {
    let lines = LiftFamilyLog.text.split(separator: "\n").filter { line in
      !(line.hasPrefix("c,") && line.contains(",h1,"))
    }
    let rows = try LiftFamilyLog.lift(
      plain, arm: "arm, half", text: lines.joined(separator: "\n") + "\n")
    let found = try row(rows, "all arms", "factorial")
    #expect(found.estimate.refusal == "not every combination of the factors was shown")
  }

  /// An adjusted p is below α exactly where the adjusted interval excludes the null, and `better` says
  /// the same.
  @Test(arguments: ["holm", "bonferroni", "hochberg", "hommel", "benjaminiHochberg", "unadjusted"])
  func adjustedIntervalsAgreeWithAdjustedPValues(_ adjustment: String) throws {
    let section = """
      strata: [stratum]
      covariates: [x]
      plannedSessions: 2000
      nonInferiority: {margin: -0.01}
      tests: [pooledZ, logRatio, miettinenNurminen, woolf, fisher, mannWhitney, clustered]
      """
    for level in [0.8, 0.9, 0.95, 0.999] {
      let rows = try LiftFamilyLog.lift(
        section, customers: level > 0.9, top: "adjustment: \(adjustment)\nlevel: \(level)")
      var compared = 0
      for row in rows {
        guard let interval = row.adjustedInterval, let p = row.adjustedPValue else { continue }
        compared += 1
        guard row.tail.hasPrefix("two-sided"), let none = row.scale?.noEffect else {
          #expect((p < 1 - level) == (interval.lower > -0.01), "\(row.method)")
          continue
        }
        #expect((p < 1 - level) == !interval.contains(none), "\(row.method) \(row.arm)")
        #expect((row.better == .unclear) == interval.contains(none))
      }
      #expect(compared > 20)
    }
  }
}
