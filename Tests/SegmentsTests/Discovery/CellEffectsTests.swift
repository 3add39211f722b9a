import Foundation
import Inference
import Probability
import Segments
import TestSupport
import Testing

@Suite struct CrossedShrinkageTests {
  struct Reference: Decodable {
    let estimates, errors, deviations, effects, effectDeviations: [Double]
    let factors: [[Int]]
    let mean, standardError: Double
  }

  @Test func rowsAndColumnsAreThoseOfRestrictedLikelihood() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let known = try JSONDecoder().decode(
      Reference.self, from: try Data(contentsOf: folder.appending(path: "crossed_shrinkage.json")))
    let fit = try CrossedShrinkage(
      estimates: known.estimates, standardErrors: known.errors, factors: known.factors)
    // Nelder and Mead's search ends about 1e-7 from the maximum.
    for (computed, expected) in zip(fit.factorDeviations + [fit.cellDeviation], known.deviations) {
      #expect(abs(computed - expected) < 1e-6)
    }
    #expect(abs(fit.mean - known.mean) < 1e-7)
    #expect(relativeError(fit.standardError, known.standardError) < 1e-5)
    for (index, effect) in fit.effects.enumerated() {
      #expect(abs(effect.mean - known.effects[index]) < 1e-6)
      #expect(relativeError(effect.standardDeviation, known.effectDeviations[index]) < 1e-4)
    }
  }

  /// The BCG vaccine trials without factors: REML of metafor, as its documentation prints it.
  @Test func withoutFactorsItIsTheRandomEffectsModel() throws {
    let trials: [(treated: (Double, Double), control: (Double, Double))] = [
      ((4, 119), (11, 128)), ((6, 300), (29, 274)), ((3, 228), (11, 209)),
      ((62, 13_536), (248, 12_619)), ((33, 5_036), (47, 5_761)), ((180, 1_361), (372, 1_079)),
      ((8, 2_537), (10, 619)), ((505, 87_886), (499, 87_892)), ((29, 7_470), (45, 7_232)),
      ((17, 1_699), (65, 1_600)), ((186, 50_448), (141, 27_197)), ((5, 2_493), (3, 2_338)),
      ((27, 16_886), (29, 17_825)),
    ]
    let estimates = trials.map { trial in
      log(trial.treated.0 / (trial.treated.0 + trial.treated.1))
        - log(trial.control.0 / (trial.control.0 + trial.control.1))
    }
    let errors = trials.map { trial in
      (1 / trial.treated.0 - 1 / (trial.treated.0 + trial.treated.1) + 1 / trial.control.0
        - 1 / (trial.control.0 + trial.control.1)).squareRoot()
    }
    let fit = try CrossedShrinkage(estimates: estimates, standardErrors: errors, factors: [])
    #expect(abs(fit.cellDeviation * fit.cellDeviation - 0.3132) < 5e-5)
    #expect(abs(fit.mean + 0.7145) < 5e-5)
    #expect(abs(fit.standardError - 0.1798) < 5e-5)
  }

  @Test func equalEffectsAreOne() throws {
    let fit = try CrossedShrinkage(
      estimates: [0.1, 0.1, 0.1, 0.1], standardErrors: [0.1, 0.2, 0.1, 0.2],
      factors: [[0, 0, 1, 1]])
    #expect(fit.cellDeviation == 0 && fit.factorDeviations == [0])
    for effect in fit.effects { #expect(abs(effect.mean - 0.1) < 1e-15) }
    #expect(throws: SegmentError.tooFewSessions(count: 2, needed: 3)) {
      try CrossedShrinkage(estimates: [0, 1], standardErrors: [1, 1], factors: [])
    }
  }
}

@Suite struct CellEffectsTests {
  /// Eight cells of 2 × 200 sessions with the effect 0.1, and one in which three of three were saved
  /// with the offer and none of three without: its raw effect of 1 says next to nothing.
  @Test func aTinyCellIsNotBelieved() throws {
    var (arms, rewards, segments, reasons) = ([Int32](), [Double](), [Int32](), [Int32]())
    func add(_ arm: Int32, _ saved: Int, of count: Int, _ segment: Int32, _ reason: Int32) {
      for index in 0..<count {
        arms.append(arm)
        rewards.append(index < saved ? 1 : 0)
        segments.append(segment)
        reasons.append(reason)
      }
    }
    for cell in 0..<8 as Range<Int32> {
      add(0, 60, of: 200, cell / 3, cell % 3)
      add(1, 78 + Int(cell % 2) * 4, of: 200, cell / 3, cell % 3)
    }
    add(0, 0, of: 3, 2, 2)
    add(1, 3, of: 3, 2, 2)
    let data = try SegmentData(
      arms: arms, armNames: ["none", "pause"], rewards: rewards,
      covariates: [
        Covariate(name: "segment", column: .category(codes: segments, levels: ["x", "y", "z"])),
        Covariate(name: "reason", column: .category(codes: reasons, levels: ["p", "q", "r"])),
      ], units: arms.indices.map { UInt64($0) })
    let effects = try CellEffects(data, by: ["segment", "reason"], arm: 1, baseline: 0)
    let tiny = try #require(effects.cells.last)
    #expect(tiny.means.arm - tiny.means.baseline == 1 && tiny.test == nil)
    #expect(abs((try #require(tiny.posterior)).mean - 0.1) < 0.02)
    #expect(effects.cells.count == 9)
    #expect(throws: SegmentError.unknownCovariate("plan")) {
      try CellEffects(data, by: ["plan"], arm: 1, baseline: 0)
    }
  }
}

