import Bandits
import Inference
import Testing

@Suite struct VerdictTests {
  /// Russo's design.
  let world: RetentionWorld

  init() throws {
    world = RetentionWorld(try BernoulliWorld(rates: [0.1, 0.2, 0.3, 0.4, 0.5]))
  }

  // Sessions until the posterior probability of an arm's being best reaches 0.95, by an independent C++
  // program (400-point quadrature after every session): top-two Thompson sampling 331.3 ± 9.3 (1,000
  // replications, 0.978 right), uniform sampling 627.7 ± 54 (200, 0.945 right).
  @Test func topTwoNeedsHalfOfWhatUniformSamplingNeeds() async {
    let simulation = Simulation(replications: 300, horizon: 20_000, seed: 80)
    let rule = VerdictRule(confidence: 0.95)
    let topTwo = await simulation.verdicts(
      TopTwo(ThompsonSampling(armCount: 5)), in: world, by: rule, threads: 2)
    #expect(topTwo.undecided == 0 && topTwo.falseWinnerRate.trials == 300)
    check(topTwo.sessions, 331.3, 9.3)
    #expect(topTwo.falseWinners <= 18)
    let uniform = await simulation.verdicts(
      UniformPolicy(armCount: 5), in: world, by: rule, threads: 2)
    check(uniform.sessions, 627.7, 54)
    #expect(uniform.correct > 265)
  }

  @Test func verdictsDoNotDependOnTheNumberOfThreads() async {
    let simulation = Simulation(replications: 13, horizon: 600, seed: 81)
    let rule = VerdictRule(confidence: 0.9, every: 10)
    let policy = ThompsonSampling(armCount: 5)
    let one = await simulation.verdicts(policy, in: world, by: rule)
    let three = await simulation.verdicts(policy, in: world, by: rule, threads: 3)
    #expect(one == three)
    #expect(one.correct + one.falseWinners + one.undecided == 13)
  }

  private func check(_ found: Moments, _ mean: Double, _ error: Double) {
    let joint = (found.standardError * found.standardError + error * error).squareRoot()
    #expect(abs(found.mean - mean) < 4 * joint)
  }
}
