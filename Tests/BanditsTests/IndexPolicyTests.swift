import Bandits
import Foundation
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

  @Test func multiplicativeChernoffBounds() {
    var policy = ChernoffUCB(armCount: 3)
    #expect(policy.bounds(in: Context()) == [.infinity, .infinity, .infinity])
    train(&policy)
    // x̄ + √(2x̄L/n) + 2L/n with L = ½ ln 19, by Python 3's math.
    for (found, expected) in zip(
      policy.bounds(in: Context()), [0.8916528637554848, 0.5888877958332881, 2.5940781269547353])
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
    for policy in [UCB1(armCount: 4), ChernoffUCB(armCount: 4), KLUCB(armCount: 4)] as [any Policy]
    {
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
