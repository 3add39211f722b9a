import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// Each way in which an experiment can be broken is flagged by its own check, and a sound one is not.
@Suite struct DiagnosticTests {
  private func flagged(_ rows: [DiagnosticRow]) -> Set<String> {
    Set(rows.filter { $0.verdict == .flagged }.map { "\($0.diagnostic.rawValue): \($0.dimension)" })
  }

  @Test func everyCheckIsMade() throws {
    let rows = try DiagnosticLog(fault: .none).rows()
    for diagnostic in DiagnosticRow.Diagnostic.allCases {
      #expect(
        rows.contains { $0.diagnostic == diagnostic && $0.pValue != nil }, "\(diagnostic)")
    }
    #expect(Set(rows.map(\.dimension)).isSuperset(of: ["browser", "country", "weekday", "time"]))
    for row in rows {
      #expect((row.pValue == nil) == (row.refusal != nil), "\(row)")
      #expect((row.verdict == .refused) == (row.refusal != nil))
    }
    // Each customer came once: no clock of theirs runs.
    let clock = "days since the customer's first session"
    let own = rows.filter { $0.dimension == clock && $0.diagnostic == .novelty }
    #expect(own.map(\.verdict) == [.refused])
  }

  @Test func aSoundExperimentIsClean() throws {
    let folder = try TemporaryFolder()
    let plan = try DiagnosticLog(fault: .none).plan(in: folder)
    let (_, rows, diagnostics) = try Run(plan).lift()
    #expect(flagged(diagnostics).isEmpty, "\(flagged(diagnostics))")
    #expect(rows.allSatisfy { $0.warnings.isEmpty })
    #expect(FindingsReport.diagnostics(diagnostics).hasPrefix("DIAGNOSTICS: 0 flagged"))
  }

  /// Sixty sound experiments. Six families at 0.01 or less bound the chance of any flag by 0.07 or so.
  @Test func falseAlarmsAreRare() throws {
    let alarms = try (1...60).count { seed in
      try !flagged(DiagnosticLog(fault: .none, seed: UInt64(seed), sessions: 4_000).rows()).isEmpty
    }
    let law = BinomialDistribution(trials: 60, probability: 0.07)
    #expect(Double(alarms) <= law.upperQuantile(1e-4), "\(alarms)")
  }

  @Test func sessionsLostInOneLevelAreFoundThere() throws {
    let folder = try TemporaryFolder()
    let plan = try DiagnosticLog(fault: .lostSessions).plan(in: folder)
    let (_, lift, rows) = try Run(plan).lift()
    #expect(flagged(rows).contains("sample_ratio_by_dimension: browser"))
    #expect(!flagged(rows).contains("sample_ratio_by_dimension: country"))
    #expect(!flagged(rows).contains("sample_ratio_by_dimension: weekday"))
    let levels = rows.filter { $0.diagnostic == .sampleRatioByLevel && $0.dimension == "browser" }
    #expect(levels.map(\.value) == ["new", "old"])
    #expect(levels.map(\.verdict) == [.clean, .flagged])
    for row in lift {
      #expect(row.warnings.contains { $0.hasPrefix("sample ratio mismatch by browser: p ") })
    }
  }

  @Test func aLossThatStartsLateIsDated() throws {
    let rows = try DiagnosticLog(fault: .lateLoss, sessions: 30_000).rows()
    let row = try #require(rows.first { $0.diagnostic == .sequentialSampleRatio })
    #expect(row.verdict == .flagged)
    let warning = try #require(row.warnings.first)
    // It starts on 26 January and cannot be known at once.
    #expect(warning.hasPrefix("the shares are off since 2026-0"))
    #expect(warning > "the shares are off since 2026-01-26")
  }

  @Test func aFadingEffectIsFoundAndReachesTheLift() throws {
    let folder = try TemporaryFolder()
    let (_, lift, rows) = try Run(DiagnosticLog(fault: .fading).plan(in: folder)).lift()
    let trend = try #require(
      rows.first { $0.diagnostic == .novelty && $0.dimension == "days since the start" })
    #expect(trend.verdict == .flagged)
    // 0.3 in 41 days.
    #expect(try #require(trend.interval).contains(-0.3 / 41))
    #expect(flagged(rows).contains("early_late: days since the start"))
    #expect(!flagged(rows).contains("weekday: weekday"))
    let warning = "the effect changes with days since the start: p "
    #expect(lift.allSatisfy { $0.warnings.contains { $0.hasPrefix(warning) } })
  }

  @Test func anEffectOfWeekendsIsFound() throws {
    let rows = try DiagnosticLog(fault: .weekend).rows()
    #expect(flagged(rows).contains("weekday: weekday"))
    #expect(!flagged(rows).contains("novelty: days since the start"))
    let days = rows.filter { $0.diagnostic == .effectByLevel && $0.dimension == "weekday" }
    #expect(days.count == 7)
    for day in days {
      let isWeekend = ["Saturday", "Sunday"].contains(day.value)
      #expect((try #require(day.statistic) > 0) == isWeekend, "\(day.value ?? "")")
    }
    let whole = try #require(rows.first { $0.diagnostic == .weekday })
    #expect(try #require(whole.inconsistency) > 0.8)
    #expect(["Saturday", "Sunday"].contains(whole.value))
  }

  /// Simpson's paradox: the offer harms in each browser and helps in the sum.
  @Test func anEffectOfTheMixIsToldApart() throws {
    let folder = try TemporaryFolder()
    let (_, lift, rows) = try Run(DiagnosticLog(fault: .confounded).plan(in: folder)).lift()
    let mix = try #require(rows.first { $0.diagnostic == .mix && $0.dimension == "browser" })
    #expect(mix.verdict == .flagged)
    #expect(try #require(mix.interval).contains(-0.08))
    #expect(mix.warnings.contains { $0.contains("at equal mixes of browser") })
    #expect(lift[0].warnings.contains { $0.hasPrefix("the mix of browser differs") })
    #expect(try #require(lift[0].estimate.value) > 0)
  }

  @Test func numbersAreComparedByCochran() throws {
    let lines = try DiagnosticLog(fault: .weekend).lines.enumerated().map { index, line in
      let kept = try #require(line.dropLast().last) == "1"
      return line.dropLast(2) + (kept ? "\(Double(index % 7) / 7)" : "0") + "\n"
    }
    let rows = try DiagnosticLog(fault: .weekend).rows(lines.map(String.init))
    let whole = try #require(rows.first { $0.diagnostic == .weekday })
    #expect(whole.method == "Cochran's Q")
    #expect(whole.verdict == .flagged)
  }

  @Test func theOrderOfRowsHasNoPart() throws {
    let log = DiagnosticLog(fault: .fading, sessions: 3_000)
    var rng = Philox(StreamKey(seed: 7, purpose: .world))
    #expect(try log.rows() == log.rows(log.lines.shuffled(using: &rng)))
  }

  @Test func aPlanNamesColumnsAndPeriods() throws {
    let rows = try DiagnosticLog(fault: .none).rows(
      more: "diagnostics: {columns: [country], periodDays: 14}\n")
    #expect(!rows.contains { $0.dimension == "browser" })
    let periods = rows.filter {
      $0.diagnostic == .effectByLevel && $0.dimension == "days since the start"
    }
    #expect(periods.map(\.value) == ["0 to 13", "14 to 27", "28 to 41"])
    #expect(throws: RunError.self) {
      try DiagnosticLog(fault: .none).rows(more: "diagnostics: {columns: [planet]}\n")
    }
  }

  @Test(arguments: [
    ("alpha: 0.7", "diagnostics.alpha", "above 0 and below 0.5"),
    ("sampleRatioAlpha: 0", "diagnostics.sampleRatioAlpha", "above 0 and below 0.5"),
    ("minimumSessions: 1", "diagnostics.minimumSessions", "from 2 to"),
    ("periodDays: 0", "diagnostics.periodDays", "from 1 to 3650"),
    ("column: x", "diagnostics.column", "unknown key"),
  ])
  func whatAPlanCannotAskIsToldWithItsKey(_ text: String, _ key: String, _ words: String) throws {
    let found = try problems(PlanTests.least + "diagnostics: {\(text)}\n")
    #expect(found.contains { $0.key == key && $0.message.contains(words) }, "\(found)")
  }

  @Test func theCommandPrintsEveryCheck() throws {
    let command = try Command()
    _ = try DiagnosticLog(fault: .lostSessions).plan(in: command.folder)
    let csv = try command.run("diagnose", "plan.yaml", "--format", "csv")
    #expect(csv.code == 0)
    let rows = try DiagnosticLog(fault: .lostSessions).rows()
    #expect(csv.output == ResultText.csv(rows))
    let table = try command.run("diagnose", "plan.yaml")
    #expect(table.output.split(separator: "\n").count == rows.count + 2)
    let lift = try command.run("lift", "plan.yaml")
    #expect(lift.output.contains("DIAGNOSTICS: "))
    #expect(lift.output.contains("sample ratio by dimension"))
  }

  /// Logs that cannot be checked: no times, one arm, one session.
  @Test func whatCannotBeCheckedIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("offer,kept\n" + "none,1\noffer,0\n", to: "log.csv")
    let file = try folder.write(
      "sessions: log.csv\nmapping: {arm: offer, reward: kept}\n", to: "plan.yaml")
    let rows = try Run(RunPlan(contentsOf: file, environment: [:])).diagnostics().rows
    #expect(rows.map(\.verdict) == [.refused])
    try folder.write("offer,kept\n" + "none,1\n", to: "log.csv")
    #expect(try Run(RunPlan(contentsOf: file, environment: [:])).diagnostics().rows.isEmpty)
  }
}
