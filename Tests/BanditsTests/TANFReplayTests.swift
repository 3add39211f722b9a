import Bandits
import Foundation
import Inference
import TestSupport
import Testing

/// What if the trial of letters that `datasets/tanf` describes had been a bandit, by the trial's dates.
///
/// The figures are those of `Reference/tanf_replay.py`: NumPy 2.4.6, 20,000 runs of an independent replay.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"] != nil,
    "set HOLDFAST_DATASETS to the folder of tanf/tanf.csv.gz to run these"))
struct TANFReplayTests {
  static let runs = 400
  let log: DecisionLog
  let schedule: ReplaySchedule

  /// A case is a success if it was recertified within 60 days, known from the midnight after.
  init() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"])
    let lines = try unzipped("\(folder)/tanf/tanf.csv.gz").split(separator: "\n")
    let names = lines[0].split(separator: ",").map { $0.trimmingCharacters(in: ["\""]) }
    func column(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
    let (condition, sentOn, date, success) = (
      try column("condition"), try column("letter_sent_date"), try column("date_of_recert"),
      try column("success")
    )
    var rows: [(sent: Double, arm: Int32, reward: Double, known: Double)] = []
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: ["\""]) }
      let sent = try Self.day(fields[sentOn])
      var duration = Double.infinity
      if fields[success] == "1" {
        // Left out: successes without a date, or before any letter.
        guard fields[date] != "NA" else { continue }
        duration = try Self.day(fields[date]) - sent
        if duration < 0 { continue }
      }
      let arm = try #require(
        ["no_letter", "open_appt", "specific_appt"].firstIndex(of: fields[condition]))
      let isSuccess = duration < 60
      rows.append(
        (sent, Int32(arm), isSuccess ? 1 : 0, sent + (isSuccess ? duration + 1 : 60)))
    }
    rows = rows.enumerated().sorted { ($0.element.sent, $0.offset) < ($1.element.sent, $1.offset) }
      .map(\.element)
    log = try DecisionLog(
      arms: rows.map(\.arm), rewards: rows.map(\.reward),
      propensities: rows.map { _ in 1.0 / 3 }, cells: rows.map { _ in 0 }, armCount: 3,
      cellCount: 1)
    schedule = try ReplaySchedule(times: rows.map(\.sent), known: rows.map(\.known))
  }

  private static func day(_ text: String) throws -> Double {
    try Date(text, strategy: .iso8601.year().month().day()).timeIntervalSince1970 / 86_400
  }

  @Test(arguments: [(0, 411, 1_147), (1, 499, 1_150), (2, 480, 1_149)])
  func aLetterForEveryoneHasTheRateOfItsArm(_ arm: Int, _ saved: Int, _ cases: Int) throws {
    let replay = try ReplayMatching(seed: 1)
      .replay(FixedPolicy(Arm(arm), armCount: 3), over: log, by: schedule)
    #expect(replay.outcome.matches == cases)
    #expect(
      relativeError(replay.outcome.estimate.value, Double(saved) / Double(cases)) < 1e-13)
    #expect(replay.course.periods.map(\.sessions) == [718, 765, 710, 524, 729])
  }

  // By October the letters have 98.9 % of the cases, where the trial gave them two thirds; over the whole
  // trial that gains 1.0 point on its 1,390 of 3,446.
  @Test func aBanditOnTheTrialsDates() throws {
    var (value, matches) = (Moments(), Moments())
    var learnt = Array(repeating: Moments(), count: 5)
    var shares = Array(repeating: Array(repeating: Moments(), count: 3), count: 5)
    for seed in 0..<Self.runs {
      let replay = try ReplayMatching(seed: UInt64(seed))
        .replay(ThompsonSampling(armCount: 3), over: log, by: schedule)
      value.add(replay.outcome.estimate.value)
      matches.add(Double(replay.outcome.matches))
      for (wave, period) in replay.course.periods.enumerated() {
        learnt[wave].add(Double(period.learnt))
        for arm in 0..<3 { shares[wave][arm].add(period.share(of: Arm(arm)) ?? 0) }
      }
    }
    func check(_ found: Moments, _ mean: Double, _ error: Double) {
      let joint = (found.standardError * found.standardError + error * error).squareRoot()
      #expect(abs(found.mean - mean) < 4 * joint, "\(found.mean) for \(mean)")
    }
    check(value, 0.413720972, 7.13e-5)
    check(matches, 1_148.18665, 0.152)
    #expect(learnt[0].mean == 0)
    for (wave, reference) in [
      (1, (49.9807, 0.041)), (2, (231.20135, 0.089)), (3, (102.3361, 0.066)),
      (4, (242.7742, 0.087)),
    ] { check(learnt[wave], reference.0, reference.1) }
    let references = [
      [(0.3341942, 0.00018), (0.3316322, 0.00018), (0.3341736, 0.00018)],
      [(0.2778089, 0.00038), (0.3748278, 0.00041), (0.3473633, 0.00041)],
      [(0.0610920, 0.00070), (0.5529976, 0.00200), (0.3859105, 0.00195)],
      [(0.0244921, 0.00072), (0.6633466, 0.00270), (0.3121613, 0.00264)],
      [(0.0109324, 0.00062), (0.6614527, 0.00310), (0.3276149, 0.00307)],
    ]
    for wave in 0..<5 {
      for arm in 0..<3 {
        check(shares[wave][arm], references[wave][arm].0, references[wave][arm].1)
      }
    }
  }
}
