import Bandits
import Inference

/// Sessions until the posterior names a winner of five arms, 0.1 to 0.5.
enum Verdicts {
  static func run(replications: Int) async throws {
    let world = RetentionWorld(try BernoulliWorld(rates: [0.1, 0.2, 0.3, 0.4, 0.5]))
    let simulation = Simulation(replications: replications, horizon: 1_000_000, seed: 2020)
    let plain = ThompsonSampling(armCount: 5)
    print("policy,confidence,replications,sessions,standard_error,false_winners")
    for confidence in [0.9, 0.95, 0.99] {
      let rule = VerdictRule(confidence: confidence)
      let summaries = [
        ("top-two", await simulation.verdicts(TopTwo(plain), in: world, by: rule, threads: 2)),
        (
          "uniform",
          await simulation.verdicts(
            UniformPolicy(armCount: 5), in: world, by: rule, threads: 2)
        ),
        ("thompson", await simulation.verdicts(plain, in: world, by: rule, threads: 2)),
      ]
      for (name, summary) in summaries {
        print(
          "\(name),\(confidence),\(replications),\(summary.sessions.mean),"
            + "\(summary.sessions.standardError),\(summary.falseWinners)")
      }
    }
  }
}
