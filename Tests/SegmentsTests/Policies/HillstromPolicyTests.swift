import Foundation
import Inference
import Segments
import TestSupport
import Testing

/// Trees and policies on Hillstrom's experiment, against exhaustive search and sums in numpy.
@Suite(
  .enabled(if: Hillstrom.isPresent, "HOLDFAST_DATASETS names no folder with Hillstrom's log"))
struct HillstromPolicyTests {
  static let known = ArmPropensities.known([1 / 3.0, 1 / 3.0, 1 / 3.0])

  /// The features of the cases: `mens` and the like are categories here, so that a test asks
  /// for a level.
  static func problem(_ inputs: SegmentCases.Value) throws -> (SegmentData, ActionScores) {
    let data = try Hillstrom.data(inputs.value("features").texts())
    let cost = try inputs.value("cost").numbersByName()
    let costs = try ["none", "mens", "womens"].map { try #require(cost[$0]) }
    let scores = try ActionScores.inversePropensity(data, known).net(costs: costs)
    return (data, scores)
  }

  @Test func depthOneIsTheCases() throws {
    let known = try SegmentCases.named("hillstrom-policy-depth1")
    let (data, scores) = try Self.problem(known.inputs)
    var search = PolicyTreeSearch()
    search.depth = 1
    let found = try search.run(data, scores)
    let tolerance = try known.relativeTolerance()
    #expect(
      relativeError(found.value, try known.expected.value("mean_reward").number()) < tolerance)
    // "mens ≤ 0": there the women's mail, else the men's.
    #expect(
      found.tree.root
        == .split(
          Condition("mens", .level("0")), holds: .leaf(arm: 2), otherwise: .leaf(arm: 1)))
    for (arm, mean) in try known.expected.value("mean_reward_by_action").numbers().enumerated() {
      let value = try scores.value(
        of: Array(repeating: Int32(arm), count: 64_000), units: data.units)
      #expect(relativeError(value.mean, mean) < tolerance)
    }
  }

  @Test func depthTwoIsTheCases() throws {
    let known = try SegmentCases.named("hillstrom-policy-depth2")
    let (data, scores) = try Self.problem(known.inputs)
    let found = try PolicyTreeSearch().run(data, scores)
    #expect(
      relativeError(found.value, try known.expected.value("mean_reward").number())
        < (try known.relativeTolerance()))
    #expect(Double(found.cellCount) == (try known.expected.value("distinct_cells").number()))
    #expect(Double(found.testCount) == (try known.expected.value("thresholds").number()))
    #expect(found.isExact && found.binnedCovariates.isEmpty)
    #expect(
      found.tree.description == """
        mens is 0 and rural < 1: Womens E-Mail
        mens is 0 and rural ≥ 1 or missing: Mens E-Mail
        mens is not 0: Mens E-Mail
        """)
    let value = try scores.value(of: found.tree.arms(of: data), units: data.units)
    #expect(relativeError(value.mean, found.value) < 1e-12)
  }

  /// policytree 1.2.5 and brute force over cells in numpy agree on 0.1388421875.
  @Test func depthThreeIsExact() throws {
    let (data, scores) = try Self.problem(SegmentCases.named("hillstrom-policy-depth2").inputs)
    var search = PolicyTreeSearch()
    search.depth = 3
    let found = try search.run(data, scores)
    #expect(found.isExact)
    #expect(relativeError(found.value, 0.1388421875) < 1e-10)
  }

  @Test func thePolicyIsWorthWhatTheCaseSays() throws {
    let known = try SegmentCases.named("hillstrom-policy-value")
    let data = try Hillstrom.data(["womens"])
    guard case .category(let codes, _) = data.covariates[0].column else {
      Issue.record("womens is a category")
      return
    }
    let policy = codes.map { $0 == 1 ? Int32(2) : 0 }
    let tolerance = try known.relativeTolerance()
    let ips = try ActionScores.inversePropensity(data, Self.known)
      .value(of: policy, units: data.units)
    let normalised = try ActionScores.selfNormalizedValue(of: policy, data, Self.known)
    var scoring = DoublyRobustScoring()
    (scoring.model, scoring.folds) = (.cellMeans(of: ["womens"]), 1)
    let robust = try scoring.scores(of: data, Self.known).value(of: policy, units: data.units)
    for (computed, name) in [
      (ips.mean, "ips"), (ips.standardError, "ips_se"), (normalised.mean, "snips"),
      (robust.mean, "dr_cellmeans"), (robust.standardError, "dr_se"),
    ] {
      #expect(
        relativeError(computed, try known.expected.value(name).number()) < tolerance, "\(name)")
    }
  }

  /// Mail has no cost here, so that the men's mail is hard to beat: the verdict is the interval's.
  @Test func theVerdictOutOfSampleIsThatOfTheInterval() throws {
    let (data, scores) = try Self.problem(SegmentCases.named("hillstrom-policy-depth2").inputs)
    let validation = try PolicyValidation(of: PolicyTreeSearch(), data, scores)
    #expect(validation.trees.count == 5)
    #expect(validation.beatsBestArm == (validation.gainInterval.lower > 0))
    #expect(
      abs(validation.tree.mean - validation.bestArm.mean - validation.gain.mean) < 1e-12)
    // The men's mail is the best for everybody, worth 0.13253125 over all customers.
    #expect(validation.bestArms == [1, 1, 1, 1, 1])
    #expect(abs(validation.bestArm.mean - 0.13253125) < 4 * validation.bestArm.standardError)
  }
}
