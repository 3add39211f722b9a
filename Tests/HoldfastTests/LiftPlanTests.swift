import Foundation
import Holdfast
import Inference
import Testing

/// Which tests a plan reaches, which are chosen where it names none, and what is refused.
@Suite struct LiftPlanTests {
  /// Sessions of two arms over days of which the last thirty are still open as of 1 April.
  private static func log(perArm count: Int) -> String {
    var text = "time,offer,outcome,left,amount,reason\n"
    for index in 0..<count {
      for (place, arm) in ["a", "b"].enumerated() {
        let day = (index * 7 + place) % 88
        let month = day < 31 ? 1 : day < 59 ? 2 : 3
        let date = day < 31 ? day + 1 : day < 59 ? day - 30 : day - 58
        let time = String(format: "2026-%02d-%02dT00:00:00Z", month, date)
        let isKept = (index * 13 + place * 5) % 10 < 4 + 2 * place
        let isLost = isKept && index % 4 == 0
        let left =
          isLost
          ? String(format: "2026-%02d-%02dT12:00:00Z", month, min(28, date + 3)) : ""
        let hasLeft = isLost && date + 3 <= 28
        text +=
          "\(time),\(arm),\(isKept ? "kept" : "gone"),\(hasLeft ? left : ""),\(index % 17),\(["price", "other", ""][index % 3])\n"
      }
    }
    return text
  }

  private func lift(
    _ section: String, perArm count: Int = 300, metric: String = "saved"
  ) throws -> [LiftRow] {
    let folder = try TemporaryFolder()
    try folder.write(Self.log(perArm: count), to: "log.csv")
    let file = try folder.write(
      """
      sessions: log.csv
      mapping:
        time: time
        arm: offer
        outcome: {column: outcome, words: {kept: deflected, gone: canceled}}
        canceledAt: left
        reward: amount
        reason: reason
      asOf: 2026-04-01T00:00:00Z
      metric: \(metric)
      baseline: a

      """ + section, to: "plan.yaml")
    return try Run(RunPlan(contentsOf: file, environment: [:])).lift().rows
  }

  /// Each test of the catalogues gives an answer or says why not; no row is without both.
  @Test func everyTestIsReachedByItsName() throws {
    let names =
      LiftCatalogue.proportions.map(\.name) + LiftCatalogue.exact.map(\.name)
      + LiftCatalogue.sequentialProportions.map(\.name) + LiftCatalogue.means.map(\.name)
      + LiftCatalogue.samples.map(\.name) + LiftCatalogue.survival.map(\.name)
    let rows = try lift("lift:\n  tests: [\(names.joined(separator: ", "))]\n", perArm: 120)
    #expect(rows.count == names.count)
    for row in rows {
      let value = try #require(row.estimate.value, "\(row.method): \(row.estimate.refusal ?? "")")
      #expect(value.isFinite)
      let p = try #require(row.pValue)
      #expect(0 <= p && p <= 1)
      #expect(row.choice == "named in the plan")
      #expect(try #require(row.estimate.interval).contains(value), "\(row.method)")
    }
  }

