import Bandits
import Inference
import TestSupport
import Testing

/// What policies lose in a world of ten arms, one at 50 % and nine at 40 %.
@Suite struct PolicyRegretTests {
  let world: BernoulliWorld

  init() throws { world = try BernoulliWorld(rates: [0.5] + Array(repeating: 0.4, count: 9)) }

  func regret(_ policy: some Policy) async -> [Double] {
    let simulation = Simulation(
      replications: 40, horizon: 20_000, checkpoints: [2_000, 20_000], seed: 11)
    let curve = await simulation.run(policy, in: world, threads: 2)
    return curve.points.map(\.regret.mean)
  }

  /// The slope of an optimal policy is that of Lai and Robbins, 44.7 a unit of ln t, less by a term of
  /// order ln ln t; one that never learns pays 0.09 a session.
  @Test func theSlopeOfKLUCBIsThatOfLaiAndRobbins() async {
    let kl = await regret(KLUCB(armCount: 10))
    let ucb = await regret(UCB1(armCount: 10))
    let slope = (kl[1] - kl[0]) / 2.302_585
    #expect(relativeError(world.laiRobbinsSlope, 44.697) < 1e-4)
    let ratio = slope / world.laiRobbinsSlope
    #expect(0.5 < ratio && ratio < 2.5)
    // UCB1 has twice to eight times the constant.
    #expect(ucb[1] > 1.5 * kl[1])
    #expect(ucb[1] < 1_800)
  }

  @Test func aTemperatureThatDoesNotFallCostsInProportionToTime() async {
    let regret = await regret(Softmax(armCount: 10, temperature: 0.2, initialMean: 0.5))
    // Once the means are known: Δ · 9/(9 + √e) a session.
    let rate = 0.1 * 9 / (9 + 1.648_721)
    let late = (regret[1] - regret[0]) / 18_000
    #expect(relativeError(late, rate) < 0.05)
  }

  @Test func aTestOfEnoughSessionsCommitsToTheBest() async {
    let regret = await regret(ExploreThenCommit(armCount: 10, sessionsPerArm: 200))
    // Nine arms cost 0.1 for each of their 200 sessions, 180 in all.
    #expect(relativeError(regret[0], 180) < 1e-9)
    // The worst would cost 1,800 more.
    #expect(regret[1] < 500)
  }
}
