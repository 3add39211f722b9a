import Bandits
import Inference
import Probability
import TestSupport
import Testing

@Suite struct ReplayTests {
  let world: BernoulliWorld

  init() throws { world = try BernoulliWorld(rates: [0.1, 0.3, 0.5, 0.2]) }

  @Test func aUniformLogKeepsOneInK() throws {
    let log = try syntheticLog(
      of: world, by: uniformTable(cells: 1, arms: 4), sessions: 40_000, seed: 1)
    let outcome = try ReplayMatching(seed: 2).replay(UniformPolicy(armCount: 4), over: log)
    // Binomial(40,000, ¼): four standard errors are 0.87 points.
    #expect(abs(outcome.acceptanceRate - 0.25) < 0.0087)
    #expect(outcome.matches == Int((outcome.acceptanceRate * 40_000).rounded()))
    #expect(outcome.estimate.interval(level: 0.9999).contains(0.275))
  }

  @Test func aLearningPolicyFindsTheBestArm() throws {
    let log = try syntheticLog(
      of: world, by: uniformTable(cells: 1, arms: 4), sessions: 40_000, seed: 1)
    let start = ThompsonSampling(armCount: 4)
    let outcome = try ReplayMatching(seed: 2).replay(start, over: log)
    let learnt = outcome.policy.posteriors(in: Context()).map { $0.alpha + $0.beta - 2 }
    #expect(learnt.reduce(0, +) == Double(outcome.matches))
    // After t sessions the other arms are still chosen at about Σ 1/(t KL) = 0.2 %.
    #expect(outcome.policy.propensities(in: Context())[2] > 0.99)
    // Ten thousand sessions of learning: almost the best rate, 0.5.
    #expect(outcome.estimate.value > 0.48 && outcome.estimate.value < 0.52)
    #expect(start == ThompsonSampling(armCount: 4))
  }

  @Test func aLogWithoutMatchesIsRefusedByName() throws {
    let log = try DecisionLog(
      arms: [0, 0, 1], rewards: [1, 0, 1], propensities: [1.0 / 3, 1.0 / 3, 1.0 / 3],
      cells: [0, 0, 0], armCount: 3, cellCount: 1)
    #expect(throws: OffPolicyError.noMatches(rows: 3)) {
      try ReplayMatching(seed: 1, floors: .none)
        .replay(FixedPolicy(Arm(2), armCount: 3), over: log)
    }
  }

  @Test func aLogThatIsNotUniformIsRefusedByName() throws {
    let log = try DecisionLog(
      arms: [0, 1], rewards: [1, 0], propensities: [0.5, 0.4], cells: [0, 0], armCount: 2,
      cellCount: 1)
    #expect(throws: OffPolicyError.notUniform(row: 1, propensity: 0.4)) {
      try ReplayMatching(seed: 1, floors: .none)
        .estimate(uniformTable(cells: 1, arms: 2), on: log)
    }
  }

  // The design of "demo_simpsons_paradox_propensity" of the R package contextual: men like sport
  // .4 and movies .3, women .8 and .7. An editor's log turns the order round; weights restore it.
  @Test func weightsUndoSimpsonsParadox() throws {
    let world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 2, values: [0.4, 0.3, 0.8, 0.7]))
    let editor = ActionTable(cellCount: 2, armCount: 2, values: [0.75, 0.25, 0.25, 0.75])
    let log = try syntheticLog(of: world, by: editor, sessions: 40_000, seed: 5)
    // Var(wr) = Σ ½ rate / p − truth², from the design.
    let spreads = [
      0.5 * 0.4 / 0.75 + 0.5 * 0.8 / 0.25 - 0.36, 0.5 * 0.3 / 0.25 + 0.5 * 0.7 / 0.75 - 0.25,
    ]
    for (arm, truth, naive) in [(0, 0.6, 0.5), (1, 0.5, 0.6)] {
      let rows = (0..<log.count).filter { Int(log.arms[$0]) == arm }
      let mean = rows.reduce(0) { $0 + log.rewards[$1] } / Double(rows.count)
      #expect(abs(mean - naive) < 0.015)
      let always = ActionTable(of: FixedPolicy(Arm(arm), armCount: 2), cellCount: 2)
      let estimate = try ImportanceSampling().estimate(always, on: log)
      #expect(estimate.interval(level: 0.9999).contains(truth))
      #expect(abs(estimate.standardError / (spreads[arm].squareRoot() / 200) - 1) < 0.03)
    }
  }

  // The same design without chance: 4,000 sessions, every count as expected.
  @Test func weightsUndoSimpsonsParadoxExactly() throws {
    var (arms, rewards, propensities, cells): ([Int32], [Double], [Double], [Int32]) = (
      [], [], [], []
    )
    for (cell, arm, sessions, saved) in [
      (0, 0, 1_500, 600), (0, 1, 500, 150), (1, 0, 500, 400), (1, 1, 1_500, 1_050),
    ] {
      for session in 0..<sessions {
        arms.append(Int32(arm))
        cells.append(Int32(cell))
        rewards.append(session < saved ? 1 : 0)
        propensities.append(Double(sessions) / 2_000)
      }
    }
    let log = try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities, cells: cells, armCount: 2,
      cellCount: 2)
    for (arm, truth, naive) in [(0, 0.6, 0.5), (1, 0.5, 0.6)] {
      let rows = (0..<log.count).filter { Int(log.arms[$0]) == arm }
      #expect(rows.reduce(0) { $0 + log.rewards[$1] } / Double(rows.count) == naive)
      let always = ActionTable(of: FixedPolicy(Arm(arm), armCount: 2), cellCount: 2)
      let values = [
        try ImportanceSampling().estimate(always, on: log),
        try SelfNormalizedImportanceSampling().estimate(always, on: log),
        try DoublyRobust(model: CellRewardModel(seed: 1).fit(log)).estimate(always, on: log),
      ].map(\.value)
      for value in values { #expect(relativeError(value, truth) < 1e-13) }
    }
  }
}
