import Bandits
import Foundation
import Inference
import Probability
import TestSupport
import Testing

/// A world whose log-odds are additive in two factors, six segments and five reasons to cancel, with
/// coefficients of their own for each of four offers; each is the best somewhere.
@Suite struct ContextualRegretTests {
  let world: BernoulliWorld
  let features = ContextFeatures(crossing: [6, 5])

  init() throws {
    var rng = Philox(StreamKey(seed: 12, purpose: .generation))
    let effects = (0..<4).map { _ in
      (0..<11).map { _ in 0.6 * StandardNormal.draw(using: &rng) }
    }
    let rates = (0..<30).flatMap { cell in
      effects.map { effects in
        let logOdds: Double = -1.4 + effects[cell / 5] + effects[6 + cell % 5]
        return 1 / (1 + exp(-logOdds))
      }
    }
    world = try BernoulliWorld(rates: ActionTable(cellCount: 30, armCount: 4, values: rates))
  }

  func regret(_ policy: some Policy) async -> Moments {
    let simulation = Simulation(replications: 20, horizon: 3_000, seed: 71)
    return await simulation.run(policy, in: world, threads: 2).points[0].regret
  }

  /// Of 40 replications: a posterior a cell loses 254 ± 3, one prior for the cells of an arm 221 ± 6, the
  /// logistic model 143 ± 3, its diagonal form 162 ± 4, the linear model 121 ± 3, LinUCB 98 ± 7.
  @Test func learningByFeaturesBeatsLearningByCell() async {
    let cells = await regret(ThompsonSampling(armCount: 4, cellCount: 30))
    let prior = CoefficientPrior(featureCount: 10, variance: 1)
    let others = [
      await regret(LogisticThompson(armCount: 4, features: features, prior: prior)),
      await regret(DiagonalLogisticThompson(armCount: 4, features: features, prior: prior)),
      await regret(
        LinearThompson(
          armCount: 4, features: features,
          prior: CoefficientPrior(featureCount: 10, variance: 0.1), noise: .known(variance: 0.16))),
      await regret(LinUCB(armCount: 4, features: features, alpha: 0.5)),
    ]
    for other in others {
      let error = (cells.variance / 20 + other.variance / 20).squareRoot()
      #expect(other.mean + 4 * error < cells.mean)
      #expect(other.mean < 0.75 * cells.mean)
    }
  }
}
