import Foundation
import Holdfast
import Inference
import Sessions
import TestSupport
import Testing

/// Thousands of real experiments in one run, held to figures found without Holdfast.
///
/// They are those of NumPy 2.4, SciPy 1.17.1 and statsmodels 0.15 (`Reference/experiments.py`).
@Suite(ThirdPartyLogs.areThere) struct ExperimentsDataTests {
  private static func plan(_ dataset: String) throws -> ExperimentsPlan {
    try ExperimentsPlan(
      contentsOf: Project.path("datasets/\(dataset)/plan.yaml"),
      environment: ["HOLDFAST_DATASETS": ThirdPartyLogs.folder ?? "/nowhere"])
  }

  private static let upworthy = Result { try Experiments(plan("upworthy")) }

  /// A cache kept viewers on one package for half a year: three in four of those tests have arms whose
  /// sizes chance does not make.
  @Test func upworthySampleRatios() throws {
    let summaries = try Self.upworthy.get().summaries
    #expect(summaries.map(\.group) == [nil, "cache fault", "randomised"])
    #expect(summaries.map(\.experiments) == [1_584, 325, 1_259])
    #expect(summaries.map(\.sampleRatioTested) == [1_584, 325, 1_259])
    #expect(summaries.map(\.sampleRatioBelow1Percent) == [277, 240, 37])
    #expect(summaries.map(\.sampleRatioBelow1PerMille) == [224, 214, 10])
  }

  @Test func upworthyDiscoveries() throws {
    let run = try Self.upworthy.get()
    let all = run.summaries[0]
    #expect(all.comparisons == 5_740 && all.refused == 1)
    #expect(all.significant == 1_444)
    #expect(run.summaries.map(\.significantAdjusted) == [746, 138, 608])
    #expect(all.verdicts[.better] == 241 && all.verdicts[.worse] == 397)
    #expect(all.verdicts[.unclear] == 4_231 && all.verdicts[.mismatch] == 870)
    let surest = try #require(run.rows.min { $0.pValue ?? 1 < $1.pValue ?? 1 })
    #expect(surest.experiment == "5344236b227a27552100001d" && surest.arm == "arm 2")
    #expect(surest.adjustment == "benjaminiHochberg over 5739 comparisons")
    #expect(run.rows.count { $0.method.hasPrefix("Boschloo") } == 21)
    // The sums hold every p-value of the normal test, and each adjusted one, to Python's.
    let normal = run.rows.filter { $0.method.hasPrefix("pooled two-proportion z") }
    #expect(relativeError(normal.compactMap(\.pValue).reduce(0, +), 1987.1210049855995) < 1e-12)
    #expect(
      relativeError(normal.compactMap(\.adjustedPValue).reduce(0, +), 2892.900781885318) < 1e-12)
    // No click in either package of a large test: there is nothing to tell apart.
    let refused = try #require(run.rows.first { $0.estimate.refusal != nil })
    #expect(refused.estimate.refusal == "all sessions ended alike" && refused.verdict == .refused)
  }

  /// Paule and Mandel's estimates, solved by SciPy's brentq.
  @Test func upworthyShrinkage() throws {
    let law = try #require(try Self.upworthy.get().shrinkage)
    #expect(relativeError(law.mean, -0.0006422085469164058) < 1e-9)
    #expect(relativeError(law.standardDeviation, 0.004660626164813748) < 1e-9)
  }

  /// The looks at 53 treatments: what a reading at each look as if it were the only one calls an
  /// effect, against a boundary that may be crossed at any look.
  struct Metric: Sendable {
    let number: Int
    let naiveAny: Int
    let naiveLast: Int
    /// Tuned for 5,000 and for a million sessions.
    let alwaysValid: (Int, Int)
    let refused: Int
    let welch: Int
    let adjusted: Int
  }

  static let metrics = [
    Metric(
      number: 1, naiveAny: 24, naiveLast: 12, alwaysValid: (8, 11), refused: 0, welch: 12,
      adjusted: 9),
    Metric(
      number: 2, naiveAny: 39, naiveLast: 15, alwaysValid: (16, 22), refused: 2, welch: 15,
      adjusted: 8),
    Metric(
      number: 3, naiveAny: 33, naiveLast: 13, alwaysValid: (8, 13), refused: 2, welch: 13,
      adjusted: 10),
    Metric(
      number: 4, naiveAny: 33, naiveLast: 15, alwaysValid: (9, 13), refused: 2, welch: 15,
      adjusted: 10),
  ]

  @Test(arguments: metrics) func asosLooks(_ metric: Metric) throws {
    var plan = try Self.plan("asos")
    plan.filter = ["metric_id": ["\(metric.number)"]]
    let tuned = try Experiments(plan).summaries[0]
    plan.plannedSessions = 5_000
    let untuned = try Experiments(plan).summaries[0]
    #expect(tuned.experiments == 53 && tuned.lookedAt == 53)
    #expect(tuned.naiveAtAnyLook == metric.naiveAny && tuned.naiveAtLastLook == metric.naiveLast)
    #expect(untuned.alwaysValidAtAnyLook == metric.alwaysValid.0)
    #expect(tuned.alwaysValidAtAnyLook == metric.alwaysValid.1)
    #expect(tuned.refused == metric.refused && tuned.sampleRatioBelow1Percent == 9)
    #expect(tuned.significant == metric.welch && tuned.significantAdjusted == metric.adjusted)
  }

  @Test func asosLooksStandBesideEachOther() throws {
    let run = try Experiments(Self.plan("asos"))
    #expect(run.report.rows == 14_728 && run.looks.count == 3_682)
    for row in run.looks {
      guard let naive = row.naiveInterval, let valid = row.alwaysValidInterval else {
        #expect(row.refusal != nil)
        continue
      }
      #expect(valid.lower < naive.lower && naive.upper < valid.upper)
    }
  }
}
