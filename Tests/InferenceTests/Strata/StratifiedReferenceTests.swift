import Foundation
import Inference
import Testing

/// The figures of `Reference/arms.json`, which R made.
enum ArmsReference {
  /// The rows of a section.
  static func rows(_ section: String) throws -> [JSONValue] { try file.get()[section].elements }

  private static let file = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "arms.json"))
    return try JSONDecoder().decode(JSONValue.self, from: data)
  }
}

/// The two arms of tables whose rows are offer and control, whose columns successes and failures.
struct StratifiedArms {
  let offer: StratifiedTally
  let control: StratifiedTally

  init(_ tables: JSONValue) throws {
    let rows = try tables.elements.map { try $0.table }
    func arm(_ index: Int) -> StratifiedTally {
      StratifiedTally(
        rows.map { Tally(successes: $0[index][0], trials: $0[index][0] + $0[index][1]) })
    }
    offer = arm(0)
    control = arm(1)
  }
}

/// Stratified tests against R 4.2.2 (`mantelhaen.test`), statsmodels and DescTools.
@Suite struct StratifiedReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "cmh"))
  func commonOddsRatios(_ item: LiftCase) throws {
    let tables = item.inputs["tables"]
    let arms = try StratifiedArms(tables == .null ? item.inputs["tables_2x2xK"] : tables)
    let plain = try CochranMantelHaenszelTest(offer: arms.offer, control: arms.control)
    let corrected = try CochranMantelHaenszelTest(
      offer: arms.offer, control: arms.control, correction: .yates)
    let odds = try BreslowDayTest(offer: arms.offer, control: arms.control)
    try item.expect(plain.estimate, "common_or")
    try item.expect(plain.interval(), "or_ci")
    try item.expect(corrected.chiSquared, "chi2_cc")
    for (name, value) in [
      ("p", corrected.pValue()), ("p_cc", corrected.pValue()), ("p_nocc", plain.pValue()),
      ("chi2_nocc", plain.chiSquared), ("breslow_day", odds.uncorrectedChiSquared),
      ("bd_p", odds.uncorrectedPValue), ("tarone", odds.chiSquared),
    ] where item.expected[name] != .null {
      try item.expect(value, name)
    }
  }

  /// The case's estimate and interval are R's, whose `uniroot` stops at its default tolerance of 1.2e-4: at
  /// its ends the tails are 0.02500094 and 0.02507780, not 0.025, and at its estimate the mean total
  /// is 15.999998, not 16. They are held to that error, and to mpmath 1.3 at 40 digits.
  @Test(arguments: try LiftCase.cases(of: "cmh_exact"))
  func exactTests(_ item: LiftCase) throws {
    let arms = try StratifiedArms(item.inputs["tables_2x2xK"])
    let exact = try StratifiedExactTest(
      offer: arms.offer, control: arms.control, rule: .minimumLikelihood)
    let corrected = try CochranMantelHaenszelTest(
      offer: arms.offer, control: arms.control, correction: .yates)
    try item.expect(exact.pValue(), "p_exact")
    try item.expect(corrected.chiSquared, "chi2_cc")
    try item.expect(corrected.pValue(), "p_cc")
    let interval = exact.interval()
    let own = [exact.estimate, interval.lower, interval.upper]
    expectClose(own, [10.361046349488694, 1.0773877635180330, 531.51278288993463], within: 1e-13)
    let ends = try item.expected["ci"].numbers
    let wanted = [try item.expected["cond_or"].number] + ends
    // The upper end is sought as a reciprocal, on which 1.2e-4 / 2 is 3 % of 1/531.
    for (index, tolerance) in [1e-5, 2e-5, 0.03].enumerated() {
      expectClose(own[index], wanted[index], within: tolerance, "to R's tolerance")
    }
  }

  @Test(arguments: try ArmsReference.rows("strata"))
  func agreeWithR(_ row: JSONValue) throws {
    let arms = try StratifiedArms(row["tables"])
    let plain = try CochranMantelHaenszelTest(offer: arms.offer, control: arms.control)
    let corrected = try CochranMantelHaenszelTest(
      offer: arms.offer, control: arms.control, correction: .yates)
    expectClose(plain.chiSquared, try row["chi2"].number, within: 1e-11, "χ²")
    expectClose(plain.pValue(), try row["p"].number, "p")
    expectClose(plain.pValue(.greater), try row["greater"].number, "p, greater")
    expectClose(plain.estimate, try row["oddsRatio"].number, "odds ratio")
    let interval = plain.interval()
    expectClose([interval.lower, interval.upper], try row["interval"].numbers, "interval")
    if abs(corrected.excess) > 0.5 {
      expectClose(corrected.chiSquared, try row["chi2Corrected"].number, "χ², corrected")
      expectClose(corrected.pValue(), try row["pCorrected"].number, "p, corrected")
    }
    let odds = try BreslowDayTest(offer: arms.offer, control: arms.control)
    expectClose(
      odds.uncorrectedChiSquared, try row["breslowDay"]["plain"].number, within: 1e-9, "plain")
    expectClose(odds.chiSquared, try row["breslowDay"]["tarone"].number, within: 1e-9, "Tarone")
    let ratio = try MantelHaenszelRatioTest(offer: arms.offer, control: arms.control)
    expectClose(1 + ratio.estimate, try row["ratio"]["estimate"].number, "ratio")
    expectClose(ratio.standardError, try row["ratio"]["logStandardError"].number, "ratio's error")
    let difference = try MantelHaenszelDifferenceTest(offer: arms.offer, control: arms.control)
    expectClose(difference.estimate, try row["difference"]["estimate"].number, "difference")
    expectClose(
      difference.standardError, try row["difference"]["standardError"].number, "its error")
  }

  /// R seeks the ends by `uniroot` with its default tolerance, 1.2e-4, in the odds ratio or its
  /// reciprocal; its p-values are exact.
  @Test(arguments: try ArmsReference.rows("strata"))
  func exactlyAgreeWithR(_ row: JSONValue) throws {
    let arms = try StratifiedArms(row["tables"])
    let test = try StratifiedExactTest(
      offer: arms.offer, control: arms.control, rule: .minimumLikelihood)
    let exact = row["exact"]
    expectClose(test.pValue(), try exact["p"].number, within: 1e-9, "p")
    expectClose(test.pValue(.greater), try exact["greater"].number, within: 1e-9, "p, greater")
    expectClose(test.pValue(.less), try exact["less"].number, within: 1e-9, "p, less")
    expectClose(test.estimate, try exact["oddsRatio"].number, within: 2e-4, "odds ratio")
    let interval = test.interval()
    // Ends above one are sought as reciprocals.
    for (own, other) in zip([interval.lower, interval.upper], try exact["interval"].numbers) {
      #expect(abs(own - other) < 1.3e-4 * max(1, own * own), "\(own), not \(other)")
    }
  }

  /// Of one stratum the test is Fisher's.
  @Test(arguments: [
    (Tally(successes: 7, trials: 34), Tally(successes: 1, trials: 34)),
    (Tally(successes: 5, trials: 5), Tally(successes: 12, trials: 99)),
    (Tally(successes: 220, trials: 1_000), Tally(successes: 290, trials: 1_000)),
    (Tally(successes: 0, trials: 12), Tally(successes: 3, trials: 7)),
    (Tally(successes: 900, trials: 1_000), Tally(successes: 90, trials: 1_000)),
  ])
  func oneStratumIsFishers(_ offer: Tally, _ control: Tally) throws {
    for (own, other) in [
      (StratifiedExactTest.Rule.minimumLikelihood, FisherExactTest.Rule.minimumLikelihood),
      (.central, .central), (.midP, .midP),
    ] {
      for null in [1, 0.25, 3.0] {
        let test = try StratifiedExactTest(
          offer: StratifiedTally([offer]), control: StratifiedTally([control]), null: null,
          rule: own)
        let fisher = try FisherExactTest(offer: offer, control: control, null: null, rule: other)
        for alternative in Alternative.allCases {
          expectClose(
            test.pValue(alternative), fisher.pValue(alternative), within: 1e-10,
            "\(own), \(alternative), null \(null)")
        }
        if offer.successes > 0, offer.failures > 0 {
          expectClose(test.estimate, fisher.estimate, within: 1e-11, "\(own)")
        } else {
          #expect(test.estimate == (offer.successes > 0 ? .infinity : 0))
        }
        guard own != .minimumLikelihood else { continue }
        let (a, b) = (test.interval(), fisher.interval())
        expectClose([a.lower, a.upper], [b.lower, b.upper], within: 1e-11, "\(own)")
      }
    }
  }
}
