import Inference
import LinearAlgebra
import Segments
import TestSupport
import Testing

/// The acceptance cases of heterogeneity, strata, multiplicity and shrinkage.
@Suite struct HeterogeneityCaseTests {
  @Test func criticalValuesAreGailAndSimons() throws {
    let example = try SegmentCases.named("gail-simon-critical")
    let counts = try example.inputs.value("K").numbers().map { Int($0) }
    for (text, level) in [("0.1", 0.1), ("0.05", 0.05), ("0.01", 0.01)] {
      let expected = try example.expected.value("critical").value(text).numbers()
      for (count, critical) in zip(counts, expected) {
        let found = QualitativeInteractionTest.criticalValue(level: level, groupCount: count)
        #expect(relativeError(found, critical) < 1e-9)
      }
    }
    let published = try example.expected.value("published_alpha_05").numbersByName()
    for (name, critical) in published {
      let count = try #require(Int(name.dropFirst()))
      let found = QualitativeInteractionTest.criticalValue(level: 0.05, groupCount: count)
      #expect(try abs(found - critical) < example.absoluteTolerance())
    }
  }

  /// Two groups: half a chi-squared of one degree, at the lesser of both squared z.
  @Test func crossingEffectsAreToldFromUnequalOnes() throws {
    func test(_ effects: [Double]) throws -> QualitativeInteractionTest {
      try QualitativeInteractionTest(
        effects.map { EffectEstimate($0, standardError: 0.5, sessions: 100) })
    }
    let crossing = try test([2, -1.5])
    #expect(crossing.positive == 16 && crossing.negative == 9)
    #expect(relativeError(crossing.pValue, 0.0026997960632601866 / 2) < 1e-12)
    #expect(try test([3, 0.1, 7]).pValue == 1)
    #expect(try test([-9, 2, 1]).pValue < test([-9, 0.5, 1]).pValue)
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) { try test([1]) }
    let critical = QualitativeInteractionTest.criticalValue(level: 0.05, groupCount: 3)
    let edge = (critical / 2).squareRoot() / 2
    #expect(relativeError(try test([9, -edge, -edge]).pValue, 0.05) < 1e-9)
  }

  @Test func departmentsDifferAtBerkeley() throws {
    let example = try SegmentCases.named("ucb-heterogeneity")
    let counts = try example.inputs.value("counts").numbers().map { Int($0) }
    let strata = (0..<6).map { Array(counts[(4 * $0)..<(4 * $0 + 4)]) }
    let men = StratifiedTally(strata.map { Tally(successes: $0[0], trials: $0[0] + $0[1]) })
    let women = StratifiedTally(strata.map { Tally(successes: $0[2], trials: $0[2] + $0[3]) })
    let tolerance = try example.relativeTolerance()
    func expected(_ name: String) throws -> Double { try example.expected.value(name).number() }

    let test = try BreslowDayTest(offer: men, control: women)
    #expect(try relativeError(test.uncorrectedChiSquared, expected("breslow_day")) < tolerance)
    #expect(try relativeError(test.uncorrectedPValue, expected("breslow_day_p")) < tolerance)
    #expect(try relativeError(test.chiSquared, expected("tarone")) < tolerance)
    #expect(try relativeError(test.pValue, expected("tarone_p")) < tolerance)
    let ratios = try example.expected.value("or_by_segment").numbers()
    for (stratum, ratio) in zip(zip(men.strata, women.strata), ratios) {
      let odds = try LogOddsRatioTest(offer: stratum.0, control: stratum.1)
      #expect(relativeError(odds.estimate, ratio) < tolerance)
    }

    // The same by logistic regression: sex × department against sex + department.
    let cells = (0..<6).flatMap { [(men.strata[$0], 1, $0), (women.strata[$0], 0, $0)] }
    let likelihood = try LogisticLikelihood(
      cells.map(\.0.proportion), weights: cells.map { Double($0.0.trials) })
    let sex = CategoricalMatrix(codes: cells.map { Int32($0.1) }, levelCount: 2)
    let department = CategoricalMatrix(codes: cells.map { Int32($0.2) }, levelCount: 6)
    let main: [HorizontalMatrix.Part] = [
      .categorical(.intercept(rows: 12)), .categorical(sex), .categorical(department),
    ]
    let ratio = try LikelihoodRatioTest(
      full: NewtonSolver().fit(
        HorizontalMatrix(main + [.categorical(sex.crossed(with: department))]), likelihood),
      reduced: NewtonSolver().fit(HorizontalMatrix(main), likelihood))
    #expect(ratio.degreesOfFreedom == 5)
    #expect(try relativeError(ratio.statistic, expected("lr_chisq")) < tolerance)
    #expect(try relativeError(ratio.pValue, expected("lr_p")) < tolerance)

    let pooled = try SegmentCases.named("ucb-mantel-haenszel").expected
    for (correction, statistic, p) in [
      (ContinuityCorrection.none, "chisq_nocc", "p_nocc"), (.yates, "chisq_cc", "p_cc"),
    ] {
      let test = try CochranMantelHaenszelTest(
        offer: men, control: women, correction: correction)
      #expect(try relativeError(test.chiSquared, pooled.value(statistic).number()) < tolerance)
      #expect(try relativeError(test.pValue(), pooled.value(p).number()) < tolerance)
    }
    let common = try MantelHaenszelOddsRatioTest(offer: men, control: women)
    let ends = try pooled.value("ci_95").numbers()
    #expect(try relativeError(common.estimate, pooled.value("common_or").number()) < tolerance)
    #expect(relativeError(common.interval().lower, ends[0]) < tolerance)
    #expect(relativeError(common.interval().upper, ends[1]) < tolerance)
  }

  @Test func pValuesOfTheInfarctionTrialAreAdjusted() throws {
    let example = try SegmentCases.named("bh1995-multiplicity")
    let pValues = try example.inputs.value("p").numbers()
    for (name, procedure) in [
      ("BH", Multiplicity.benjaminiHochberg), ("BY", .benjaminiYekutieli), ("holm", .holm),
      ("hochberg", .hochberg), ("hommel", .hommel), ("bonferroni", .bonferroni),
    ] {
      let adjusted = procedure.adjust(pValues)
      for (found, expected) in zip(adjusted, try example.expected.value(name).numbers()) {
        #expect(try abs(#require(found) - expected) < example.absoluteTolerance(), "\(name)")
      }
    }
  }

  @Test func battingAveragesShrinkAsEfronAndMorrisHaveIt() throws {
    let example = try SegmentCases.named("efron-morris-js")
    let means = try example.inputs.value("y").numbers()
    let average = means.reduce(0, +) / Double(means.count)
    let shrinkage = try JamesSteinShrinkage(means, variance: average * (1 - average) / 45)
    let tolerance = try example.absoluteTolerance()
    let expected = example.expected
    #expect(try abs(shrinkage.mean - expected.value("grand_mean").number()) < tolerance)
    #expect(try abs(shrinkage.factor - expected.value("shrinkage_factor").number()) < tolerance)
    for (found, estimate) in zip(shrinkage.estimates, try expected.value("estimates").numbers()) {
      #expect(abs(found - estimate) < tolerance)
    }
    #expect(
      try JamesSteinShrinkage([1, 1.1, 0.9, 1], variance: 5).estimates.allSatisfy { $0 == 1 })
    #expect(throws: InferenceError.tooFewGroups(count: 3, needed: 4)) {
      try JamesSteinShrinkage([1, 2, 3], variance: 1)
    }
  }
}
