import Inference
import Segments
import TestSupport
import Testing

/// The acceptance cases of Hillstrom's arms and of its cells.
@Suite(
  .enabled(if: Hillstrom.isPresent, "HOLDFAST_DATASETS names no folder with Hillstrom's log"))
struct HillstromCaseTests {
  static func arms() throws -> [Tally] {
    let data = try Hillstrom.data([])
    var arms = Array(repeating: Tally(), count: 3)
    for (arm, reward) in zip(data.arms, data.rewards) { arms[Int(arm)].add(success: reward == 1) }
    return arms
  }

  @Test func armsAreCountedAndCompared() throws {
    let arms = try Self.arms()
    let counts = try SegmentCases.named("hillstrom-arm-counts").expected
    for (name, arm) in zip(Hillstrom.armNames, arms) {
      #expect(try Double(arm.trials) == counts.value(name).value("n").number())
      #expect(try Double(arm.successes) == counts.value(name).value("visit").number())
      #expect(
        try relativeError(arm.proportion, counts.value(name).value("visit_rate").number()) < 1e-12)
    }
    let example = try SegmentCases.named("hillstrom-visit-uplift")
    let tolerance = try example.relativeTolerance()
    for (name, arm) in zip(Hillstrom.armNames, arms).dropFirst() {
      func expected(_ field: String) throws -> Double {
        try example.expected.value(name).value(field).number()
      }
      let wald = try UnpooledZTest(offer: arm, control: arms[0])
      let ends = try example.expected.value(name).value("wald_ci").numbers()
      #expect(try relativeError(wald.estimate, expected("diff")) < tolerance)
      #expect(try relativeError(wald.standardError, expected("wald_se")) < tolerance)
      #expect(relativeError(wald.interval().lower, ends[0]) < tolerance)
      #expect(relativeError(wald.interval().upper, ends[1]) < tolerance)
      let pooled = try PooledZTest(offer: arm, control: arms[0])
      #expect(try relativeError(pooled.z, expected("pooled_z")) < tolerance)
      #expect(try relativeError(pooled.z * pooled.z, expected("chi2")) < tolerance)
      #expect(try relativeError(pooled.pValue(), expected("p")) < tolerance)
      let odds = try LogOddsRatioTest(offer: arm, control: arms[0])
      #expect(try relativeError(odds.estimate, expected("odds_ratio")) < tolerance)
      let ratio = try LogRatioTest(offer: arm, control: arms[0])
      #expect(try relativeError(ratio.estimate + 1, expected("risk_ratio")) < tolerance)
    }
  }

  /// Every cell of the file whose category the fixture of these tests knows.
  @Test func cellsHaveTheirEffects() throws {
    let names = ["mens", "womens", "newbie", "zip_code", "channel"]
    let tables = try LevelEffects.tables(of: Hillstrom.data(names), baseline: 0)
    let example = try SegmentCases.named("hillstrom-segment-cells")
    let tolerance = try example.relativeTolerance()
    let cells = try example.expected.value("cells").list()
    var seen = 0
    for table in tables {
      for cell in table.cells {
        let expected = try #require(
          cells.first {
            (try? $0.value("segment").text()) == "\(table.covariate)=\(cell.level)"
              && (try? $0.value("arm").text()) == table.arm
          })
        let counts = [
          cell.offer.trials, cell.offer.successes, cell.control.trials, cell.control.successes,
        ]
        for (field, count) in zip(["n_t", "x_t", "n_c", "x_c"], counts) {
          #expect(try expected.value(field).number() == Double(count))
        }
        let q = try #require(table.heterogeneity)
        for (field, found) in [
          ("diff", cell.difference.estimate), ("se", cell.difference.standardError),
          ("z", cell.difference.z), ("Q", q.chiSquared), ("Q_df", Double(q.degreesOfFreedom)),
          ("Q_p", q.pValue),
        ] {
          #expect(try relativeError(found, expected.value(field).number()) < tolerance, "\(field)")
        }
        seen += 1
      }
    }
    #expect(seen == 24)
  }
}
