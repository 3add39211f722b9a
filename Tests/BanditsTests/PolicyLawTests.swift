import Bandits
import Probability
import TestSupport
import Testing

/// What every policy of the catalogue promises.
@Suite struct PolicyLawTests {
  /// A policy that has learnt a history in two cells.
  func trained(_ entry: PolicyCatalogue.Entry) -> any Policy {
    var policy = entry.make(4, 2)
    for step in 0..<60 {
      let arm = Arm(step % 4)
      policy.learn(arm, reward: step % (2 + arm.index) == 0 ? 1 : 0, in: Context(cell: step / 30))
    }
    return policy
  }

  @Test(arguments: PolicyCatalogue.entries)
  func propensitiesAreProbabilities(_ entry: PolicyCatalogue.Entry) {
    for policy in [entry.make(4, 2), trained(entry), entry.make(1, 1)] {
      let propensities = policy.propensities(in: Context(cell: 0))
      #expect(propensities.count == policy.armCount)
      #expect(propensities.allSatisfy { 0 <= $0 && $0 <= 1 })
      #expect(abs(propensities.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test(arguments: PolicyCatalogue.entries)
  func choicesComeAsOftenAsTheirPropensities(_ entry: PolicyCatalogue.Entry) {
    let policy = trained(entry)
    let draws = 100_000
    for cell in 0..<2 {
      var rng = Philox(StreamKey(seed: 17, purpose: .policy, index: UInt64(cell)))
      var counts = [0, 0, 0, 0]
      for _ in 0..<draws { counts[policy.choose(in: Context(cell: cell), using: &rng).index] += 1 }
      for (count, p) in zip(counts, policy.propensities(in: Context(cell: cell))) {
        let error = (p * (1 - p) / Double(draws)).squareRoot()
        #expect(abs(Double(count) / Double(draws) - p) <= 4 * error + 1e-12)
      }
    }
  }

  @Test(arguments: PolicyCatalogue.entries)
  func aCopyLearnsByItself(_ entry: PolicyCatalogue.Entry) {
    let policy = entry.make(4, 2)
    let before = policy.propensities(in: Context(cell: 0))
    var copy = policy
    for _ in 0..<20 { copy.learn(Arm(1), reward: 1, in: Context(cell: 0)) }
    #expect(policy.propensities(in: Context(cell: 0)) == before)
  }

  @Test(arguments: PolicyCatalogue.entries)
  func theSameStreamMakesTheSameChoices(_ entry: PolicyCatalogue.Entry) {
    let policy = trained(entry)
    func choices() -> [Arm] {
      var rng = Philox(StreamKey(seed: 5, purpose: .policy))
      return (0..<200).map { policy.choose(in: Context(cell: $0 % 2), using: &rng) }
    }
    #expect(choices() == choices())
  }

  @Test(arguments: PolicyCatalogue.entries.filter { !$0.sharesCells })
  func whatOneCellLearnsTheOtherDoesNot(_ entry: PolicyCatalogue.Entry) {
    var policy = entry.make(4, 2)
    let before = policy.propensities(in: Context(cell: 1))
    for _ in 0..<20 { policy.learn(Arm(1), reward: 1, in: Context(cell: 0)) }
    #expect(policy.propensities(in: Context(cell: 1)) == before)
  }
}

@Suite struct ThompsonSamplingTests {
  @Test func twoArmsAfterOneSessionEach() {
    // P(Beta(2, 1) > Beta(1, 2)) = ∫ 2x (1 − (1 − x)²) dx = 5/6.
    var policy = ThompsonSampling(armCount: 2)
    policy.learn(Arm(0), reward: 1, in: Context())
    policy.learn(Arm(1), reward: 0, in: Context())
    let propensities = policy.propensities(in: Context())
    #expect(relativeError(propensities[0], 5.0 / 6) < 1e-14)
    #expect(relativeError(propensities[1], 1.0 / 6) < 1e-14)
  }

  @Test func aFloorIsMixedIn() {
    var policy = ThompsonSampling(armCount: 2, floor: 0.1)
    policy.learn(Arm(0), reward: 1, in: Context())
    policy.learn(Arm(1), reward: 0, in: Context())
    #expect(relativeError(policy.propensities(in: Context())[1], 0.1 + 0.8 / 6) < 1e-14)
    for _ in 0..<5_000 { policy.learn(Arm(0), reward: 1, in: Context()) }
    #expect(policy.propensities(in: Context())[1] >= 0.1)
  }

  // By mpmath 1.3.0: quadrature at 30 digits.
  @Test func threeArmsAfterAThousandSessionsEach() {
    var policy = ThompsonSampling(armCount: 3)
    for (arm, successes, failures) in [(0, 120, 880), (1, 150, 850), (2, 141, 859)] {
      for _ in 0..<successes { policy.learn(Arm(arm), reward: 1, in: Context()) }
      for _ in 0..<failures { policy.learn(Arm(arm), reward: 0, in: Context()) }
    }
    let propensities = policy.propensities(in: Context())
    for (found, expected) in zip(
      propensities, [0.010291353899262951, 0.70915362824088154, 0.28055501785985551])
    {
      #expect(relativeError(found, expected) < 1e-12)
    }
  }
}

@Suite struct EpsilonGreedyTests {
  @Test func anArmNotShownYetCountsAsBest() {
    var policy = EpsilonGreedy(armCount: 3, epsilon: 0.3)
    #expect(policy.propensities(in: Context()).allSatisfy { abs($0 - 1.0 / 3) < 1e-15 })
    policy.learn(Arm(0), reward: 1, in: Context())
    let propensities = policy.propensities(in: Context())
    #expect(abs(propensities[0] - 0.1) < 1e-15)
    #expect(abs(propensities[1] - 0.45) < 1e-15 && abs(propensities[2] - 0.45) < 1e-15)
    policy.learn(Arm(1), reward: 0, in: Context())
    policy.learn(Arm(2), reward: 0.5, in: Context())
    #expect(abs(policy.propensities(in: Context())[0] - 0.8) < 1e-15)
    #expect(policy.meanReward(Arm(2), in: Context()) == 0.5)
  }
}

@Suite struct TablePolicyTests {
  @Test func rowsThatAreNoProbabilitiesAreRefused() {
    #expect(throws: OffPolicyError.notProbabilities(cell: 1, sum: 0.75)) {
      try TablePolicy(ActionTable(cellCount: 2, armCount: 2, values: [0.5, 0.5, 0.25, 0.5]))
    }
    #expect(throws: OffPolicyError.self) {
      try TablePolicy(ActionTable(cellCount: 1, armCount: 2, values: [1.5, -0.5]))
    }
  }

  @Test func theTableIsThePropensities() throws {
    let table = ActionTable(cellCount: 2, armCount: 3, values: [0.2, 0.5, 0.3, 0, 1, 0])
    let policy = try TablePolicy(table)
    #expect(ActionTable(of: policy, cellCount: 2) == table)
    var rng = Philox(StreamKey(seed: 1, purpose: .policy))
    for _ in 0..<100 { #expect(policy.choose(in: Context(cell: 1), using: &rng) == Arm(1)) }
    #expect(table.greedy.values == [0, 1, 0, 0, 1, 0])
  }

  @Test func aFixedPolicyKnowsItsCells() {
    let policy = FixedPolicy([Arm(2), Arm(0)], armCount: 3)
    #expect(policy.propensities(in: Context(cell: 0)) == [0, 0, 1])
    #expect(policy.propensities(in: Context(cell: 1)) == [1, 0, 0])
  }
}
