import Inference
import Probability
import Segments
import TestSupport
import Testing

/// The verdict of held-out folds in worlds of which the truth is known.
@Suite struct PolicyValidationTests {
  /// Rewards of 0.4 under every arm, or 0.4 ± gap by whether the arm fits the plan.
  static func world(
    _ seed: UInt64, sessions: Int, gap: Double
  ) throws -> (SegmentData, ActionScores) {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var (arms, rewards, plans, tenures) = ([Int32](), [Double](), [Int32](), [Double]())
    for row in 0..<sessions {
      arms.append(Int32(rng.index(below: 2)))
      plans.append(Int32(rng.index(below: 2)))
      tenures.append(Double(rng.index(below: 12)))
      let fits = arms[row] == plans[row]
      rewards.append(rng.uniform() < 0.4 + (fits ? gap : -gap) ? 1 : 0)
    }
    let data = try SegmentData(
      arms: arms, armNames: ["pause", "discount"], rewards: rewards,
      covariates: [
        Covariate(name: "plan", column: .category(codes: plans, levels: ["monthly", "annual"])),
        Covariate(
          name: "tenure", column: .number(values: tenures, isPresent: tenures.map { _ in true })),
      ], units: (0..<UInt64(sessions)).map { $0 })
    return (data, try ActionScores.inversePropensity(data, .known([0.5, 0.5])))
  }

  /// Where arms are alike every policy is worth the same, so the gain is zero whatever tree was
  /// chosen: a verdict for the tree has chance 0.025, and an interval misses zero with chance 0.05.
  /// Binomial(300, 0.025) exceeds 19, and Binomial(300, 0.05) exceeds 31, with probability below 1e-4.
  @Test func noTreeIsPraisedWhereArmsAreAlike() throws {
    var (praised, missed) = (0, 0)
    for seed in 0..<UInt64(300) {
      let (data, scores) = try Self.world(seed, sessions: 400, gap: 0)
      let validation = try PolicyValidation(of: PolicyTreeSearch(), data, scores, seed: seed)
      if validation.beatsBestArm { praised += 1 }
      if !validation.gainInterval.contains(0) { missed += 1 }
    }
    #expect(praised <= 19)
    #expect(missed <= 31)
  }

  /// The right arm for each plan is worth 0.5 and either arm for everybody 0.4.
  @Test func aRealGainIsSeenAndCovered() throws {
    let (data, scores) = try Self.world(1, sessions: 8_000, gap: 0.1)
    var search = PolicyTreeSearch()
    search.depth = 1
    let validation = try PolicyValidation(of: search, data, scores)
    #expect(validation.beatsBestArm)
    #expect(validation.trees.allSatisfy { $0.leaves.map(\.arm) == [0, 1] })
    for (estimate, truth) in [
      (validation.tree, 0.5), (validation.bestArm, 0.4), (validation.gain, 0.1),
    ] {
      #expect(abs(estimate.mean - truth) < 4 * estimate.standardError)
    }
    #expect(validation.description.hasPrefix("the tree is worth more than the best single arm"))
  }

  @Test func oneCustomerIsNoEvidence() throws {
    let (data, scores) = try Self.world(1, sessions: 10, gap: 0)
    let same = try SegmentData(
      arms: data.arms, armNames: data.armNames, rewards: data.rewards,
      covariates: data.covariates, units: data.arms.map { _ in 7 })
    #expect(throws: SegmentError.tooFewSessions(count: 1, needed: 2)) {
      try PolicyValidation(of: PolicyTreeSearch(), same, scores)
    }
  }
}
