import Bandits
import Probability
import TestSupport
import Testing

// Tables by mpmath 1.3.0: quadrature at 30 digits.

@Suite struct GaussianThompsonTests {
  /// Three arms: one shown three times, one twice, one never.
  func trained(_ prior: GaussianThompson.Prior) -> GaussianThompson {
    var policy = GaussianThompson(armCount: 3, prior: prior)
    for reward in [1.0, 2, 4] { policy.learn(Arm(0), reward: reward, in: Context()) }
    for reward in [0.0, 3] { policy.learn(Arm(1), reward: reward, in: Context()) }
    return policy
  }

  @Test func knownVariance() {
    let policy = trained(
      .knownVariance(mean: NormalDistribution(mean: 1, standardDeviation: 2), variance: 3))
    for (found, expected) in zip(
      policy.propensities(in: Context()),
      [0.51192742852469328, 0.22024116957632505, 0.26783140189898167])
    {
      #expect(relativeError(found, expected) < 1e-13)
    }
  }

  @Test func unknownVariance() {
    let policy = trained(
      .unknownVariance(
        mean: 1, observations: 0.5, variance: InverseGammaDistribution(shape: 1.5, scale: 2)))
    for (found, expected) in zip(
      policy.propensities(in: Context()),
      [0.54821057995566436, 0.20000570773312326, 0.25178371231121238])
    {
      #expect(relativeError(found, expected) < 1e-12)
    }
  }

  @Test func armsOfOneAreAlone() {
    let policy = GaussianThompson(
      armCount: 1, prior: .knownVariance(mean: NormalDistribution(), variance: 1))
    #expect(policy.propensities(in: Context()) == [1])
  }

  /// One mean known to nine digits among loose ones: a peak that no fixed grid would meet. The arm
  /// not shown has the prior, so that P(it is greatest) is 1 − Φ(0.3) to those digits.
  @Test func aPeakAsNarrowAsOneInABillionIsFound() {
    var policy = GaussianThompson(
      armCount: 2, prior: .knownVariance(mean: NormalDistribution(), variance: 1e-18))
    policy.learn(Arm(0), reward: 0.3, in: Context())
    let propensities = policy.propensities(in: Context())
    #expect(relativeError(propensities[1], StandardNormal.survival(0.3)) < 1e-12)
    #expect(relativeError(propensities[0], StandardNormal.cdf(0.3)) < 1e-12)
  }
}
