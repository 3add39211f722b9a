import Bandits
import Inference
import Probability
import TestSupport
import Testing

/// Linear regressions of rewards on features, against Reference/contextual.py.
@Suite struct LinearPolicyTests {
  let sessions: ContextualSessions
  let features = ContextualSessions.features

  init() throws { sessions = try ContextualSessions() }

  func thompson(_ noise: LinearThompson.Noise) -> LinearThompson {
    var policy = LinearThompson(
      armCount: 3, features: features,
      prior: CoefficientPrior(featureCount: 4, mean: 0.25, variance: 2), noise: noise)
    sessions.teach(&policy, margin: true)
    return policy
  }

  func check(_ policy: LinearThompson, _ expected: ContextualSessions.Linear) {
    for arm in 0..<3 {
      let found = policy.coefficients(of: Arm(arm))
      #expect(ContextualSessions.distance(found, expected.means[arm]) < 1e-12)
      let scales = (0..<6).map { policy.scale(Arm(arm), in: Context(cell: $0)) }
      #expect(ContextualSessions.distance(scales, expected.scales[arm]) < 1e-13)
    }
    for cell in 0..<6 {
      let found = policy.propensities(in: Context(cell: cell))
      #expect(ContextualSessions.distance(found, expected.propensities[cell]) < 1e-11)
    }
  }

  // The normal equations by NumPy, P(greatest) by scipy.integrate.quad.
  @Test func thePosteriorOfKnownNoise() {
    check(thompson(.known(variance: 0.3)), sessions.reference.linearKnown)
  }

  @Test func thePosteriorOfUnknownNoise() {
    check(
      thompson(.unknown(InverseGammaDistribution(shape: 1.5, scale: 0.7))),
      sessions.reference.linearUnknown)
  }

  /// obp's LinTS: prior N(0, I), noise of variance 1.
  @Test func coefficientsAsByObp() {
    var policy = LinearThompson(
      armCount: 3, features: features, prior: CoefficientPrior(featureCount: 4, variance: 1),
      noise: .known(variance: 1))
    sessions.teach(&policy, margin: true)
    for arm in 0..<3 {
      let found = policy.coefficients(of: Arm(arm))
      #expect(ContextualSessions.distance(found, sessions.reference.obp.linTS[arm]) < 1e-12)
    }
  }

  @Test func boundsAsByMABWiser() {
    var policy = LinUCB(armCount: 3, features: features, alpha: 1.25)
    sessions.teach(&policy)
    for cell in 0..<6 {
      let found = policy.bounds(in: Context(cell: cell))
      #expect(ContextualSessions.distance(found, sessions.reference.linUCB[cell]) < 1e-12)
      let best = policy.propensities(in: Context(cell: cell))
      #expect(best.firstIndex(of: 1) == found.indices.max { found[$0] < found[$1] })
    }
  }

  @Test func armsThatNothingTellsApartShareEqually() {
    let policy = LinUCB(armCount: 4, features: features)
    #expect(policy.propensities(in: Context(cell: 3)) == [0.25, 0.25, 0.25, 0.25])
  }

  /// With a feature a cell the regression of known noise is a mean a cell.
  @Test func oneFeatureACellIsGaussianThompson() {
    var linear = LinearThompson(
      armCount: 3, features: ContextFeatures(cells: 6),
      prior: CoefficientPrior(featureCount: 6, mean: 0.5, variance: 0.25),
      noise: .known(variance: 0.2))
    var gaussian = GaussianThompson(
      armCount: 3, cellCount: 6,
      prior: .knownVariance(
        mean: NormalDistribution(mean: 0.5, standardDeviation: 0.5), variance: 0.2))
    sessions.teach(&linear, margin: true)
    sessions.teach(&gaussian, margin: true)
    for cell in 0..<6 {
      let context = Context(cell: cell)
      #expect(
        ContextualSessions.distance(
          linear.propensities(in: context), gaussian.propensities(in: context)) < 1e-12)
    }
  }

  /// A floor and the top-two form take a contextual policy as they take any other.
  @Test func wrappersKeepTheirLaws() {
    let base = thompson(.known(variance: 0.3))
    let context = Context(cell: 4)
    let plain = base.propensities(in: context)
    let floored = Floored(base, floor: 0.05)
    #expect(
      ContextualSessions.distance(
        floored.propensities(in: context), plain.map { 0.05 + 0.85 * $0 }) < 1e-15)
    let two = TopTwo(base)
    let shown = two.propensities(in: context)
    #expect(abs(shown.reduce(0, +) - 1) < 1e-12)
    var rng = Philox(StreamKey(seed: 31, purpose: .policy))
    var counts = [0.0, 0, 0]
    for _ in 0..<20_000 { counts[two.choose(in: context, using: &rng).index] += 1 }
    for (count, p) in zip(counts, shown) {
      #expect(abs(count / 20_000 - p) <= 4 * (p * (1 - p) / 20_000).squareRoot() + 1e-12)
    }
  }
}

@Suite struct ContextFeaturesTests {
  @Test func factorsAreCrossed() {
    let features = ContextFeatures(crossing: [3, 2])
    #expect(features.cellCount == 6 && features.featureCount == 4)
    #expect(Array(features.row(Context(cell: 0))) == [1, 0, 0, 0])
    #expect(Array(features.row(Context(cell: 3))) == [1, 1, 0, 1])
    #expect(Array(features.row(Context(cell: 4))) == [1, 0, 1, 0])
    // One cell for all contexts.
    let single = ContextFeatures(crossing: [])
    #expect(single.values == [1] && Array(single.row(Context(cell: 7))) == [1])
  }

  @Test func cellsStandApart() {
    #expect(ContextFeatures(cells: 3).values == [1, 0, 0, 0, 1, 0, 0, 0, 1])
  }

  @Test func patternsAreFoundInTheirOrder() throws {
    let (features, contexts) = try ContextFeatures.patterns(of: [
      [1, 0.5], [1, -2], [1, 0.5], [1, 0], [1, -2],
    ])
    #expect(contexts.map(\.cell) == [0, 1, 0, 2, 1])
    #expect(features.values == [1, 0.5, 1, -2, 1, 0])
  }

  @Test func numbersThatCannotBeFeaturesAreRefused() {
    #expect(throws: ContextFeatureError.outOfRange(cell: 1, feature: 0)) {
      try ContextFeatures(rows: [[1, 2], [.nan, 2]])
    }
    #expect(throws: ContextFeatureError.outOfRange(cell: 0, feature: 1)) {
      try ContextFeatures(rows: [[1, 1e60]])
    }
    #expect(throws: ContextFeatureError.allZero(cell: 1)) {
      try ContextFeatures(rows: [[1, 2], [0, 0]])
    }
  }
}
