import Bandits
import Foundation
import Inference
import Probability

/// Regret of policies that learn by cell and by the features of cells, in worlds whose log-odds are additive in
/// two factors: six segments and five reasons to cancel, four offers.
enum Features {
  static func run(replications: Int) async throws {
    let features = ContextFeatures(crossing: [6, 5])
    let prior = CoefficientPrior(featureCount: features.featureCount, variance: 1)
    let narrow = CoefficientPrior(featureCount: features.featureCount, variance: 0.1)
    let policies: [(String, any Policy)] = [
      ("thompson", ThompsonSampling(armCount: 4, cellCount: 30)),
      ("hierarchicalThompson", HierarchicalThompson(armCount: 4, cellCount: 30)),
      ("logisticThompson", LogisticThompson(armCount: 4, features: features, prior: prior)),
      (
        "logisticThompson, never refitted",
        LogisticThompson(armCount: 4, features: features, prior: prior, refitGrowth: nil)
      ),
      (
        "diagonalLogisticThompson",
        DiagonalLogisticThompson(armCount: 4, features: features, prior: prior)
      ),
      (
        "linearThompson",
        LinearThompson(
          armCount: 4, features: features, prior: narrow, noise: .known(variance: 0.16))
      ),
      ("linUCB", LinUCB(armCount: 4, features: features, alpha: 0.5)),
    ]
    print("world,policy,sessions,replications,regret,standard_error")
    for seed in 1...5 as ClosedRange<UInt64> {
      let world = try world(seed: seed)
      for (name, policy) in policies {
        for (time, regret) in await curve(policy, in: world, replications: replications) {
          print(
            "\(seed),\"\(name)\",\(time),\(replications),\(regret.mean),\(regret.standardError)")
        }
      }
    }
  }

  /// Log-odds of −1.4 in the mean, and normal effects of deviation 0.6 for each offer and level.
  private static func world(seed: UInt64) throws -> BernoulliWorld {
    var rng = Philox(StreamKey(seed: seed, purpose: .generation))
    let effects = (0..<4).map { _ in
      (0..<11).map { _ in 0.6 * StandardNormal.draw(using: &rng) }
    }
    let rates = (0..<30).flatMap { cell in
      effects.map { effects in
        let logOdds: Double = -1.4 + effects[cell / 5] + effects[6 + cell % 5]
        return 1 / (1 + exp(-logOdds))
      }
    }
    return try BernoulliWorld(rates: ActionTable(cellCount: 30, armCount: 4, values: rates))
  }

  private static func curve(
    _ policy: some Policy, in world: BernoulliWorld, replications: Int
  ) async -> [(Int, Moments)] {
    let simulation = Simulation(
      replications: replications, horizon: 10_000, checkpoints: [1_000, 3_000, 10_000], seed: 71)
    let curve = await simulation.run(policy, in: world, threads: 2)
    return curve.points.map { ($0.time, $0.regret) }
  }
}