@Suite(
  .enabled(if: Hillstrom.isPresent, "HOLDFAST_DATASETS names no folder with Hillstrom's log"))
struct HillstromCellTests {
  /// Each arm and variable of the case, with its cells, its test of heterogeneity and that test's
  /// p-value adjusted for all of them.
  @Test func cellsAreTheCases() throws {
    let known = try SegmentCases.named("hillstrom-segment-cells")
    let tolerance = try known.relativeTolerance()
    let table = try Hillstrom.table.get()
    let history = try table.texts("history_segment")
    let levels = Array(Set(history)).sorted()
    let plain = try Hillstrom.data(["mens", "womens", "newbie", "zip_code", "channel", "recency"])
    let data = try SegmentData(
      arms: plain.arms, armNames: plain.armNames, rewards: plain.rewards,
      covariates: plain.covariates.map { $0.cut(at: [4, 7, 10]) } + [
        Covariate(
          name: "history_segment",
          column: .category(
            codes: try history.map { Int32(try #require(levels.firstIndex(of: $0))) },
            levels: levels))
      ], units: plain.units)
    let bins = ["< 4": "1-3", "4 to < 7": "4-6", "7 to < 10": "7-9", "≥ 10": "10-12"]
    var (seen, pValues, names) = (0, [Double](), [String]())
    let expected = try known.expected.value("cells").list()
    for covariate in data.covariates {
      for arm in 1...2 {
        let effects = try CellEffects(data, by: [covariate.name], arm: arm, baseline: 0)
        let test = try #require(effects.heterogeneity)
        pValues.append(test.pValue)
        names.append("\(covariate.name == "recency" ? "rec_b" : covariate.name) \(effects.arm)")
        for cell in effects.cells {
          guard case .level(let level) = cell.rule.conditions[0].requirement else { continue }
          let segment =
            covariate.name == "recency"
            ? "rec_b=\(bins[level] ?? "")" : "\(covariate.name)=\(level)"
          let row = try #require(
            try expected.first {
              try $0.value("segment").text() == segment && $0.value("arm").text() == effects.arm
            })
          let measured = try #require(cell.test)
          seen += 1
          for (computed, key) in [
            (Double(cell.sessions.arm), "n_t"), (Double(cell.sessions.baseline), "n_c"),
            (cell.means.arm * Double(cell.sessions.arm), "x_t"),
            (cell.means.baseline * Double(cell.sessions.baseline), "x_c"),
            (measured.estimate, "diff"), (measured.standardError, "se"), (measured.z, "z"),
            (test.chiSquared, "Q"), (Double(test.degreesOfFreedom), "Q_df"), (test.pValue, "Q_p"),
          ] {
            #expect(
              relativeError(computed, try row.value(key).number()) < tolerance, "\(segment) \(key)")
          }
        }
      }
    }
    #expect(seen == expected.count)
    let adjusted = Multiplicity.benjaminiHochberg.adjust(pValues.map { $0 })
    for row in try known.expected.value("heterogeneity").list() {
      let name = "\(try row.value("variable").text()) \(try row.value("arm").text())"
      let place = try #require(names.firstIndex(of: name))
      let p = try #require(adjusted[place])
      #expect(relativeError(p, try row.value("bh").number()) < tolerance)
    }
  }

  /// Segment × reason × offer: the greatest raw effect is drawn in, the order of large cells stays.
  @Test func smallCellsLeanOnTheirRowAndColumn() throws {
    let data = try Hillstrom.data(["womens", "zip_code", "channel"])
    let effects = try CellEffects(data, by: ["womens", "zip_code", "channel"], arm: 2, baseline: 0)
    #expect(effects.cells.count == 18)
    let shrinkage = try #require(effects.shrinkage)
    // What differs is womens; zip codes and channels hardly do.
    #expect(shrinkage.factorDeviations[0] > 0.03)
    #expect(shrinkage.factorDeviations[1] < 0.02 && shrinkage.factorDeviations[2] < 0.02)
    for cell in effects.cells {
      let (test, posterior) = (try #require(cell.test), try #require(cell.posterior))
      #expect(posterior.standardDeviation < test.standardError)
      #expect(cell.rule.conditions.count == 3)
    }
  }
}
