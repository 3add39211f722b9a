import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// On a log whose truth is known, the findings say what is true.
@Suite struct CancelSessionsTests {
  /// A policy's estimate beside its true value, in standard errors.
  private struct Score {
    let row: PolicyRow
    let z: Double
    let isCovered: Bool

    init?(_ row: PolicyRow, truth: Double?) {
      guard let truth, let value = row.estimate.value, let error = row.estimate.standardError,
        let interval = row.estimate.interval
      else { return nil }
      self.row = row
      z = (value - truth) / error
      isCovered = interval.contains(truth)
    }
  }

  /// Nine policies by four estimators. A right engine's greatest |z| passes the Bonferroni limit one
  /// time in a thousand; its misses at 95 % are at most binomial in spread if rows were independent
  /// (they are not: the estimators share sessions), so that bound is taken at one in 10⁴.
  @Test func intervalsOfFixedPoliciesCoverTheTruth() async throws {
    let truth = try CancelSessions.truth().policies
    let scores = try await CancelSessions.findings.value.policies
      .filter { ["IPS", "SNIPS", "DM", "DR"].contains($0.method) }
      .compactMap { Score($0, truth: truth[$0.policy]) }
      .filter { !$0.row.policy.hasPrefix("best") }
    #expect(scores.count == 36)
    let limit = StandardNormal.upperQuantile(0.001 / 2 / Double(scores.count))
    for score in scores {
      #expect(abs(score.z) < limit, "\(score.row.policy) by \(score.row.method): z \(score.z)")
    }
    let misses = scores.count { !$0.isCovered }
    let law = BinomialDistribution(trials: scores.count, probability: 0.05)
    #expect(Double(misses) <= law.upperQuantile(1e-4), "\(misses) of \(scores.count) miss")
  }

  /// The policy learned on one half shows the best arm nearly everywhere; valued on the other half.
  @Test(arguments: ["IPS", "SNIPS", "DR"])
  func theLearnedPolicyIsWorthWhatTheBestIs(_ method: String) async throws {
    let findings = try await CancelSessions.findings.value
    let row = try #require(
      findings.policies.first { $0.policy == "best by reason × plan" && $0.method == method })
    let best = try #require(try CancelSessions.truth().policies["best by reason × plan"])
    #expect(row.estimate.interval?.contains(best) == true, "\(row.estimate)")
  }

  @Test func theBestArmLeadsEachCell() async throws {
    let cells = try await CancelSessions.byCell.value.offers
    let truth = try CancelSessions.truth().cells
    #expect(cells.map(\.segment).sorted() == truth.map(\.cell).sorted())
    for cell in truth {
      let found = try #require(cells.first { $0.segment == cell.cell })
      #expect(found.leader == cell.best_arm, "\(cell.cell)")
      #expect(found.offer == nil || found.offer == cell.best_arm)
    }
    #expect(cells.count { $0.offer != nil } >= 8)
  }

  /// The reasons for which an offer was made to work (effects on the logit of 1.3 and more).
  static let planted = [
    ("too_expensive", "discount20"), ("not_using", "pause30"), ("missing_feature", "support_call"),
    ("technical_issue", "support_call"),
  ]

  @Test(arguments: planted, ["landing", "after_reason"])
  func plantedEffectsAreFoundWithTheirSign(
    _ effect: (reason: String, offer: String), _ placement: String
  ) async throws {
    let rows = try await CancelSessions.findings.value.rules
    let row = try #require(
      rows.first {
        $0.rule == "reason is \(effect.reason)" && $0.arm == "\(effect.offer) × \(placement)"
      })
    let interaction = try #require(row.interaction.value)
    #expect(interaction > 0)
    #expect(try #require(row.adjustedPValue) < 0.001)
    #expect(try #require(row.estimate.value) > #require(row.outside.value))
    #expect(row.interaction.interval?.lower ?? 0 > 0)
  }

  @Test func nothingIsFoundWhereThereIsNothing() async throws {
    let findings = try await CancelSessions.findings.value
    #expect(findings.segments.refusal == nil && findings.segments.confounding == nil)
    for row in findings.rules where row.rule.contains("device") {
      #expect(row.adjustedPValue ?? 1 > 0.05, "\(row.rule), \(row.arm)")
    }
    // Searched for nothing else, and still nothing: the null column alone.
    var plan = try Project.plan("cancel_sessions")
    plan.segments.columns = ["device"]
    let (_, again) = try await Run(plan).segments()
    for row in again.segments where row.source == "rules" {
      #expect(row.adjustedPValue ?? 1 > 0.05, "\(row.rule), \(row.arm)")
    }
  }

  @Test func recommendationsAddUp() async throws {
    let plan = try Project.plan("cancel_sessions")
    let rows = try await CancelSessions.byCell.value
    #expect(rows.count == 60_000)
    #expect(Set(rows.map(\.customer)).count == rows.count)
    #expect(rows.map(\.customer) == rows.map(\.customer).sorted())
    let cells = Dictionary(
      uniqueKeysWithValues: rows.offers.map { ($0.segment, $0) })
    let mrr: Set = [24.0, 29.0]
    for row in rows {
      let cell = try #require(cells[row.segment])
      let probability = try #require(row.probabilityBest)
      #expect(row.offer == cell.offer && row.leader == cell.leader && row.reason == cell.reason)
      #expect(!row.reason.isEmpty)
      #expect((row.offer != nil) == (probability >= plan.recommend.minimumProbability))
      let (rate, revenue) = (try #require(row.expected.value), try #require(row.revenue.value))
      let interval = try #require(row.expected.interval)
      #expect(interval.lower < rate && rate < interval.upper)
      #expect(mrr.contains((revenue / rate).rounded(toPlaces: 9)))
      #expect(row.revenue.interval?.lower == interval.lower * (revenue / rate).rounded(toPlaces: 9))
      #expect(row.currency == "USD")
    }
  }

  /// A rate of a cell is the posterior mean: the plain one, drawn a little to the arm's.
  @Test func savedRatesOfTheCellsAreNearTheTruth() async throws {
    for cell in try CancelSessions.truth().cells {
      let rows = try await CancelSessions.byCell.value
      let row = try #require(rows.first { $0.segment == cell.cell })
      let truth = try #require(cell.saved_rates[cell.best_arm])
      let interval = try #require(row.expected.interval)
      let error = interval.width / (2 * StandardNormal.upperQuantile(0.025))
      #expect(abs(try #require(row.expected.value) - truth) < 4.5 * error, "\(cell.cell)")
    }
  }

  @Test(arguments: [1, 2, 7])
  func noFileDependsOnTheThreads(_ threads: Int) async throws {
    var plan = try Project.plan("cancel_sessions")
    plan.threads = threads
    let again = try files(of: await Run(plan).run())
    #expect(try await again == files(of: CancelSessions.findings.value))
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = pow(10, Double(places))
    return (self * scale).rounded() / scale
  }
}
