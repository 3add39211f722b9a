import Bandits
import Probability
import TestSupport
import Testing

// Tables by mpmath 1.3.0: quadrature at 30 digits.

@Suite struct GammaPoissonThompsonTests {
  @Test func threeArms() {
    var policy = GammaPoissonThompson(
      armCount: 3, prior: GammaDistribution(shape: 0.5, scale: 2))
    for reward in [3.0, 1, 0] { policy.learn(Arm(0), reward: reward, in: Context()) }
    policy.learn(Arm(1), reward: 2, in: Context())
    #expect(policy.posteriors(in: Context())[0].shape == 4.5)
    #expect(relativeError(policy.posteriors(in: Context())[0].scale, 1 / 3.5) < 1e-15)
    for (found, expected) in zip(
      policy.propensities(in: Context()),
      [0.31456941553144694, 0.49205010195238375, 0.19338048251616931])
    {
      #expect(relativeError(found, expected) < 1e-12)
    }
  }

  @Test func twoArmsInClosedForm() {
    // λ₀ ~ Gamma(3, 2) and λ₁ ~ Gamma(1, 2): 1 − P(Beta(3, 1) < ½) = 7/8.
    var policy = GammaPoissonThompson(armCount: 2)
    policy.learn(Arm(0), reward: 2, in: Context())
    policy.learn(Arm(1), reward: 0, in: Context())
    #expect(relativeError(policy.propensities(in: Context())[0], 0.875) < 1e-14)
  }
}
