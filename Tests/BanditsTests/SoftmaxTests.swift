import Bandits
import Probability
import TestSupport
import Testing

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
