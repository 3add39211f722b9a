import Inference
import Probability
import Segments
import TestSupport
import Testing

/// Learners in a world of which the effects are known.
@Suite struct UpliftLearnerTests {
  /// Saved with chance 0.3 + 0.1 x; the pause adds 0.25 + 0.2 x on the annual plan and nothing
  /// elsewhere, for `x` uniform on −1...1.
  static func world(
    _ seed: UInt64, sessions: Int, isNull: Bool = false
  ) throws -> (data: SegmentData, effects: [Double]) {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var (arms, rewards, plans, xs) = ([Int32](), [Double](), [Int32](), [Double]())
    var effects: [Double] = []
    for row in 0..<sessions {
      xs.append(2 * rng.uniform() - 1)
      plans.append(Int32(rng.index(below: 2)))
      arms.append(Int32(rng.index(below: 2)))
      effects.append(isNull || plans[row] == 0 ? 0 : 0.25 + 0.2 * xs[row])
      let chance = 0.3 + 0.1 * xs[row] + (arms[row] == 1 ? effects[row] : 0)
      rewards.append(rng.uniform() < chance ? 1 : 0)
    }
    let covariates = [
      Covariate(name: "x", column: .number(values: xs, isPresent: xs.map { _ in true })),
      Covariate(name: "plan", column: .category(codes: plans, levels: ["monthly", "annual"])),
    ]
    let data = try SegmentData(
      arms: arms, armNames: ["none", "pause"], rewards: rewards, covariates: covariates,
      units: (0..<UInt64(sessions)).map { $0 })
    return (data, effects)
  }

  /// Effects have the variance 0.022. The product of `x` and plan is in no model, so that the best
  /// additive one errs by 0.1²/3 = 0.0033; a tenth of the variance is left for the estimation.
  @Test(arguments: UpliftLearner.allCases)
  func theEffectsAreLearned(_ learner: UpliftLearner) throws {
    let (data, effects) = try Self.world(1, sessions: 20_000)
    let predicted = try learner.predictions(data, arm: 1, baseline: 0, .known([0.5, 0.5]))
    let error =
      effects.indices.reduce(0) {
        $0 + (predicted.effects[$1] - effects[$1]) * (predicted.effects[$1] - effects[$1])
      } / Double(effects.count)
    #expect(error < 0.0033 + 0.1 * 0.022)
    let scores = try DoublyRobustScoring().scores(of: data, .known([0.5, 0.5])).contrast(1, 0)
    let curve = try TargetingCurve(
      priorities: predicted.effects, contrast: scores, units: data.units)
    let ranking = RankWeightedEffect(curve, .autoc, replications: 64).estimate
    #expect(ranking.mean / ranking.standardError > 5)
    let calibration = try EffectCalibration(
      predictions: predicted.effects, contrast: scores, units: data.units)
    let slope = try #require(calibration.differences)
    #expect(abs(slope.estimate - 1) < 4 * slope.standardError)
  }

  @Test(arguments: UpliftLearner.allCases)
  func noiseIsNotRanked(_ learner: UpliftLearner) throws {
    let (data, _) = try Self.world(2, sessions: 3_000, isNull: true)
    let predicted = try learner.predictions(data, arm: 1, baseline: 0)
    let scores = try DoublyRobustScoring().scores(of: data, .shares).contrast(1, 0)
    let curve = try TargetingCurve(
      priorities: predicted.effects, contrast: scores, units: data.units)
    let ranking = RankWeightedEffect(curve, .autoc, replications: 64).estimate
    #expect(abs(ranking.mean) < 4 * ranking.standardError)
  }

  /// No session's outcome reaches its own prediction: turning one over moves the others' alone.
  @Test(arguments: UpliftLearner.allCases)
  func aSessionDoesNotPredictItself(_ learner: UpliftLearner) throws {
    let (data, _) = try Self.world(3, sessions: 600)
    var rewards = data.rewards
    rewards[7] = 1 - rewards[7]
    let turned = try SegmentData(
      arms: data.arms, armNames: data.armNames, rewards: rewards, covariates: data.covariates,
      units: data.units)
    let before = try learner.predictions(data, arm: 1, baseline: 0).effects
    let after = try learner.predictions(turned, arm: 1, baseline: 0).effects
    #expect(before[7] == after[7])
    #expect(before != after)
  }

  /// Learned on one half and judged on the other, noise has a calibration slope beyond 1.96 errors with
  /// chance 0.05: of 200 logs Binomial(200, 0.05) exceeds 22 with probability 5e-5.
  @Test func halvesThatTeachAndJudgeKeepTheLevel() throws {
    var rejected = 0
    let (teachers, judges) = (Array(0..<300), Array(300..<600))
    for seed in 0..<UInt64(200) {
      let (data, _) = try Self.world(seed, sessions: 600, isNull: true)
      let effects = try UpliftLearner.t.effects(
        data, arm: 1, baseline: 0, .known([0.5, 0.5]), training: teachers, at: judges)
      let scores = try ActionScores.inversePropensity(data, .known([0.5, 0.5])).subset(judges)
      let calibration = try EffectCalibration(
        predictions: effects, contrast: scores.contrast(1, 0),
        units: judges.map { data.units[$0] })
      if abs((try #require(calibration.differences)).z) > 1.96 { rejected += 1 }
    }
    #expect(rejected <= 22)
  }

  @Test func anArmWithoutSessionsIsSaid() throws {
    let (data, _) = try Self.world(4, sessions: 100)
    let alone = data.subset(data.arms.indices.filter { data.arms[$0] == 0 })
    #expect(throws: SegmentError.noSessions(arm: "pause")) {
      try UpliftLearner.t.predictions(alone, arm: 1, baseline: 0)
    }
  }
}
