import Bandits
import Inference
import Probability
import TestSupport
import Testing

/// The posterior of logistic coefficients, by grids in Reference/contextual.py, against Pólya-gamma draws
/// of it and against Laplace's normal law.
@Suite struct PolyaGammaPosteriorTests {
  let posteriors: [ContextualSessions.Posterior]

  init() throws { posteriors = try ContextualSessions().reference.posteriors }

  /// Two cells: an intercept and a dummy.
  func policy(_ posterior: ContextualSessions.Posterior) -> LogisticThompson {
    var policy = LogisticThompson(
      armCount: 3, features: ContextFeatures(crossing: [2]),
      prior: CoefficientPrior(featureCount: 2, variance: 1.5), refitGrowth: 0)
    for (arm, cells) in posterior.tables.enumerated() {
      for (cell, tally) in cells.enumerated() {
        policy.learn(
          Arm(arm), successes: tally[0], failures: tally[1], in: Context(cell: cell))
      }
    }
    return policy
  }

  func chains(_ posterior: ContextualSessions.Posterior, _ drawCount: Int) -> [PolyaGammaPosterior]
  {
    let policy = policy(posterior)
    return (0..<3).map { arm in
      var rng = Philox(StreamKey(seed: 8, purpose: .posterior, index: UInt64(arm)))
      return PolyaGammaPosterior(of: Arm(arm), in: policy, drawCount: drawCount, using: &rng)
    }
  }

  /// The mean of a chain and its error, by the means of fifty stretches.
  func moments(_ chain: [Double]) -> (mean: Double, error: Double, deviation: Double) {
    let length = chain.count / 50
    let stretches = Moments((0..<50).map { Moments(chain[$0 * length..<($0 + 1) * length]).mean })
    return (stretches.mean, stretches.standardError, Moments(chain).variance.squareRoot())
  }

  @Test(arguments: [(0, 20_000), (1, 4_000), (2, 2_000)])
  func drawsHaveTheMomentsOfThePosterior(_ which: Int, _ drawCount: Int) {
    let posterior = posteriors[which]
    let chains = chains(posterior, drawCount)
    for arm in 0..<3 {
      for cell in 0..<2 {
        let found = moments(chains[arm].logOdds(in: Context(cell: cell)))
        let expected = posterior.moments[2 * arm + cell]
        #expect(abs(found.mean - expected[0]) < 4 * found.error)
        #expect(found.error < 0.06 * expected[1])
        #expect(relativeError(found.deviation, expected[1]) < 0.1)
      }
      // The intercept is the log-odds of the first cell.
      let first = Moments(chains[arm].logOdds(in: Context(cell: 0))).mean
      #expect(relativeError(chains[arm].mean[0], first) < 1e-12)
    }
    for cell in 0..<2 {
      let found = PolyaGammaPosterior.probabilitiesOfBest(chains, in: Context(cell: cell))
      #expect(abs(found.reduce(0, +) - 1) < 1e-12)
      #expect(ContextualSessions.distance(found, posterior.propensities[cell]) < 0.02)
    }
  }

  /// How far Laplace is off, in standard deviations of the log-odds and in propensity.
  func error(of posterior: ContextualSessions.Posterior) -> (mean: Double, propensity: Double) {
    let policy = policy(posterior)
    var (mean, propensity) = (0.0, 0.0)
    for cell in 0..<2 {
      for arm in 0..<3 {
        let expected = posterior.moments[2 * arm + cell]
        let found = policy.logOdds(of: Arm(arm), in: Context(cell: cell))
        mean = max(mean, abs(found.mean - expected[0]) / expected[1])
      }
      let found = policy.propensities(in: Context(cell: cell))
      propensity = max(
        propensity, ContextualSessions.distance(found, posterior.propensities[cell]))
    }
    return (mean, propensity)
  }

  /// By a quarter of a standard deviation and three points of propensity, however many sessions there are
  /// of which few were saved; where twenty were in each cell, by a fifteenth and half a point.
  @Test func laplaceIsOffWhereSavesAreFew() {
    for posterior in posteriors.dropLast() {
      let error = error(of: posterior)
      #expect(0.2 < error.mean && error.mean < 0.3)
      #expect(0.025 < error.propensity && error.propensity < 0.04)
    }
    let error = error(of: posteriors[2])
    #expect(error.mean < 0.07 && error.propensity < 0.006)
  }
}
