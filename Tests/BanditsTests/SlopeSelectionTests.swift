import Bandits
import TestSupport
import Testing

@Suite struct SlopeSelectionTests {
  static let constants = [Double.infinity, 10, 5, 4, 2, 1]

  // The values and constants that obp 0.5.7 takes by SLOPE.
  @Test(arguments: ["ipw", "dr", "switch", "dros"])
  func obpsChoices(_ family: String) throws {
    let fixture = try OffPolicyFixture()
    let model = fixture.model
    let candidates: [any TermwiseEstimator] = Self.constants.map { constant in
      switch family {
      case "ipw": ShrunkImportanceSampling(.clipped(at: constant))
      case "dr": ShrunkDoublyRobust(.clipped(at: constant), model: model)
      case "switch": ShrunkDoublyRobust(.switched(above: constant), model: model)
      default:
        constant.isFinite
          ? ShrunkDoublyRobust(.optimistic(constant), model: model) : DoublyRobust(model: model)
      }
    }
    let choice = try SlopeSelection().choose(
      among: candidates, for: fixture.target, on: fixture.log)
    let expected = try fixture.chosen(family + "_slope")
    #expect(relativeError(choice.estimate.value, expected[0]) < 1e-12)
    #expect(Self.constants[choice.index] == expected[1])
  }

  // obp answers NaN here: where the constant is 1 and the target never plays an arm it divides 0 by 0.
  @Test func aConstantOfOneIsANumber() throws {
    let fixture = try OffPolicyFixture()
    let candidates: [any TermwiseEstimator] = [0.001, 0.01, 0.1, 1].map {
      ShrunkDoublyRobust(.subGaussian($0), model: fixture.model)
    }
    let choice = try SlopeSelection().choose(
      among: candidates, for: fixture.target, on: fixture.log)
    #expect(choice.estimate.value.isFinite)
  }

  @Test func candidatesThatAbstainArePassedOver() throws {
    let fixture = try OffPolicyFixture()
    // All weights dropped and a model without cells: the terms do not vary.
    let flat = RewardModel(
      ActionTable(
        cellCount: 2_000, armCount: 5, values: Array(repeating: 0.4, count: 10_000)))
    let silent = ShrunkDoublyRobust(.switched(above: 0.01), model: flat)
    #expect(throws: OffPolicyError.noVariation) {
      try silent.estimate(fixture.target, on: fixture.log)
    }
    let choice = try SlopeSelection().choose(
      among: [silent, ImportanceSampling()], for: fixture.target, on: fixture.log)
    #expect(choice.index == 1)
  }

  @Test func theHeldOutHalfSeesABiasAndNothingWhereThereIsNone() throws {
    let world = try BernoulliWorld(rates: [0.6, 0.7, 0.8])
    let logging = ActionTable(cellCount: 1, armCount: 3, values: [0.6, 0.3, 0.1])
    let target = ActionTable(cellCount: 1, armCount: 3, values: [0.1, 0.1, 0.8])
    let log = try syntheticLog(of: world, by: logging, sessions: 20_000, seed: 8)
    let check = SlopeSelection()
    // Clipped at 1 there is nothing else to choose, and half of the value is lost.
    let biased = try check.chooseHeldOut(
      among: [ShrunkImportanceSampling(.clipped(at: 1))], reference: ImportanceSampling(),
      for: target, on: log, seed: 2)
    #expect(biased.pValue < 1e-12 && biased.excess < -0.3)
    let sound = try check.chooseHeldOut(
      among: [ImportanceSampling(), ShrunkImportanceSampling(.clipped(at: 1))],
      reference: DoublyRobust(model: RewardModel(world.rates)), for: target, on: log, seed: 2)
    #expect(sound.index == 0 && sound.pValue > 0.001)
    #expect(abs(sound.value - world.value(of: target)) < 4.5 * sound.standardError)
  }
}
