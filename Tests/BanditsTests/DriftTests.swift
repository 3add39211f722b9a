import Bandits
import Probability
import TestSupport
import Testing

@Suite struct DriftTests {
  @Test func oldSessionsFade() {
    var policy = DiscountedThompson(armCount: 2, discount: 0.5)
    policy.learn(Arm(0), reward: 1, in: Context())
    policy.learn(Arm(1), reward: 0, in: Context())
    policy.learn(Arm(0), reward: 0, in: Context())
    let posteriors = policy.posteriors(in: Context())
    #expect(posteriors[0] == BetaDistribution(alpha: 1.25, beta: 2))
    #expect(posteriors[1] == BetaDistribution(alpha: 1, beta: 1.5))
  }

  @Test func withoutDiscountItIsThompsonSampling() {
    var (drifting, plain) = (
      DiscountedThompson(armCount: 2, discount: 1), ThompsonSampling(armCount: 2)
    )
    for step in 0..<50 {
      drifting.learn(Arm(step % 2), reward: step % 5 == 0 ? 1 : 0, in: Context())
      plain.learn(Arm(step % 2), reward: step % 5 == 0 ? 1 : 0, in: Context())
    }
    #expect(drifting.posteriors(in: Context()) == plain.posteriors(in: Context()))
  }

  @Test func aWindowHoldsTheLatestSessions() {
    var policy = SlidingWindowThompson(armCount: 2, cellCount: 2, sessionCount: 3)
    for (arm, reward) in [(0, 1.0), (0, 1), (1, 0.25), (1, 1), (0, 0)] {
      policy.learn(Arm(arm), reward: reward, in: Context(cell: 1))
    }
    let posteriors = policy.posteriors(in: Context(cell: 1))
    #expect(posteriors[0] == BetaDistribution(alpha: 1, beta: 2))
    #expect(posteriors[1] == BetaDistribution(alpha: 2.25, beta: 1.75))
    #expect(policy.posteriors(in: Context(cell: 0))[0] == .uniform)
  }

  @Test func fractionsLeaveNothingBehind() {
    var policy = SlidingWindowThompson(armCount: 2, sessionCount: 7)
    for step in 0..<10_000 {
      policy.learn(Arm(0), reward: Double(step % 10) / 10, in: Context())
    }
    for _ in 0..<7 { policy.learn(Arm(1), reward: 0.1, in: Context()) }
    #expect(policy.posteriors(in: Context())[0] == .uniform)
  }

  /// The sessions shown the best arm, in a world whose arms change places halfway.
  func optimal(_ policy: some Policy, seed: UInt64) -> Int {
    var policy = policy
    var choices = Philox(StreamKey(seed: seed, purpose: .policy))
    var customers = Philox(StreamKey(seed: seed, purpose: .world))
    var count = 0
    for time in 0..<4_000 {
      let best = time < 2_000 ? 0 : 1
      let arm = policy.choose(in: Context(), using: &choices)
      let saved = customers.uniform() < (arm.index == best ? 0.6 : 0.3)
      policy.learn(arm, reward: saved ? 1 : 0, in: Context())
      count += arm.index == best ? 1 : 0
    }
    return count
  }

  @Test func aPolicyThatForgetsFollowsAChange() {
    for seed in UInt64(0)..<10 {
      let plain = optimal(ThompsonSampling(armCount: 2), seed: seed)
      #expect(optimal(DiscountedThompson(armCount: 2, discount: 0.99), seed: seed) > plain)
      #expect(optimal(SlidingWindowThompson(armCount: 2, sessionCount: 200), seed: seed) > plain)
    }
  }
}
