import Inference
import Segments
import TestSupport
import Testing

@Suite struct SegmentSearchTests {
  static let annual = Rule([Condition("plan", .level("annual"))])

  @Test func aTrueSegmentIsFoundAndItsEffectCovered() throws {
    var world = SegmentWorld()
    world.effectOnAnnual = 0.25
    world.effectElsewhere = 0
    let report = try SegmentSearch().run(world.log(sessions: 8_000, seed: 1), baseline: 0)
    let best = try #require(report.findings.first)
    let measurement = try #require(best.measurement)
    #expect(best.rule == Self.annual)
    #expect(best.arm == "discount" && best.baseline == "none")
    #expect(measurement.inside.interval.contains(0.25))
    #expect(measurement.outside.interval.contains(0))
    #expect(measurement.interaction.interval.contains(0.25))
    #expect(measurement.adjustedPValue < 1e-4)
    #expect(report.discoveries.first == best)
    #expect(report.intervalMethod == "Newcombe hybrid score")
  }

  /// An effect that needs both conditions is found as their conjunction, and no wider.
  @Test func aConjunctionIsFoundAsOne() throws {
    var world = SegmentWorld()
    world.effectOnAnnual = 0.4
    world.effectElsewhere = 0
    world.region = 3
    let report = try SegmentSearch().run(world.log(sessions: 12_000, seed: 9), baseline: 0)
    let best = try #require(report.findings.first)
    #expect("\(best.rule)" == "plan is annual and region is west")
    #expect(try #require(best.measurement).inside.interval.contains(0.4))
  }

  /// A pair that says no more than one of its conditions is no candidate.
  @Test func aPlainSegmentIsNotSeenThroughSmallerWindows() throws {
    var world = SegmentWorld()
    world.effectOnAnnual = 0.3
    world.effectElsewhere = 0
    let report = try SegmentSearch().run(world.log(sessions: 12_000, seed: 10), baseline: 0)
    #expect(report.discoveries.map(\.rule) == [Self.annual])
  }

  @Test func theAnswerIsAFunctionOfDataAndSeed() throws {
    let data = try SegmentWorld().log(sessions: 3_000, seed: 2)
    var search = SegmentSearch()
    let first = try search.run(data, baseline: 0)
    #expect(try search.run(data, baseline: 0) == first)
    search.seed = 1
    #expect(try search.run(data, baseline: 0) != first)
  }

  /// The halves follow the customers, so the order of the log changes nothing that is measured.
  @Test func theOrderOfTheLogDoesNotMatter() throws {
    let data = try SegmentWorld().log(sessions: 3_000, seed: 3)
    let reversed = data.subset(Array((0..<3_000).reversed()))
    let (here, there) = (
      try SegmentSearch().run(data, baseline: 0), try SegmentSearch().run(reversed, baseline: 0)
    )
    #expect(here.rules == there.rules)
    for (one, other) in zip(here.findings, there.findings) {
      #expect(one.rule == other.rule && one.sessionsInside == other.sessionsInside)
      let (p, q) = (one.measurement?.pValue, other.measurement?.pValue)
      #expect(relativeError(p ?? 2, q ?? 2) < 1e-9)
    }
  }

  @Test func rulesAreFewAndDiffer() throws {
    var search = SegmentSearch()
    search.ruleLimit = 4
    let report = try search.run(SegmentWorld().log(sessions: 6_000, seed: 4), baseline: 0)
    #expect(report.rules.count == 4 && report.findings.count == 4)
    // Nine cuts twice and the gap, five regions, two plans; their pairs.
    #expect(report.candidatesSearched == 26 + 19 * 5 + 19 * 2 + 5 * 2)
    let data = try SegmentWorld().log(sessions: 6_000, seed: 4)
    let sets = try report.rules.map { try $0.contains(data) }
    for (index, one) in sets.enumerated() {
      for other in sets[..<index] {
        let both = zip(one, other).count { $0 && $1 }
        let either = zip(one, other).count { $0 || $1 }
        #expect(Double(both) < 0.85 * Double(either))
      }
    }
  }

  @Test func aMissingCovariateIsALevelOfItsOwn() throws {
    let data = try SegmentWorld().log(sessions: 4_000, seed: 5)
    guard case .number(let values, let isPresent) = data.covariates[2].column else { return }
    // The discount works where the tenure is unknown and nothing else does; elsewhere it does not.
    let rewards = data.arms.indices.map { row in
      isPresent[row] ? Double(row % 3 == 0 ? 1 : 0) : data.arms[row] == 1 && row % 4 > 0 ? 1 : 0
    }
    let marked = try SegmentData(
      arms: data.arms, armNames: data.armNames, rewards: rewards,
      covariates: [
        Covariate(name: "tenure", column: .number(values: values, isPresent: isPresent))
      ],
      units: data.units)
    var search = SegmentSearch()
    search.minimumSessions = 50
    let finding = try #require(try search.run(marked, baseline: 0).findings.first)
    #expect("\(finding.rule)" == "tenure is missing")
    #expect(finding.warnings == ["0 of \(finding.sessionsInside.baseline) saved with none inside"])
  }

  /// Every session written three times tells no more than written once.
  @Test func sessionsOfOneCustomerAreOneObservation() throws {
    var world = SegmentWorld()
    world.effectOnAnnual = 0.3
    let once = try world.log(sessions: 4_000, seed: 6)
    let thrice = once.subset((0..<12_000).map { $0 / 3 })
    let (short, long) = (
      try SegmentSearch().run(once, baseline: 0), try SegmentSearch().run(thrice, baseline: 0)
    )
    #expect(long.intervalMethod == "Wald, errors clustered by customer")
    #expect(short.estimationSessions * 3 == long.estimationSessions)
    let one = try #require(short.findings.first { $0.rule == Self.annual }?.measurement)
    let other = try #require(long.findings.first { $0.rule == Self.annual }?.measurement)
    #expect(relativeError(one.inside.difference, other.inside.difference) < 1e-12)
    // n (n − 1) against 3n (3n − 1) / 9 under the residuals: one part in a thousand.
    #expect(
      relativeError(one.interaction.standardError, other.interaction.standardError) < 2e-3)
  }

  @Test func thinCellsAreRefusedByName() throws {
    var search = SegmentSearch()
    search.minimumSessions = 90
    // On the estimation half cells of about ninety fall on either side of the floor.
    let report = try search.run(SegmentWorld().log(sessions: 1_900, seed: 7), baseline: 0)
    let refused = report.findings.compactMap { finding -> SegmentFinding.Refusal? in
      guard case .failure(let refusal) = finding.result else { return nil }
      return refusal
    }
    #expect(!refused.isEmpty && refused.count < report.findings.count)
    for case .tooFewSessions(_, _, let count, let needed) in refused {
      #expect(count < needed && needed == 90)
    }
    #expect(report.findings.suffix(refused.count).allSatisfy { $0.measurement == nil })
    #expect("\(refused[0])".hasSuffix("90 needed"))
  }

  @Test func rewardsThatNeverVaryAreRefused() throws {
    let data = try SegmentWorld().log(sessions: 4_000, seed: 8)
    let constant = try SegmentData(
      arms: data.arms, armNames: data.armNames, rewards: data.rewards.map { _ in 1 },
      covariates: data.covariates, units: data.units)
    #expect(try SegmentSearch().run(constant, baseline: 0).findings.isEmpty)
  }
}