  @Test func smallArmsGetAnExactTestAndOpenWindowsOneThatCountsThem() throws {
    let rows = try lift("")
    #expect(
      rows.map(\.method.firstWords) == [
        "Boschloo exact", "log ratio Wald", "log-log survival at a horizon",
      ])
    #expect(rows.allSatisfy { $0.choice.hasPrefix("chosen: ") })
    // The last one counts every session, the others only those whose window has closed.
    #expect(rows[2].sessions == 300)
    #expect(rows[0].sessions < 300 && rows[0].sessions == rows[1].sessions)
    let large = try lift("", perArm: 2_000)
    #expect(large[0].method.hasPrefix("pooled two-proportion z"))
  }

  @Test func numbersGetWelchAndTestsOfSharesAreRefused() throws {
    let rows = try lift("lift: {tests: [pooledZ, welch, mannWhitney]}\n", metric: "reward")
    #expect(
      rows[0].estimate.refusal == "the test compares shares, and the values are not 0 and 1 alone")
    #expect(rows[1].pValue != nil && rows[2].pValue != nil)
    #expect(try lift("", metric: "reward").map(\.method.firstWords) == ["Welch t"])
  }

  /// The margins' answers are the catalogue's, one-sided, with the interval of level 0.90.
  @Test func marginsAreAskedOneSided() throws {
    let rows = try lift(
      """
      lift:
        tests: [miettinenNurminen]
        nonInferiority: {margin: -0.1}
        equivalence: {test: logRatio, lower: -0.5, upper: 1}
      """)
    try #require(rows.count == 3)
    let (plain, better, alike) = (rows[0], rows[1], rows[2])
    let offer = Tally(
      successes: Int((try #require(plain.mean) * Double(plain.sessions)).rounded()),
      trials: plain.sessions)
    let control = Tally(
      successes: Int((try #require(plain.baselineMean) * Double(plain.baselineSessions)).rounded()),
      trials: plain.baselineSessions)
    let score = try ScoreDifferenceTest(
      offer: offer, control: control, null: -0.1, variance: .plain)
    #expect(better.pValue == score.pValue(.greater))
    #expect(better.estimate.interval == score.interval(level: 2 * 0.95 - 1))
    #expect(abs(better.level - 0.9) < 1e-15)
    #expect(better.null == "the effect is at most -0.1")
    #expect(better.tail == "one-sided, greater")
    let lower = try LogRatioTest(offer: offer, control: control, null: -0.5).pValue(.greater)
    let upper = try LogRatioTest(offer: offer, control: control, null: 1).pValue(.less)
    #expect(alike.pValue == max(lower, upper))
  }

  /// A horizon shortens every watch; one beyond the window was not watched. Losses come with a cause or
  /// without, and fewer of them are better, as is a ratio of hazards below one.
  @Test func horizonsAndCausesOfLoss() throws {
    let tests = "tests: [horizonDifference, hazardRatio, restrictedMeanDifference]"
    let (long, short) = (
      try lift("lift: {\(tests)}\n"), try lift("lift: {\(tests), horizonDays: 2}\n")
    )
    #expect(short.map(\.sessions) == long.map(\.sessions))
    // The losses come on the third day: until then only those who left at once are gone.
    #expect(short[0].estimate.value != long[0].estimate.value)
    #expect(try #require(short[2].estimate.value) < 2)
    #expect(
      try lift("lift: {\(tests), horizonDays: 31}\n")[0].estimate.refusal
        == "b was watched to 30.0, not to 31.0")
    let rows = try lift("lift: {tests: [hazardRatio, horizonDifference], causes: reason}\n")
    let hazard = try #require(rows[0].estimate.value)
    #expect(hazard < 1 && rows[0].better == .offer && rows[1].better == .offer)
    let causes = rows.filter { $0.metric.hasPrefix("lost by ") }
    #expect(
      Set(causes.map(\.metric)) == ["lost by price", "lost by other", "lost by unknown cause"])
    let total = causes.compactMap(\.estimate.value).reduce(0, +)
    #expect(abs(total + (try #require(rows[1].estimate.value))) < 1e-12)
    #expect(causes.contains { $0.arm == "all arms" && $0.method == "Gray" && $0.pValue != nil })
  }

  @Test(arguments: [
    ("tests: [pooledz]", "lift.tests", "'pooledz' is not allowed; expected one of: pooledZ,"),
    (
      "nonInferiority: {test: pooledZ, margin: 0.1}", "lift.nonInferiority.test",
      "expected one of: unpooledZ"
    ),
    ("nonInferiority: {direction: moreIsBetter}", "lift.nonInferiority.margin", "required"),
    ("nonInferiority: {test: logRatio, margin: -1}", "lift.nonInferiority.margin", "above −1"),
    ("equivalence: {test: woolf, lower: 0, upper: 2}", "lift.equivalence.lower", "above 0"),
    ("equivalence: {lower: 0.1, upper: -0.1}", "lift.equivalence.upper", "above 'lower'"),
  ])
  func whatAPlanCannotAskIsToldWithItsKey(_ text: String, _ key: String, _ words: String) throws {
    let found = try problems(PlanTests.least + "lift: {\(text)}\n")
    #expect(found.contains { $0.key == key && $0.message.contains(words) }, "\(found)")
  }
}

extension String {
  /// What stands before the interval's name.
  fileprivate var firstWords: String { String(prefix { $0 != ";" }) }
}
