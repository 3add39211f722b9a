import Bandits
import Inference
import Probability
import Testing

@Suite struct RejectionReplayTests {
  let world: BernoulliWorld
  let logging = ActionTable(cellCount: 2, armCount: 3, values: [0.5, 0.3, 0.2, 0.25, 0.25, 0.5])
  let target = ActionTable(cellCount: 2, armCount: 3, values: [0.1, 0.3, 0.6, 0.5, 0.4, 0.1])

  init() throws {
    world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 3, values: [0.2, 0.3, 0.5, 0.4, 0.6, 0.3]))
  }

  @Test func theAcceptanceIsKnownBefore() throws {
    let log = try syntheticLog(of: world, by: logging, sessions: 30_000, seed: 12)
    let replay = RejectionReplay(seed: 3)
    // The greatest weight is 0.6/0.2 = 3.
    let expected = replay.expectedAcceptance(of: target, on: log)
    #expect(abs(expected - 1.0 / 3) < 1e-12)
    let estimate = try replay.estimate(target, on: log)
    // Binomial(30,000, ⅓): four standard errors are 1.1 points.
    #expect(abs(estimate.usedShare - expected) < 0.011)
    #expect(abs(estimate.effectiveSampleSize - estimate.usedShare * 30_000) < 1e-6)
    #expect(estimate.interval(level: 0.9999).contains(world.value(of: target)))
  }

  @Test func aTargetThatNeverAgreesHasNoMatches() throws {
    let log = try DecisionLog(
      arms: [0, 0], rewards: [1, 0], propensities: [0.5, 0.5], cells: [0, 0], armCount: 2,
      cellCount: 1)
    let other = ActionTable(cellCount: 1, armCount: 2, values: [0, 1])
    #expect(throws: OffPolicyError.noMatches(rows: 2)) {
      try RejectionReplay(seed: 1, floors: .none).estimate(other, on: log)
    }
  }

  // The history kept is that of a live run: over 300 logs the counts of the arms learnt have the means
  // of 300 live runs of as many sessions.
  @Test func whatIsLearntIsWhatALiveRunLearns() throws {
    let world = try BernoulliWorld(rates: [0.3, 0.6])
    let logging = ActionTable(cellCount: 1, armCount: 2, values: [0.7, 0.3])
    var (replayed, live, matches) = (Moments(), Moments(), 0)
    for index in 0..<300 {
      let log = try syntheticLog(
        of: world, by: logging, sessions: 300, seed: 40, index: UInt64(index))
      let outcome = try RejectionReplay(seed: UInt64(index), floors: .none)
        .replay(ThompsonSampling(armCount: 2), over: log)
      matches += outcome.matches
      let posterior = outcome.policy.posteriors(in: Context())[1]
      replayed.add((posterior.alpha + posterior.beta - 2) / Double(outcome.matches))
      var policy = ThompsonSampling(armCount: 2)
      var rng = Philox(StreamKey(seed: 41, purpose: .policy, index: UInt64(index)))
      for _ in 0..<outcome.matches {
        let arm = policy.choose(in: Context(), using: &rng)
        policy.learn(arm, reward: world.reward(of: arm, in: Context(), using: &rng), in: Context())
      }
      let own = policy.posteriors(in: Context())[1]
      live.add((own.alpha + own.beta - 2) / Double(outcome.matches))
    }
    // c = 0.3 of 90,000 sessions: four standard errors are 550.
    #expect(abs(Double(matches) - 27_000) < 550)
    let error = (replayed.variance / 300 + live.variance / 300).squareRoot()
    #expect(abs(replayed.mean - live.mean) < 4 * error)
  }

  // One in ten sessions is kept, of an arm that nearly all of them speak about.
  @Test func doublyRobustReplayIsTheSharperOfTwoThatAgree() throws {
    let world = try BernoulliWorld(rates: [0.3, 0.6])
    let logging = ActionTable(cellCount: 1, armCount: 2, values: [0.1, 0.9])
    let model = RewardModel(world.rates)
    var (kept, robust) = (Moments(), Moments())
    for index in 0..<300 {
      let log = try syntheticLog(
        of: world, by: logging, sessions: 400, seed: 50, index: UInt64(index))
      let policy = ThompsonSampling(armCount: 2)
      kept.add(
        try RejectionReplay(seed: 9, floors: .none).replay(policy, over: log).estimate.value)
      let outcome = try DoublyRobustReplay(model: model, seed: 9, floors: .none)
        .replay(policy, over: log)
      robust.add(outcome.estimate.value)
      #expect(outcome.acceptanceRate > 0.03 && outcome.acceptanceRate < 0.2)
    }
    #expect(robust.variance < kept.variance / 2)
    #expect(abs(robust.mean - kept.mean) < 4 * (kept.standardError + robust.standardError))
  }

  @Test func aPolicyThatDoesNotLearnHasItsDoublyRobustValue() throws {
    let log = try syntheticLog(of: world, by: logging, sessions: 2_000, seed: 12)
    let model = CellRewardModel(seed: 3).crossFit(log)
    let replay = try DoublyRobustReplay(model: model, seed: 1)
      .replay(try TablePolicy(target), over: log).estimate
    let direct = try DoublyRobust(model: model).estimate(target, on: log)
    #expect(abs(replay.value / direct.value - 1) < 1e-12)
    #expect(abs(replay.standardError / direct.standardError - 1) < 1e-12)
  }

  // The editor's log of contextual's "demo_simpsons_paradox_propensity": its rates are 0.5 and 0.6
  // where those of the arms are 0.6 and 0.5. What is kept is even, and so is its mean.
  @Test func whatIsKeptUndoesSimpsonsParadox() throws {
    let world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 2, values: [0.4, 0.3, 0.8, 0.7]))
    let editor = ActionTable(cellCount: 2, armCount: 2, values: [0.75, 0.25, 0.25, 0.75])
    let log = try syntheticLog(of: world, by: editor, sessions: 40_000, seed: 5)
    for (arm, truth) in [(0, 0.6), (1, 0.5)] {
      let always = ActionTable(of: FixedPolicy(Arm(arm), armCount: 2), cellCount: 2)
      let estimate = try RejectionReplay(seed: 6).estimate(always, on: log)
      #expect(abs(estimate.usedShare - 0.25) < 0.0087)
      #expect(estimate.interval(level: 0.9999).contains(truth))
    }
  }
}
