import Foundation
import Inference
import LinearAlgebra
import Probability
import Segments
import TestSupport
import Testing

/// Calibration and ranking of predictions against rms, pROC, and definitions.
@Suite struct CalibrationTests {
  static func birthwt() throws -> (large: Predictions, small: Predictions, ages: Predictions) {
    let (design, likelihood) = try RegressionCase.birthwt.model()
    let large = try NewtonSolver().fit(design.matrix, likelihood)
    let (x, _, ages) = try RegressionReference.birthwt()
    let small = try NewtonSolver().fit(x, likelihood)
    return (
      try Predictions(large.probabilities(of: design.matrix), outcomes: likelihood.outcomes),
      try Predictions(small.probabilities(of: x), outcomes: likelihood.outcomes),
      try Predictions(ages.map { Double($0) / 100 }, outcomes: likelihood.outcomes)
    )
  }

  @Test func theBirthWeightModelAgreesWithRms() throws {
    let predictions = try Self.birthwt().large
    let example = try SegmentCases.named("birthwt-calibration")
    let tolerance = try example.relativeTolerance()
    func expected(_ name: String) throws -> Double { try example.expected.value(name).number() }
    #expect(try relativeError(predictions.brierScore, expected("brier")) < tolerance)
    // rms ranks predictions cut to four digits, which ties one pair of the 7,670 that is none; pROC
    // ranks them as they are, and so does this.
    let cut = try Predictions(
      predictions.probabilities.map { ($0 * 1e4).rounded(.down) / 1e4 },
      outcomes: predictions.outcomes.map { $0 ? 1 : 0 })
    #expect(try relativeError(ROCArea(cut).value, expected("c_index")) < tolerance)
    let line = try CalibrationLine(predictions)
    #expect(try relativeError(line.slope.estimate, expected("calibration_slope")) < tolerance)
    #expect(try abs(line.intercept.estimate - expected("calibration_intercept")) < tolerance)
    // A maximum of the likelihood with an intercept is calibrated on its own rows.
    #expect(abs(line.inTheLarge.estimate) < 1e-9 && line.test.statistic < 1e-9)
    let curve = CalibrationCurve(predictions)
    let test = try #require(HosmerLemeshowTest(curve, isFitted: true))
    #expect(try relativeError(test.statistic, expected("hosmer_lemeshow_10")) < tolerance)
    #expect(curve.groups.count == 10 && test.degreesOfFreedom == 8)
  }

  @Test func areasAgreeWithPROC() throws {
    let (large, small, ages) = try Self.birthwt()
    let reference = try RegressionReference.value("roc")
    func expected(_ name: String) throws -> Double { try reference.value(name).number() }
    for (predictions, name) in [(small, "small"), (ages, "ties"), (large, "large")] {
      let area = try ROCArea(predictions)
      let variance = area.standardError * area.standardError
      #expect(try relativeError(area.value, expected(name)) < 1e-10, "\(name)")
      #expect(try relativeError(variance, expected(name + "_variance")) < 1e-10, "\(name)")
    }
    let (one, other) = (try ROCArea(large), try ROCArea(small))
    let test = try #require(one.difference(from: other))
    #expect(try relativeError(test.z, expected("paired_z")) < 1e-9)
    #expect(try relativeError(test.pValue(), expected("paired_p")) < 1e-9)
    let ends = try reference.value("large_ci").numbers()
    #expect(relativeError(one.interval().lower, ends[0]) < 1e-9)
    #expect(relativeError(one.interval().upper, ends[2]) < 1e-9)
    #expect(one.difference(from: one) == nil)
  }

  /// The area and its variance as their definitions state them, over all pairs.
  @Test(arguments: 1...5) func areasAreThoseOfAllPairs(_ seed: UInt64) throws {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    let count = 60
    let p = (0..<count).map { _ in Double(rng.index(below: 12)) / 12 }
    let y = (0..<count).map { row in row < 2 ? 1.0 : row < 4 ? 0 : rng.uniform() < p[row] ? 1 : 0 }
    let positives = (0..<count).filter { y[$0] == 1 }
    let negatives = (0..<count).filter { y[$0] == 0 }
    func psi(_ i: Int, _ j: Int) -> Double { p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0 }
    let v = positives.map { i in
      negatives.reduce(0) { $0 + psi(i, $1) } / Double(negatives.count)
    }
    let u = negatives.map { j in
      positives.reduce(0) { $0 + psi($1, j) } / Double(positives.count)
    }
    let mean = v.reduce(0, +) / Double(v.count)
    func variance(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        / Double((values.count - 1) * values.count)
    }
    let area = try ROCArea(Predictions(p, outcomes: y))
    #expect(abs(area.value - mean) < 1e-14)
    #expect(abs(area.standardError - (variance(v) + variance(u)).squareRoot()) < 1e-14)
  }

  /// Predictions made twice as extreme as the truth have slope one half.
  @Test func extremePredictionsHaveAFlatLine() throws {
    var rng = Philox(StreamKey(seed: 5, purpose: .world))
    let logits = (0..<20_000).map { _ in StandardNormal.draw(using: &rng) }
    func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
    let outcomes = logits.map { rng.uniform() < share($0) ? 1.0 : 0 }
    let honest = try Predictions(logits.map(share), outcomes: outcomes)
    let extreme = try Predictions(logits.map { share(2 * $0) }, outcomes: outcomes)
    #expect(try CalibrationLine(extreme).slope.interval(level: 0.999).contains(0.5))
    #expect(try CalibrationLine(honest).test.pValue > 0.001)
    #expect(try CalibrationLine(extreme).test.pValue < 1e-12)
    let errors = [honest, extreme].map { CalibrationCurve($0).expectedError }
    #expect(errors[0] < 0.02 && errors[1] > 0.08)
    let held = try #require(HosmerLemeshowTest(CalibrationCurve(honest), isFitted: false))
    #expect(held.degreesOfFreedom == 10 && held.pValue > 0.001)
    #expect(try #require(honest.brierSkill) > #require(extreme.brierSkill))
  }

  @Test func whatCannotBeMeasuredIsRefused() throws {
    #expect(throws: FitError.predictionOutOfRange(row: 1)) {
      try Predictions([0.5, .nan], outcomes: [0, 1])
    }
    #expect(throws: FitError.outcomeOutOfRange(row: 0)) {
      try Predictions([0.5], outcomes: [0.5])
    }
    #expect(throws: FitError.lengthMismatch(rows: 1, outcomes: 2)) {
      try Predictions([0.5], outcomes: [0, 1])
    }
    #expect(throws: FitError.outcomesAllAlike) {
      try ROCArea(Predictions([0.5, 0.6, 0.7], outcomes: [1, 1, 1]))
    }
    #expect(throws: FitError.predictionOutOfRange(row: 0)) {
      try CalibrationLine(Predictions([0, 0.5, 0.6], outcomes: [0, 1, 0]))
    }
    let tied = CalibrationCurve(try Predictions([0.2, 0.2, 0.2, 0.2], outcomes: [0, 0, 1, 0]))
    #expect(tied.groups.count == 1 && tied.groups[0].share == 0.25)
    #expect(HosmerLemeshowTest(tied, isFitted: true) == nil)
  }
}
