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
    let table = try Hillstrom.table.get()
    let segments = try table.texts("segment")
    let (conversion, spend) = (try table.numbers("conversion"), try table.numbers("spend"))
    for name in Hillstrom.armNames {
      let rows = segments.indices.filter { segments[$0] == name }
      let conversions = rows.reduce(0) { $0 + conversion[$1] }
      let mean = rows.reduce(0) { $0 + spend[$1] } / Double(rows.count)
      #expect(try conversions == counts.value(name).value("conversion").number())
      #expect(try relativeError(mean, counts.value(name).value("spend_mean").number()) < 1e-12)
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

  /// The customers with every category of the cells: history in seven bands, recency in quarters.
  static func data() throws -> SegmentData {
    let known = try Hillstrom.data(["mens", "womens", "newbie", "zip_code", "channel"])
    let table = try Hillstrom.table.get()
    let history = try table.texts("history_segment")
    let recency = try table.numbers("recency").map { Int32(($0 - 1) / 3) }
    let bands = Set(history).sorted()
    return try SegmentData(
      arms: known.arms, armNames: known.armNames, rewards: known.rewards,
      covariates: known.covariates + [
        Covariate(
          name: "history_segment",
          column: .category(
            codes: history.map { Int32(bands.firstIndex(of: $0) ?? -1) }, levels: bands)),
        Covariate(
          name: "rec_b",
          column: .category(codes: recency, levels: ["1-3", "4-6", "7-9", "10-12"])),
      ], units: known.units)
  }

  @Test func cellsHaveTheirEffects() throws {
    let tables = try LevelEffects.tables(of: Self.data(), baseline: 0)
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
    #expect(seen == cells.count)

    let tests = try example.expected.value("heterogeneity").list()
    let adjusted = Multiplicity.benjaminiHochberg.adjust(tables.map(\.heterogeneity?.pValue))
    for (table, p) in zip(tables, adjusted) {
      let expected = try #require(
        tests.first {
          (try? $0.value("variable").text()) == table.covariate
            && (try? $0.value("arm").text()) == table.arm
        })
      #expect(try relativeError(#require(p), expected.value("bh").number()) < tolerance)
    }
  }

  /// Likelihood-ratio tests of treatment × variable, adjusted in both ways.
  @Test func theWomensMailIsTestedByVariable() throws {
    let example = try SegmentCases.named("hillstrom-womens-per-variable")
    let data = try Hillstrom.data(example.inputs.value("variables").texts()).comparing(2, with: 0)
    let tolerance = try example.relativeTolerance()
    for (adjustment, field) in [
      (Multiplicity.benjaminiHochberg, "bh"), (.benjaminiYekutieli, "by"),
    ] {
      let tests = HeterogeneityTest.perCovariate(of: data, baseline: 0, adjustment: adjustment)
      for (test, expected) in zip(tests, try example.expected.list()) {
        #expect(try test.covariate == expected.value("v").text())
        #expect(
          try relativeError(test.test.get().statistic, expected.value("lr").number()) < tolerance)
        #expect(try relativeError(test.test.get().pValue, expected.value("p").number()) < tolerance)
        #expect(
          try relativeError(#require(test.adjustedPValue), expected.value(field).number())
            < tolerance)
      }
    }
  }
}
