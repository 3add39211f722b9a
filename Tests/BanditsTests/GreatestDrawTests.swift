import Bandits
import Foundation
import Probability
import TestSupport
import Testing

/// The quadrature against others, over laws of very different shapes and widths.
@Suite struct GreatestDrawTests {
  /// Thompson sampling of beta laws through the quadrature: offers that cost nothing have one price.
  func policy(_ prior: BetaDistribution, armCount: Int) -> BudgetedThompson {
    BudgetedThompson(
      BudgetedThompson.Terms(
        margins: Array(repeating: 1, count: armCount),
        costs: Array(repeating: 0, count: armCount), budget: 0, sessions: 1), prior: prior)
  }

  @Test func betaLawsAsByTheirOwnQuadrature() {
    var rng = Philox(StreamKey(seed: 6, purpose: .generation))
    for trial in 0..<60 {
      let armCount = 2 + trial % 5
      let prior = BetaDistribution(
        alpha: 0.5 + rng.uniform(), beta: 0.5 + 40 * rng.uniform() * rng.uniform())
      var policy = policy(prior, armCount: armCount)
      for arm in 0..<armCount {
        for _ in 0..<rng.index(below: 400) {
          policy.learn(Arm(arm), reward: rng.uniform(), in: Context())
        }
      }
      let expected = BetaComparison.probabilitiesOfBest(policy.posteriors(in: Context()))
      for (found, expected) in zip(policy.propensities(in: Context()), expected) {
        #expect(abs(found - expected) < 1e-12)
      }
    }
  }

  @Test(arguments: [1e-150, 1e-18, 1e-6, 1.0, 1e6, 1e18])
  func twoNormalLawsInClosedForm(_ variance: Double) {
    for (first, second) in [(0.1, 0.2), (-1.0, 2), (0.0, 0), (1e5, 1e5 + 1e-3)] {
      var policy = GaussianThompson(
        armCount: 2, prior: .knownVariance(mean: NormalDistribution(), variance: variance))
      policy.learn(Arm(0), reward: first, in: Context())
      for _ in 0..<3 { policy.learn(Arm(1), reward: second, in: Context()) }
      let variances = (1 / (1 + 1 / variance), 1 / (1 + 3 / variance))
      let difference =
        policy.meanReward(Arm(0), in: Context()) - policy.meanReward(Arm(1), in: Context())
      let expected = StandardNormal.cdf(difference / (variances.0 + variances.1).squareRoot())
      let propensities = policy.propensities(in: Context())
      // Where the laws are narrower than the doubles about them, the places alone decide.
      let ulp = max(abs(first), abs(second)).ulp
      let slack = 1e-12 + 4 * ulp / (variances.0 + variances.1).squareRoot()
      #expect(abs(propensities[0] - expected) < slack)
      #expect(abs(propensities[0] + propensities[1] - 1) < 1e-12)
    }
  }

  @Test(arguments: [0.05, 0.5, 3, 1e5])
  func heavyTailsOfOneLawShareEqually(_ shape: Double) {
    let policy = GaussianThompson(
      armCount: 4,
      prior: .unknownVariance(
        mean: 3, observations: 1e-3, variance: InverseGammaDistribution(shape: shape, scale: 1)))
    for propensity in policy.propensities(in: Context()) {
      #expect(abs(propensity - 0.25) < 1e-12)
    }
  }

  /// Posteriors of every scale beside one another: some narrower than doubles, some whose tails no other
  /// law reaches.
  @Test func posteriorsOfAnyScale() {
    var rng = Philox(StreamKey(seed: 77, purpose: .generation))
    func power(_ from: Double, _ to: Double) -> Double {
      exp((from + (to - from) * rng.uniform()) * 2.302_585)
    }
    for trial in 0..<300 {
      let prior =
        trial % 2 == 0
        ? GaussianThompson.Prior.knownVariance(
          mean: NormalDistribution(mean: power(-5, 5), standardDeviation: power(-10, 10)),
          variance: power(-30, 30))
        : .unknownVariance(
          mean: rng.uniform(), observations: power(-4, 4),
          variance: InverseGammaDistribution(shape: power(-1.5, 4), scale: power(-10, 10)))
      let armCount = 2 + rng.index(below: 5)
      var policy = GaussianThompson(armCount: armCount, prior: prior)
      for arm in 0..<armCount {
        let scale = trial % 3 == 0 ? power(-90, 90) : power(-3, 3)
        for _ in 0..<rng.index(below: 60) {
          policy.learn(Arm(arm), reward: scale * (rng.uniform() - 0.3), in: Context())
        }
      }
      let propensities = policy.propensities(in: Context())
      #expect(propensities.allSatisfy { 0 <= $0 && $0 <= 1 })
      #expect(abs(propensities.reduce(0, +) - 1) < 1e-12)
      guard trial % 15 < 2 else { continue }
      var counts = Array(repeating: 0.0, count: armCount)
      for _ in 0..<10_000 { counts[policy.choose(in: Context(), using: &rng).index] += 1 }
      for (count, p) in zip(counts, propensities) {
        let error = (p * (1 - p) / 10_000).squareRoot()
        #expect(abs(count / 10_000 - p) <= 5 * error + 1e-3)
      }
    }
  }
}
