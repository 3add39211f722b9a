import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// The trial of letters that `datasets/tanf` describes, read a week, two, four and sixty days after the
/// letters, and as of a day on which the last letters were a week old.
///
/// The figures are those of R 4.2.2 with survival 3.5-3 (`Reference/tanf.R`).
@Suite(ThirdPartyLogs.areThere) struct TANFTests {
  /// The bundled plan on the sessions that `datasets/tanf/prepare` makes, to be read at any day.
  private static let prepared = Result {
    let folder = try TemporaryFolder()
    let file = URL(filePath: try folder.write("", to: "sessions.csv"))
    let process = Process()
    process.executableURL = URL(filePath: Project.path("datasets/tanf/prepare"))
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return folder
  }

  private func lift(
    asOf: Int64 = Self.end, days: Int = 60, tests: [String]
  ) throws -> [LiftRow] {
    var plan = try Project.plan("tanf")
    plan.sessions = "\(try Self.prepared.get().path)/sessions.csv"
    plan.asOf = asOf
    plan.windowDays = days
    plan.lift.tests = tests
    // What compares several letters at once has rows of its own.
    return try Run(plan).lift().rows.filter { $0.choice == "named in the plan" }
  }

  /// 30 June 2018 and 20 October 2017, in microseconds.
  private static let end: Int64 = 1_530_316_800_000_000
  private static let early: Int64 = 1_508_457_600_000_000

  /// What an arm reads at a day: the successes so far, their lift over no letter with its p-value on
  /// the log scale, and the log-rank statistic.
  struct Reading: Sendable {
    let arm: String
    let day: Int
    let successes: (offer: Int, control: Int)
    let lift: Double
    let p: Double
    let logRank: Double
  }

  static let readings = [
    Reading(
      arm: "open_appt", day: 7, successes: (32, 14), lift: 1.2797515528, p: 0.00949213525679,
      logRank: 7.08590433087),
    Reading(
      arm: "open_appt", day: 14, successes: (145, 77), lift: 0.878204404291,
      p: 2.87355803361e-06, logRank: 22.8590761451),
    Reading(
      arm: "open_appt", day: 28, successes: (262, 174), lift: 0.501819090455,
      p: 4.26402745474e-06, logRank: 22.8596461383),
    Reading(
      arm: "open_appt", day: 60, successes: (499, 411), lift: 0.210944673649,
      p: 0.000227403232994, logRank: 17.5345139863),
    Reading(
      arm: "specific_appt", day: 7, successes: (27, 14), lift: 0.925214472212,
      p: 0.044952297087, logRank: 4.14942435135),
    Reading(
      arm: "specific_appt", day: 14, successes: (95, 77), lift: 0.231618685927,
      p: 0.157974066687, logRank: 2.06318119729),
    Reading(
      arm: "specific_appt", day: 28, successes: (245, 174), lift: 0.405595070176,
      p: 0.00015307273005, logRank: 14.3740753024),
    Reading(
      arm: "specific_appt", day: 60, successes: (480, 411), lift: 0.165850342729,
      p: 0.00357553796967, logRank: 10.9549677444),
  ]

  /// "Not yet" read as "never" makes the lift of an early day up to eleven times that of the end.
  @Test(arguments: readings) func naiveLiftFallsAsSuccessesComeIn(_ reading: Reading) throws {
    let sizes = reading.arm == "open_appt" ? (1_150, 1_147) : (1_149, 1_147)
    let rows = try lift(days: reading.day, tests: ["unpooledZ", "logRank"])
    let row = try #require(rows.first { $0.arm == reading.arm })
    #expect(row.sessions == sizes.0 && row.baselineSessions == sizes.1)
    // The plan counts a recertification as the end of a watch: its mean is the share not yet done.
    let done = (1 - (row.mean ?? 0), 1 - (row.baselineMean ?? 0))
    #expect(Int((done.0 * Double(sizes.0)).rounded()) == reading.successes.offer)
    #expect(Int((done.1 * Double(sizes.1)).rounded()) == reading.successes.control)
    let naive = try LogRatioTest(
      offer: Tally(successes: reading.successes.offer, trials: sizes.0),
      control: Tally(successes: reading.successes.control, trials: sizes.1))
    #expect(abs(naive.estimate - reading.lift) < 1e-11)
    #expect(abs(naive.pValue() / reading.p - 1) < 1e-10)
    let logRank = try #require(
      rows.first { $0.arm == reading.arm && $0.method.hasPrefix("log-rank") })
    let z = try #require(logRank.pValue).normalQuantile
    #expect(abs(z * z / reading.logRank - 1) < 1e-9)
  }

  /// What survival analysis says at the sixtieth day: the letters work, and mostly by haste.
  @Test func sixtiethDay() throws {
    let rows = try lift(
      tests: ["hazardRatio", "horizonDifference", "restrictedMeanDifference"]
    ).filter { $0.arm == "open_appt" }
    #expect(rows.count == 3)
    for (row, wanted) in zip(
      rows, [1.32008803164066, 411.0 / 1_147 - 499.0 / 1_150, -3.7700852986547])
    {
      #expect(abs(try #require(row.estimate.value) / wanted - 1) < 1e-8, "\(row.method)")
    }
    let interval = try #require(rows[2].estimate.interval)
    let error = (0.484128935198 * 0.484128935198 + 0.561821364403 * 0.561821364403).squareRoot()
    #expect(abs(interval.width / (2 * 1.959963984540054 * error) - 1) < 1e-10)
  }

  /// As of 20 October 2017 a naive count sees 23.6, 30.9 and 29.9 per cent; Kaplan and Meier's curves reach
  /// 32.4, 40.7 and 39.2 at day 60, of which 35.8, 43.4 and 41.8 came in the end.
  @Test func beforeTheWindowsCloseOnlyCensoringIsHonest() throws {
    let rows = try lift(asOf: Self.early, tests: ["logRank", "horizonDifference"])
    let curves = ["open_appt": 0.406789671665, "specific_appt": 0.392362824014]
    let none = 0.324107202276
    let tests = ["open_appt": 19.1923887393, "specific_appt": 12.8129470437]
    for (arm, curve) in curves {
      let own = rows.filter { $0.arm == arm }
      let z = try #require(own[0].pValue).normalQuantile
      #expect(abs(z * z / (tests[arm] ?? 0) - 1) < 1e-9)
      #expect(abs((own[1].estimate.value ?? 0) - (none - curve)) < 1e-11)
    }
    let interval = try #require(rows.last { $0.arm == "open_appt" }?.estimate.interval)
    let error = (0.0164984124805 * 0.0164984124805 + 0.0170664169489 * 0.0170664169489).squareRoot()
    #expect(abs(interval.width / (2 * 1.959963984540054 * error) - 1) < 1e-9)
  }
}

extension Double {
  /// The score that a two-sided p-value belongs to.
  fileprivate var normalQuantile: Double { StandardNormal.upperQuantile(self / 2) }
}
