import Inference
import Probability
import Testing

/// Estimators that take covariates, strata and clusters into account.
@Suite struct AdjustmentTests {
  /// Rows of outcome and two covariates, of which the outcome follows the first.
  static func rows(_ count: Int, arm: Double, seed: UInt64) -> [[Double]] {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var columns: [[Double]] = [[], [], []]
    for _ in 0..<count {
      let (x, z) = (StandardNormal.draw(using: &rng), StandardNormal.draw(using: &rng))
      columns[0].append(10 + 0.3 * arm + 2 * x - z + 0.5 * StandardNormal.draw(using: &rng))
      columns[1].append(x)
      columns[2].append(z)
    }
    return columns
  }

  @Test func covariatesTakeTheirShareOutOfTheVariance() throws {
    let offer = CrossMoments(columns: Self.rows(500, arm: 1, seed: 1))
    let control = CrossMoments(columns: Self.rows(500, arm: 0, seed: 2))
    let plain = try ArmContrast.welch(
      offer: offer.moments(of: 0), control: control.moments(of: 0))
    let cuped = try CUPED.mean(offer: offer, control: control)
    let lin = try LinAdjustment(offer: offer, control: control)
    // Of a variance of 5.25, 0.25 is left.
    #expect(abs(cuped.effect.standardError / plain.standardError - 0.218) < 0.02)
    #expect(abs(cuped.coefficients[0] - 2) < 0.1 && abs(cuped.coefficients[1] + 1) < 0.1)
    #expect(abs(lin.difference - cuped.effect.difference) < 0.1 * cuped.effect.standardError)
    #expect(abs(try lin.effect().standardError / cuped.effect.standardError - 1) < 0.02)
    #expect(abs(cuped.effect.difference - 0.3) < 4 * cuped.effect.standardError)
    // The relative lift is over the control's own mean.
    #expect(cuped.effect.baseline == control.means[0])
  }

  @Test func withoutCovariatesAllIsWelch() throws {
    let offer = CrossMoments(columns: [Self.rows(50, arm: 1, seed: 3)[0]])
    let control = CrossMoments(columns: [Self.rows(40, arm: 0, seed: 4)[0]])
    let plain = try ArmContrast.welch(
      offer: offer.moments(of: 0), control: control.moments(of: 0))
    let cuped = try CUPED.mean(offer: offer, control: control).effect
    #expect(abs(cuped.difference - plain.difference) < 1e-13)
    #expect(abs(cuped.standardError / plain.standardError - 1) < 1e-13)
    #expect(abs(cuped.degreesOfFreedom / plain.degreesOfFreedom - 1) < 1e-12)
    let lin = try LinAdjustment(offer: offer, control: control).effect()
    #expect(abs(lin.standardError / plain.standardError - 1) < 1e-13)
  }

  @Test func collinearCovariatesAreRefused() {
    let columns = Self.rows(50, arm: 0, seed: 5)
    let twice = CrossMoments(columns: [columns[0], columns[1], columns[1].map { 2 * $0 }])
    #expect(throws: InferenceError.collinear) { try CUPED.mean(offer: twice, control: twice) }
    #expect(throws: InferenceError.collinear) { try LinAdjustment(offer: twice, control: twice) }
  }

  @Test func oneStratumIsNoStratum() throws {
    let (offer, control) = (Moments([1, 4, 2, 8, 5]), Moments([2, 2, 3, 1, 4, 1]))
    let plain = try ArmContrast.welch(offer: offer, control: control)
    let strata = try PostStratification(offer: [offer], control: [control]).effect()
    #expect(strata.difference == plain.difference)
    #expect(abs(strata.differenceVariance - plain.differenceVariance) < 1e-15)
  }

  @Test func aStratumWithoutAnArmIsRefused() {
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try PostStratification(
        offer: [Tally(successes: 3, trials: 9), Tally()],
        control: [Tally(successes: 3, trials: 9), Tally(successes: 1, trials: 4)])
    }
    #expect(throws: InferenceError.tooFewGroups(count: 0, needed: 1)) {
      try PostStratification(offer: [Moments](), control: [])
    }
  }

  @Test func strataThatDifferMakeThePostStratifiedErrorSmaller() throws {
    let (low, high) = (Tally(successes: 20, trials: 200), Tally(successes: 160, trials: 200))
    let (low1, high1) = (Tally(successes: 30, trials: 200), Tally(successes: 170, trials: 200))
    let strata = try PostStratification(offer: [low1, high1], control: [low, high])
    let fixed = try strata.effect()
    let random = try strata.effect(countingRandomWeights: true)
    let plain = try ArmContrast.proportions(
      offer: Tally(merging: [low1, high1]), control: Tally(merging: [low, high]))
    #expect(abs(fixed.difference - plain.difference) < 1e-15)
    #expect(fixed.standardError < 0.8 * plain.standardError)
    #expect(random.standardError >= fixed.standardError)
  }

  @Test func clustersOfOneAreHC() throws {
    // With a session a cluster, CR2 is HC2: Welch's standard error.
    let (a, b) = ([1.0, 4, 2, 8, 5], [2.0, 2, 3, 1, 4, 1])
    let effect = try ClusteredMeans.effect(
      offer: ClusterSums(outcomes: a, clusters: Array(a.indices)),
      control: ClusterSums(outcomes: b, clusters: Array(b.indices)))
    let plain = try ArmContrast.welch(offer: Moments(a), control: Moments(b))
    #expect(abs(effect.standardError / plain.standardError - 1) < 1e-14)
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try ClusteredMeans.effect(
        offer: ClusterSums(outcomes: a, clusters: [0, 0, 0, 0, 0]),
        control: ClusterSums(outcomes: b, clusters: Array(b.indices)))
    }
  }

  @Test func winsorisingDrawsBothArmsInAlike() throws {
    let offer = ValueCounts((1...50).map(Double.init) + [1_000])
    let control = ValueCounts((1...49).map(Double.init))
    let thresholds = try Winsorization(upper: 0.95, of: offer, control)
    #expect(thresholds.range == 1...48)
    let effect = try thresholds.effect(offer: offer, control: control)
    let clamped = try ArmContrast.welch(
      offer: Moments((1...50).map { min(48, Double($0)) } + [48]),
      control: Moments((1...49).map { min(48, Double($0)) }))
    #expect(abs(effect.difference - clamped.difference) < 1e-13)
    #expect(abs(effect.standardError / clamped.standardError - 1) < 1e-13)
  }
}
