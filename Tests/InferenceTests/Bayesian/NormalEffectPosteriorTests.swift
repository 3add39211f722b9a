import Inference
import Probability
import Testing

@Suite struct NormalEffectPosteriorTests {
  /// GrowthBook's figures: the relative lift of two proportions by the delta method, flat prior.
  @Test(arguments: try LiftCase.cases(of: "bayes_gaussian_effect"))
  func cases(_ item: LiftCase) throws {
    func arm(_ name: String) throws -> (mean: Double, variance: Double) {
      let (x, n) = (try item.inputs[name]["x"].number, try item.inputs[name]["n"].number)
      return (x / n, x / n * (1 - x / n) / n)
    }
    let (own, base) = (try arm("treatment"), try arm("control"))
    let ratio = own.mean / base.mean
    let variance = (own.variance + ratio * ratio * base.variance) / (base.mean * base.mean)
    let posterior = try NormalEffectPosterior(
      estimate: ratio - 1, standardError: variance.squareRoot())
    try item.expect(posterior.effect.mean, "lift")
    try item.expect(posterior.effect.standardDeviation, "sd")
    try item.expect(posterior.interval(level: 0.95), "ci")
    try item.expect(posterior.chanceToBeat, "chance_to_win")
    try item.expect(posterior.expectedLossOfControl, "risk_ctrl")
    try item.expect(posterior.expectedLossOfOffer, "risk_trt")
  }

  @Test(arguments: try LiftCase.cases(of: "expected_loss_normal"))
  func expectedLoss(_ item: LiftCase) throws {
    let posterior = try NormalEffectPosterior(
      estimate: item.inputs["mu"].number, standardError: item.inputs["sigma"].number)
    try item.expect(posterior.expectedLossOfControl, "risk_ctrl")
    try item.expect(posterior.expectedLossOfOffer, "risk_trt")
  }

  /// A one-sided 95 % chance is no two-sided 95 % interval: |z| between 1.645 and 1.960.
  @Test(arguments: try LiftCase.cases(of: "decision_coherence"))
  func chanceAndInterval(_ item: LiftCase) throws {
    let posterior = try NormalEffectPosterior(
      estimate: item.inputs["z"].number, standardError: 1)
    try item.expect(posterior.chanceToBeat, "chance_to_win")
    let holdsZero = posterior.interval(level: try item.inputs["level"].number).contains(0)
    #expect(item.expected["ci_excludes_zero"] == .bool(!holdsZero))
  }

  /// Equal precision puts the posterior in the middle, with half the variance.
  @Test func aPriorCountsByItsPrecision() throws {
    let prior = NormalDistribution(mean: 0, standardDeviation: 0.02)
    let posterior = try NormalEffectPosterior(estimate: 0.1, standardError: 0.02, prior: prior)
    #expect(abs(posterior.effect.mean - 0.05) < 1e-16)
    #expect(abs(posterior.effect.variance - 0.0002) < 1e-18)
    #expect(
      abs(
        posterior.expectedLossOfControl - posterior.expectedLossOfOffer - posterior.effect.mean)
        < 1e-16)
    // mpmath at 50 digits: E[max(−θ, 0)] for N(0.05, 0.0002).
    #expect(abs(posterior.expectedLossOfOffer / 7.17620715639575e-7 - 1) < 1e-13)
    let region = Interval(lower: -0.01, upper: 0.01)
    #expect(abs(posterior.probability(in: region) / 0.00232782224202434 - 1) < 1e-13)
  }

  @Test func anEstimateWithoutErrorIsRefused() {
    for error in [0, -1, Double.nan, .infinity] {
      #expect(throws: InferenceError.noVariation) {
        try NormalEffectPosterior(estimate: 0.1, standardError: error)
      }
    }
  }
}
