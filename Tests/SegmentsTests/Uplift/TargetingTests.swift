import Inference
import Probability
import Segments
import TestSupport
import Testing

@Suite struct TargetingTests {
  static func curve(_ priorities: [Double]) throws -> TargetingCurve {
    try TargetingCurve(
      priorities: priorities, contrast: UpliftReference.contrast, units: UpliftReference.units)
  }

  @Test func ratesAreTheirDefinition() throws {
    let reference = try UpliftReference.read()
    for (priorities, expected) in [
      (UpliftReference.tied, reference.rateTied), (UpliftReference.fine, reference.rateFine),
    ] {
      let curve = try Self.curve(priorities)
      for (weighting, value) in [
        (RankWeightedEffect.Weighting.autoc, expected.autoc), (.qini, expected.qini),
      ] {
        let effect = RankWeightedEffect(curve, weighting, replications: 50)
        #expect(relativeError(effect.estimate.mean, value) < 1e-10)
      }
    }
  }

  @Test func aConstantPriorityIsWorthNothing() throws {
    let curve = try Self.curve(UpliftReference.rows.map { _ in 1 })
    for weighting in RankWeightedEffect.Weighting.allCases {
      let effect = RankWeightedEffect(curve, weighting, replications: 20)
      #expect(abs(effect.estimate.mean) < 1e-15 && effect.estimate.standardError < 1e-15)
    }
    #expect(abs(try curve.excess(top: 0.4)) < 1e-14)
  }

  @Test func theOrderOfTheLogDoesNotCount() throws {
    let rows = UpliftCurveTests.shuffled(240, seed: 9)
    let curve = try Self.curve(UpliftReference.tied)
    let other = try TargetingCurve(
      priorities: rows.map { UpliftReference.tied[$0] },
      contrast: rows.map { UpliftReference.contrast[$0] },
      units: rows.map { UpliftReference.units[$0] })
    #expect(curve == other)
    #expect(RankWeightedEffect(curve, .autoc) == RankWeightedEffect(other, .autoc))
  }

  @Test func aBudgetBuysTheTop() throws {
    let curve = try TargetingCurve(
      priorities: [4, 3, 2, 2], contrast: [1, 0.5, 0, -2], units: [1, 2, 3, 4])
    #expect(try curve.gain(top: 0.25).mean == 0.25)
    #expect(try curve.gain(top: 0.5).mean == 0.375)
    // Half of the two that are tied at (0 − 2)/2.
    #expect(try curve.gain(top: 0.75).mean == 0.125)
    #expect(try curve.gain(top: 1).mean == -0.125)
    #expect(try curve.excess(top: 0.5) == 0.875)
  }

  /// Over 200 logs of a world without ranking, `z` has mean 0 and standard deviation 1.
  @Test func errorsAreThoseOfReplications() throws {
    var zs: [RankWeightedEffect.Weighting: [Double]] = [:]
    for seed in 0..<UInt64(200) {
      var rng = Philox(StreamKey(seed: seed, purpose: .world))
      let (priorities, contrast) = (
        (0..<300).map { _ in rng.uniform() },
        (0..<300).map { _ in StandardNormal.draw(using: &rng) }
      )
      let curve = try TargetingCurve(
        priorities: priorities, contrast: contrast, units: (0..<300).map { UInt64($0) })
      for weighting in RankWeightedEffect.Weighting.allCases {
        let effect = RankWeightedEffect(curve, weighting, replications: 64, seed: seed).estimate
        zs[weighting, default: []].append(effect.mean / effect.standardError)
      }
    }
    for values in zs.values {
      let mean = values.reduce(0, +) / 200
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
      // Four standard errors: of a mean of 200, and of a standard deviation of 200 with the 64
      // half-samples' own noise of 9 %, which inflates z by 1 %.
      #expect(abs(mean) < 0.29)
      #expect(abs(deviation - 1) < 0.22)
    }
  }

  @Test func theProjectionIsThatOfStatsmodels() throws {
    let expected = try UpliftReference.read().projection
    let projection = try BestLinearProjection(
      contrast: UpliftReference.contrast, on: UpliftReference.covariates,
      units: UpliftReference.units)
    #expect(projection.terms.map(\.name) == ["intercept", "x", "plan is b", "plan is c"])
    for (index, term) in projection.terms.enumerated() {
      #expect(relativeError(term.coefficient, expected.coefficients[index]) < 1e-10)
      let error = try #require(term.test).standardError
      #expect(relativeError(error, expected.errors[index]) < 1e-10)
    }
  }

  @Test func calibrationIsThatOfStatsmodels() throws {
    let expected = try UpliftReference.read().calibration
    let predictions = UpliftReference.fine.map { $0 / 40 + 0.1 }
    let calibration = try EffectCalibration(
      predictions: predictions, contrast: UpliftReference.contrast, units: UpliftReference.units)
    for (test, index) in [(calibration.meanPrediction, 0), (calibration.differences, 1)] {
      let test = try #require(test)
      #expect(relativeError(test.estimate, expected.coefficients[index]) < 1e-10)
      #expect(relativeError(test.standardError, expected.errors[index]) < 1e-10)
    }
    #expect(calibration.groups.count == 5)
    let flat = try EffectCalibration(
      predictions: predictions.map { _ in 0.2 }, contrast: UpliftReference.contrast,
      units: UpliftReference.units)
    #expect(flat.differences == nil && flat.groups.count == 1)
    let mean = UpliftReference.contrast.reduce(0, +) / 240
    #expect(relativeError(try #require(flat.meanPrediction).estimate, mean / 0.2) < 1e-12)
  }
}
