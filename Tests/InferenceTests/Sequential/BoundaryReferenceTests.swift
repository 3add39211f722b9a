import Inference
import Testing

/// Boundaries against confseq's R reference values, and always-valid tests against GrowthBook's, Eppo's
/// and Statsig's formulas.
@Suite struct BoundaryReferenceTests {
  @Test(arguments: try LiftCase.cases(of: "two_sided_normal_mixture_best_rho"))
  func approximateTuning(_ item: LiftCase) throws {
    let mixture = NormalMixture(
      tunedFor: try item.inputs["v_opt"].number, alpha: try item.inputs["alpha_opt"].number,
      tuning: .approximate)
    try item.expect(mixture.rho, "value")
  }

  @Test(arguments: try LiftCase.cases(of: "normal_log_mixture"))
  func normalLogEValue(_ item: LiftCase) throws {
    let mixture = NormalMixture(
      tunedFor: try item.inputs["v_opt"].number, alpha: item.alphaOfTuning, sides: item.sides,
      tuning: .approximate)
    let sum = try item.inputs["s"].number
    try item.expect(mixture.logEValue(sum: sum, variance: item.inputs["v"].number), "value")
  }

  @Test(arguments: try LiftCase.cases(of: "normal_mixture_bound"))
  func normalBound(_ item: LiftCase) throws {
    let mixture = NormalMixture(
      tunedFor: try item.inputs["v_opt"].number, alpha: item.alphaOfTuning, sides: item.sides,
      tuning: .approximate)
    try item.expectBound(mixture)
  }

  @Test(arguments: try LiftCase.cases(of: "gamma_exponential_mixture_bound"))
  func gammaExponentialBound(_ item: LiftCase) throws {
    try item.expectBound(
      GammaExponentialMixture(
        tunedFor: item.inputs["v_opt"].number, scale: item.inputs["c"].number,
        alpha: item.alphaOfTuning, tuning: .approximate))
  }

  @Test(arguments: try LiftCase.cases(of: "gamma_poisson_mixture_bound"))
  func gammaPoissonBound(_ item: LiftCase) throws {
    try item.expectBound(
      GammaPoissonMixture(
        tunedFor: item.inputs["v_opt"].number, scale: item.inputs["c"].number,
        alpha: item.alphaOfTuning, tuning: .approximate))
  }

  @Test(arguments: try LiftCase.cases(of: "beta_binomial_mixture_bound"))
  func betaBinomialBound(_ item: LiftCase) throws {
    try item.expectBound(
      BetaBinomialMixture(
        below: item.inputs["g"].number, above: item.inputs["h"].number,
        tunedFor: item.inputs["v_opt"].number, alpha: item.alphaOfTuning, sides: item.sides,
        tuning: .approximate))
  }

  /// Further values of confseq's own tests (`uniform_boundaries_unittest.cpp`, from a reference
  /// implementation in R), at v = v_opt = 100, α = 0.05.
  @Test func theOtherValuesOfConfseq() {
    let two = NormalMixture(tunedFor: 100, tuning: .approximate)
    #expect(abs(two.logEValue(sum: 10, variance: 100) + 0.6510052) < 1e-5)
    let one = NormalMixture(tunedFor: 100, sides: .one, tuning: .approximate)
    #expect(abs(one.bound(variance: 100, alpha: 0.05) - 27.66071) < 1e-5)
    let exponential = GammaExponentialMixture(tunedFor: 100, scale: 2, tuning: .approximate)
    #expect(abs(exponential.logEValue(sum: 10, variance: 100) + 0.2490165) < 1e-5)
    let poisson = GammaPoissonMixture(tunedFor: 100, scale: 2, tuning: .approximate)
    #expect(abs(poisson.logEValue(sum: 10, variance: 100) + 0.06991219) < 1e-5)
    for (sides, value, bound) in [
      (TestSides.two, -0.6941012, 31.4308), (.one, -0.07134019, 28.41238),
    ] {
      let binomial = BetaBinomialMixture(
        below: 0.2, above: 0.8, tunedFor: 100, sides: sides, tuning: .approximate)
      #expect(abs(binomial.logEValue(sum: 10, variance: 100) - value) < 1e-5)
      #expect(abs(binomial.bound(variance: 100, alpha: 0.05) - bound) < 1e-5)
    }
    let light = StitchedBoundary(start: 10, scale: -1)
    #expect(abs(light.bound(variance: 100, alpha: 0.05) - 28.99389) < 1e-5)
  }

