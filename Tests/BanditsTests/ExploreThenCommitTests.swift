import Bandits
import Testing

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
