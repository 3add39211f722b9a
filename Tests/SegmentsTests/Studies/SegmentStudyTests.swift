import Inference
import Segments
import Testing

/// The studies in small; their figures come from runs with more replications.
@Suite struct SegmentStudyTests {
  static let small = {
    var search = SegmentSearch()
    (search.minimumSessions, search.cutCount) = (30, 4)
    return search
  }()

  @Test func threadsChangeNothing() async throws {
    let data = try SegmentWorld().log(sessions: 800, seed: 1)
    let one = try await FalseDiscoveryStudy(
      of: Self.small, data, baseline: 0, replications: 12, threads: 1)
    let two = try await FalseDiscoveryStudy(
      of: Self.small, data, baseline: 0, replications: 12, threads: 2)
    #expect(one == two)
    #expect(one.replications == 12 && one.findings > 0)
  }

  /// A log with a strong segment whose arms are dealt out anew has none: Binomial(100, 0.05) exceeds
  /// 14 with probability 1e-4.
  @Test func labelsThatAreDealtOutHaveNoEffect() async throws {
    let data = try SegmentWorld(effectOnAnnual: 0.4, effectElsewhere: 0).log(
      sessions: 1_000, seed: 2)
    let study = try await FalseDiscoveryStudy(
      of: Self.small, data, baseline: 0, replications: 100, threads: 2)
    #expect(study.alarms <= 14)
    #expect(study.interval().contains(study.rate))
    let covered = Double(study.covering) / Double(study.findings)
    #expect(abs(covered - 0.95) < 4 * (0.95 * 0.05 / 100).squareRoot())
  }

  /// A naive report is mostly false; the search and the tree seldom are.
  @Test func theNaiveReportIsMostlyFalse() async throws {
    var study = SegmentPowerStudy()
    (study.world.covariates, study.world.effect) = (16, 0.3)
    (study.search, study.replications) = (Self.small, 12)
    let naive = try await study.run(.naive, sessions: 4_000, threads: 2)
    let search = try await study.run(.search, sessions: 4_000, threads: 2)
    let tree = try await study.run(.honestTree, sessions: 4_000, threads: 2)
    #expect(naive.falseDiscoveryRate.mean > 0.15 && naive.findings > search.findings)
    let regressions = try await study.run(.logisticTree, sessions: 4_000, threads: 2)
    for row in [search, tree, regressions] {
      // Twelve logs with a false finding each at most with chance 0.05: four or more, 2e-3.
      #expect(row.anyFalse.mean < 4.0 / 12)
      #expect(row.falseDiscoveryRate.mean < naive.falseDiscoveryRate.mean)
    }
    #expect(search.power.mean > 0.5)
    #expect(regressions.power.mean > 0.2)
  }

  @Test func aRuleIsTrueByItsCovariates() {
    let world = HiddenSegmentWorld()
    for segment in world.segments { #expect(world.isTrue(segment)) }
    #expect(!world.isTrue(Rule([Condition("category_3", .level("a"))])))
  }
}
