import Bandits
import Inference
import TestSupport
import Testing

/// The intervals against vw-estimators 0.2.2 on the fixture, and the laws that all of them keep.
@Suite struct IntervalTests {
  let fixture: OffPolicyFixture
  let terms: SessionTerms

  init() throws {
    fixture = try OffPolicyFixture()
    terms = try ImportanceSampling().sessionTerms(
      fixture.target, on: fixture.log, rewards: 0...1)
  }

  @Test(arguments: [
    ("normal", 0.3608709, 0.4540791), ("clopper-pearson", 0.3542562, 0.4623529),
    ("empirical-likelihood", 0.3623364498, 0.4421256195), ("any-time", 0.3148435, 0.5043257),
  ])
  func vowpalWabbitsEstimators(_ name: String, _ lower: Double, _ upper: Double) throws {
    let entry = try #require(IntervalCatalogue.entries.first { $0.name == name })
    let interval = try entry.interval(terms, 0.95, 1)
    // The digits that are published.
    #expect(abs(interval.lower - lower) < 6e-8)
    #expect(abs(interval.upper - upper) < 6e-8)
  }

  // The same formulas in double precision by NumPy 2.4.6 and SciPy 1.17.1.
  @Test func allDigitsOfTheClosedForms() {
    let likelihood = terms.empiricalLikelihoodInterval()
    #expect(relativeError(likelihood.lower, 0.3623364498146025) < 1e-12)
    #expect(relativeError(likelihood.upper, 0.44212561949111223) < 1e-12)
    let binomial = terms.clopperPearsonInterval()
    #expect(relativeError(binomial.lower, 0.3542562212247276) < 1e-12)
    #expect(relativeError(binomial.upper, 0.46235293922928405) < 1e-12)
    let anyTime = terms.anyTimeInterval()
    #expect(relativeError(anyTime.lower, 0.314843530661941) < 1e-10)
    #expect(relativeError(anyTime.upper, 0.5043256538610505) < 1e-10)
  }

  // The point estimates "mle" and "cressieread" of vw-estimators 0.2.2.
  @Test func empiricalLikelihood() throws {
    let likelihood = try EmpiricalLikelihood().estimate(fixture.target, on: fixture.log)
    #expect(relativeError(likelihood.value, 0.40188374439729363) < 1e-12)
    let cressieRead = try EmpiricalLikelihood(.cressieRead).estimate(
      fixture.target, on: fixture.log)
    #expect(relativeError(cressieRead.value, 0.4018828639374556) < 1e-12)
  }

  @Test func theBootstrapAgreesWithTheNormalError() throws {
    let bootstrap = try terms.bootstrap(seed: 5)
    #expect(abs(bootstrap.estimate / terms.estimate.value - 1) < 1e-12)
    // The spread of 10,000 replicates is known to 0.7 %.
    #expect(abs(bootstrap.standardError / terms.estimate.standardError - 1) < 0.03)
  }

  @Test(arguments: IntervalCatalogue.entries)
  func everyEstimatorHasEveryInterval(_ entry: IntervalCatalogue.Entry) throws {
    for estimator in EstimatorCatalogue.entries {
      guard
        let estimator = estimator.make(fixture.model, 1, EvidenceFloors())
          as? any TermwiseEstimator
      else { continue }
      // A cell of one session has one arm: the direct method's weights there do not average to 1.
      if estimator is DirectMethod, entry.name == "empirical-likelihood" { continue }
      let terms = try estimator.sessionTerms(fixture.target, on: fixture.log, rewards: 0...1)
      let narrow = try entry.interval(terms, 0.5, 1)
      let wide = try entry.interval(terms, 0.99, 1)
      #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper)
      #expect(wide.contains(terms.estimate.value))
      #expect(try entry.interval(terms, 0.99, 1) == wide)
    }
  }

  // Coverage of 95 % over 400 logs of 2,000 sessions: the standard error is 1.1 points.
  @Test(arguments: IntervalCatalogue.entries.filter { $0.name != "bootstrap" })
  func intervalsCover(_ entry: IntervalCatalogue.Entry) throws {
    let world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 3, values: [0.2, 0.3, 0.25, 0.5, 0.4, 0.45]))
    let target = ActionTable(cellCount: 2, armCount: 3, values: [0.1, 0.7, 0.2, 0.6, 0.1, 0.3])
    let truth = world.value(of: target)
    var covered = 0
    for index in 0..<400 {
      let log = try syntheticLog(
        of: world, by: uniformTable(cells: 2, arms: 3), sessions: 2_000, seed: 31,
        index: UInt64(index))
      let terms = try ImportanceSampling().sessionTerms(target, on: log, rewards: 0...1)
      covered += try entry.interval(terms, 0.95, 1).contains(truth) ? 1 : 0
    }
    // Clopper and Pearson's and the any-time interval are conservative.
    #expect(Double(covered) / 400 > 0.95 - 0.038)
    if ["normal", "empirical-likelihood"].contains(entry.name) {
      #expect(Double(covered) / 400 < 0.95 + 0.038)
    }
  }
}
