import Bandits
import Foundation
import Inference
import Probability
import TestSupport
import Testing

@Suite struct IndexPolicyTests {
  /// The rewards of three arms: 3 of 10, 0 of 5, 4 of 4; 19 in all.
  func train(_ policy: inout some Policy) {
    for (arm, successes, sessions) in [(0, 3, 10), (1, 0, 5), (2, 4, 4)] {
      for step in 0..<sessions {
        policy.learn(Arm(arm), reward: step < successes ? 1 : 0, in: Context())
      }
    }
  }

  @Test func hoeffdingBounds() {
    var policy = UCB1(armCount: 3)
    #expect(policy.bounds(in: Context()) == [.infinity, .infinity, .infinity])
    train(&policy)
    // x̄ + √(2 ln 19/n), by mpmath 1.3.0.
    for (found, expected) in zip(
      policy.bounds(in: Context()), [1.0673902500249062, 1.0852536992181027, 2.213350522142394])
    {
      #expect(relativeError(found, expected) < 1e-14)
    }
    #expect(policy.propensities(in: Context()) == [0, 0, 1])
  }

  @Test func chernoffBounds() {
    var policy = KLUCB(armCount: 3)
    train(&policy)
    // Roots of n KL(x̄, q) = ln 19, by mpmath 1.3.0.
    for (found, expected) in zip(
      policy.bounds(in: Context()), [0.67537664567294586, 0.44505584717164572, 1])
    {
      #expect(relativeError(found, expected) < 1e-14)
    }
  }

  @Test(arguments: [1e-9, 1e-3, 0.5, 0.999, 1 - 1e-9])
  func aBoundIsARootWhereverItLies(_ mean: Double) {
    // Through a policy of one arm: n rewards of the mean give KL(mean, q) = ln n/n.
    for n in [2, 40, 3_000] {
      var policy = KLUCB(armCount: 1)
      for _ in 0..<n { policy.learn(Arm(0), reward: mean, in: Context()) }
      let bound = policy.bounds(in: Context())[0]
      #expect(mean <= bound && bound <= 1)
      // Up to the bound the divergence is within its limit, and just above beyond it.
      let limit = log(Double(n)) / Double(n)
      #expect(divergence(mean, min(bound, 1 - 0x1p-53)) < limit * (1 + 1e-9))
      let beyond = divergence(mean, bound + 1e-6 * (1 - bound))
      #expect(bound == 1 || beyond > limit * (1 - 1e-6))
    }
  }

  @Test func tiesShareEqually() {
    for policy in [UCB1(armCount: 4), KLUCB(armCount: 4)] as [any Policy] {
      #expect(policy.propensities(in: Context()) == [0.25, 0.25, 0.25, 0.25])
      var policy = policy
      policy.learn(Arm(1), reward: 1, in: Context())
      let third = 1.0 / 3
      #expect(policy.propensities(in: Context()) == [third, 0, third, third])
    }
  }
}

/// `KL(p, q)` of Bernoulli laws.
private func divergence(_ p: Double, _ q: Double) -> Double {
  p * log(p / q) + (1 - p) * (log1p(-p) - log1p(-q))
}

@Suite struct SoftmaxTests {
  @Test func theOddsOfTwoArms() {
    var policy = Softmax(armCount: 2, temperature: 0.5)
    policy.learn(Arm(0), reward: 1, in: Context())
    policy.learn(Arm(1), reward: 0, in: Context())
    // 1/(1 + e⁻²), by mpmath 1.3.0.
    let first = policy.propensities(in: Context())[0]
    #expect(relativeError(first, 0.88079707797788244) < 1e-15)
  }

  @Test func aSmallTemperatureOverflowsNothing() {
    var policy = Softmax(armCount: 2, temperature: 1e-300)
    policy.learn(Arm(0), reward: 1e9, in: Context())
    #expect(policy.propensities(in: Context()) == [1, 0])
  }
}

@Suite struct ExploreThenCommitTests {
  @Test func itTestsAndThenCommitsForGood() {
    var policy = ExploreThenCommit(armCount: 2, sessionsPerArm: 2)
    #expect(policy.propensities(in: Context()) == [0.5, 0.5])
    policy.learn(Arm(0), reward: 1, in: Context())
    policy.learn(Arm(0), reward: 0, in: Context())
    #expect(policy.propensities(in: Context()) == [0, 1])
    policy.learn(Arm(1), reward: 0, in: Context())
    policy.learn(Arm(1), reward: 0, in: Context())
    #expect(policy.isCommitted(in: Context()))
    #expect(policy.propensities(in: Context()) == [1, 0])
    for _ in 0..<100 { policy.learn(Arm(1), reward: 1, in: Context()) }
    #expect(policy.propensities(in: Context()) == [1, 0])
  }
}

/// What policies lose in a world of ten arms, one at 50 % and nine at 40 %.
@Suite struct PolicyRegretTests {
  let world: BernoulliWorld

  init() throws { world = try BernoulliWorld(rates: [0.5] + Array(repeating: 0.4, count: 9)) }

  func regret(_ policy: some Policy) async -> [Double] {
    let simulation = Simulation(
      replications: 40, horizon: 20_000, checkpoints: [2_000, 20_000], seed: 11)
    let curve = await simulation.run(policy, in: world, threads: 2)
    return curve.points.map(\.regret.mean)
  }

  /// The slope of an optimal policy is that of Lai and Robbins, 44.7 a unit of ln t, less by a term of
  /// order ln ln t; one that never learns pays 0.09 a session.
  @Test func theSlopeOfKLUCBIsThatOfLaiAndRobbins() async {
    let kl = await regret(KLUCB(armCount: 10))
    let ucb = await regret(UCB1(armCount: 10))
    let slope = (kl[1] - kl[0]) / 2.302_585
    #expect(relativeError(world.laiRobbinsSlope, 44.697) < 1e-4)
    let ratio = slope / world.laiRobbinsSlope
    #expect(0.5 < ratio && ratio < 2.5)
    // UCB1 has twice to eight times the constant.
    #expect(ucb[1] > 1.5 * kl[1])
    #expect(ucb[1] < 1_800)
  }

  @Test func aTemperatureThatDoesNotFallCostsInProportionToTime() async {
    let regret = await regret(Softmax(armCount: 10, temperature: 0.2, initialMean: 0.5))
    // Once the means are known: Δ · 9/(9 + √e) a session.
    let rate = 0.1 * 9 / (9 + 1.648_721)
    let late = (regret[1] - regret[0]) / 18_000
    #expect(relativeError(late, rate) < 0.05)
  }

  @Test func aTestOfEnoughSessionsCommitsToTheBest() async {
    let regret = await regret(ExploreThenCommit(armCount: 10, sessionsPerArm: 200))
    // Nine arms cost 0.1 for each of their 200 sessions, 180 in all.
    #expect(relativeError(regret[0], 180) < 1e-9)
    // The worst would cost 1,800 more.
    #expect(regret[1] < 500)
  }
}