  @Test(arguments: try LiftCase.cases(of: "poly_stitching_bound"))
  func stitched(_ item: LiftCase) throws {
    let boundary = StitchedBoundary(
      start: try item.inputs["v_min"].number, scale: item.optional("c", 0),
      exponent: item.optional("s", 1.4), ratio: item.optional("eta", 2))
    try item.expect(
      boundary.bound(variance: item.inputs["v"].number, alpha: item.inputs["alpha"].number),
      "value")
  }

  @Test(arguments: try LiftCase.cases(of: "empirical_process_lil_bound"))
  func empiricalProcess(_ item: LiftCase) throws {
    let boundary = EmpiricalProcessBoundary(
      alpha: try item.inputs["alpha"].number, start: try item.inputs["t_min"].number,
      factor: item.optional("A", 0.85))
    try item.expect(boundary.bound(count: item.inputs["t"].number), "value")
  }

  @Test(arguments: try LiftCase.cases(of: "double_stitching_bound"))
  func doublyStitched(_ item: LiftCase) throws {
    let boundary = QuantileBoundary(
      start: try item.inputs["t_opt"].number, fineness: item.optional("delta", 0.5),
      exponent: item.optional("s", 1.4), ratio: item.optional("eta", 2))
    try item.expect(
      boundary.bound(
        quantile: item.inputs["quantile_p"].number, count: item.inputs["t"].number,
        alpha: item.inputs["alpha"].number), "value")
  }

  @Test(arguments: try LiftCase.cases(of: "quantile_ab_p_value"))
  func quantileTest(_ item: LiftCase) throws {
    let test = try SequentialQuantileTest(
      offer: item.run("a"), control: item.run("b"), quantile: item.inputs["p"].number,
      tunedFor: item.inputs["t_opt"].number, tuning: .approximate)
    try item.expect(test.pValue, "p")
  }

  @Test(arguments: try LiftCase.cases(of: "bernoulli_confidence_sequence"))
  func bernoulli(_ item: LiftCase) throws {
    let sequence = BernoulliConfidenceSequence(
      level: 1 - (try item.inputs["alpha"].number), tunedFor: try item.inputs["t_opt"].number,
      tuning: .approximate)
    try item.expect(sequence.interval(item.tally("successes", "trials")))
  }

  @Test(arguments: try LiftCase.cases(of: "sequential_srm_dirichlet_multinomial"))
  func sampleRatio(_ item: LiftCase) throws {
    var test = try SequentialSampleRatioTest(
      weights: item.inputs["theta0"].numbers, concentration: item.inputs["k"].number)
    try test.look(at: item.inputs["counts"].integers)
    try item.expect(test.logEValue, "log_bayes_factor")
    try item.expect(test.pValue, "p_anytime")
  }
}

extension LiftCase {
  /// An input, or what the function takes if there is none.
  func optional(_ name: String, _ value: Double) -> Double {
    if case .number(let given) = inputs[name] { given } else { value }
  }

  /// The error for which a mixture is tuned; confseq's default is 0.05.
  fileprivate var alphaOfTuning: Double { optional("alpha_opt", 0.05) }

  /// confseq's boundaries are one-sided unless they say otherwise.
  fileprivate var sides: TestSides {
    inputs["one_sided"] == .bool(false) ? .two : .one
  }

  fileprivate func expectBound(_ mixture: some MixtureMartingale) throws {
    try expect(
      mixture.bound(variance: inputs["v"].number, alpha: inputs["alpha"].number), "value")
  }

  /// The numbers of a range written as "1..1000".
  fileprivate func run(_ name: String) throws -> [Double] {
    guard case .string(let text) = inputs[name] else { return try inputs[name].numbers }
    let ends = text.split(separator: ".").compactMap { Int($0) }
    return (try #require(ends.first)...(try #require(ends.last))).map(Double.init)
  }
}
