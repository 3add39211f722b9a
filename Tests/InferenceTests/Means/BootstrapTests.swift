import Inference
import TestSupport
import Testing

@Suite struct BootstrapTests {
  static let values: [Double] = [4, 1, 7, 2, 2, 9, 3, 1, 5, 2, 8, 3, 3, 6, 1, 2, 4, 2, 15, 3]
  static let others: [Double] = [2, 1, 3, 2, 6, 1, 2, 2, 4, 1, 1, 7, 2, 3, 2, 1, 5, 2, 1, 2, 3, 1]

  /// The standard error of a bootstrapped mean is `s_n / √n`, known without drawing.
  @Test func replicatesOfAMeanHaveItsStandardError() throws {
    for sample in [ValueCounts(Self.values), ValueCounts((0..<20).map { Double($0 * $0) })] {
      let bootstrap = try Bootstrap(seed: 1, resamples: 20_000).level(of: BootstrapSample(sample))
      let exact = try #require(bootstrap.plugInStandardError)
      // The standard deviation of 20,000 draws is good to 0.5 %; four of them.
      #expect(abs(bootstrap.standardError / exact - 1) < 0.02)
      let mean = Moments(bootstrap.replicates).mean
      #expect(abs(mean - bootstrap.estimate) < 4 * exact / 20_000.0.squareRoot())
    }
  }

  /// Two ways to draw a resample follow one law: 0/1 sessions by cells, and one by one.
  @Test func cellsAndSessionsDrawTheSameLaw() throws {
    let cells = BootstrapSample(ValueCounts(Tally(successes: 7, trials: 40)))
    let distinct = (0..<40).map { (row: Int) -> Double in
      (row < 7 ? 1.0 : 0.0) + 1e-9 * Double(row)
    }
    let rows = BootstrapSample(ValueCounts(distinct))
    let bootstrap = Bootstrap(seed: 3, resamples: 20_000)
    let (one, other) = (try bootstrap.level(of: cells), try bootstrap.level(of: rows))
    for level in [0.5, 0.8, 0.95] {
      // Shares are multiples of 1/40; the quantiles may be a step apart.
      #expect(
        abs(one.percentile(level: level).lower - other.percentile(level: level).lower) < 0.026)
      #expect(
        abs(one.percentile(level: level).upper - other.percentile(level: level).upper) < 0.026)
    }
    #expect(abs(one.standardError / other.standardError - 1) < 0.03)
  }

  // A thousand distinct values, all counts of which are drawn at once: the error and the skewness of a mean.
  @Test func manyDistinctValuesAreResampledTogether() throws {
    let values = (0..<5_000).map { (row: Int) -> Double in
      let place = Double(row * 37 % 1_009) / 1_009
      return place * place * place
    }
    let bootstrap = try Bootstrap(seed: 14, resamples: 10_000)
      .level(of: BootstrapSample(ValueCounts(values)))
    let mean = values.reduce(0, +) / 5_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5_000
    #expect(relativeError(bootstrap.estimate, mean) < 1e-12)
    // Four standard errors of the mean and of the deviation of so many replicates.
    let error = (variance / 5_000).squareRoot()
    let center = bootstrap.replicates.reduce(0, +) / 10_000
    #expect(abs(center - mean) < 4 * error / 100)
    #expect(abs(bootstrap.standardError / error - 1) < 4 / 20_000.0.squareRoot())
  }

  /// scipy 1.17.1: stats.bootstrap of the difference of means, 200,000 resamples (percentile, basic,
  /// BCa), each end good to 0.02.
  @Test func intervalsAgreeWithSciPy() throws {
    let bootstrap = try Bootstrap(seed: 11, resamples: 100_000).difference(
      offer: BootstrapSample(ValueCounts(Self.values)),
      control: BootstrapSample(ValueCounts(Self.others)))
    for (own, lower, upper) in [
      (bootstrap.percentile(), 0.1864, 3.4228), (bootstrap.basic(), -0.0319, 3.2045),
      (bootstrap.bca(), 0.3455, 3.7045),
    ] {
      #expect(abs(own.lower - lower) < 0.02 && abs(own.upper - upper) < 0.02)
    }
    #expect(abs(bootstrap.acceleration - 0.044645121180672924) < 1e-12)
  }

  @Test func studentizedIntervalsLeanWithTheSkew() throws {
    let bootstrap = try Bootstrap(seed: 2).level(of: BootstrapSample(ValueCounts(Self.values)))
    let interval = try #require(bootstrap.studentized())
    // Right-skewed values: the mean may be much greater than seen, hardly much less.
    #expect(interval.upper - bootstrap.estimate > bootstrap.estimate - interval.lower)
    #expect(interval.upper > bootstrap.percentile().upper)
  }

  @Test func relativeLiftIsTheDifferenceOverTheControl() throws {
    let offer = BootstrapSample(ValueCounts(Tally(successes: 300, trials: 1_000)))
    let control = BootstrapSample(ValueCounts(Tally(successes: 220, trials: 1_000)))
    let lift = try Bootstrap(seed: 4).relativeLift(offer: offer, control: control)
    let log = try LogRatioTest(
      offer: Tally(successes: 300, trials: 1_000), control: Tally(successes: 220, trials: 1_000))
    #expect(abs(lift.estimate - log.estimate) < 1e-15)
    for interval in [lift.percentile(), lift.bca(), try #require(lift.studentized())] {
      #expect(abs(interval.lower - log.interval().lower) < 0.03)
      #expect(abs(interval.upper - log.interval().upper) < 0.04)
    }
  }

  @Test func ratiosOfSumsKeepTheirPairs() throws {
    // Numerator and denominator rise together, so that the ratio hardly varies.
    let denominators = (0..<200).map { Double(1 + $0 % 9) }
    let numerators = denominators.enumerated().map { 2 * $1 + Double($0 % 2) }
    let moments = CrossMoments(columns: [numerators, denominators])
    let estimate = try RatioMetric.estimate(moments, arm: 0)
    let bootstrap = try Bootstrap(seed: 6).level(
      of: BootstrapSample(numerators: numerators, denominators: denominators))
    #expect(abs(bootstrap.estimate - estimate.value) < 1e-14)
    #expect(abs(bootstrap.standardError / estimate.variance.squareRoot() - 1) < 0.05)
  }

  @Test func quantilesAreDrawnFromTheBetaLaw() throws {
    let sample = ValueCounts((1...15).map(Double.init))
    let bootstrap = try Bootstrap(seed: 8, resamples: 20_000).quantile(0.5, of: sample)
    #expect(bootstrap.estimate == 8)
    // P(x*₍₈₎ ≤ 6) = P(Binomial(15, 6/15) ≥ 8) = 0.2131 (R 4.2.2: 1 - pbinom(7, 15, 0.4)).
    let share = Double(bootstrap.replicates.count { $0 <= 6 }) / 20_000
    #expect(abs(share - 0.213103) < 4 * (0.2131 * 0.7869 / 20_000).squareRoot())
    #expect(bootstrap.studentized() == nil)
  }

  @Test func aReplicateBelongsToItsIndex() throws {
    let sample = BootstrapSample(ValueCounts(Self.values))
    let few = try Bootstrap(seed: 9, resamples: 10).level(of: sample)
    let many = try Bootstrap(seed: 9, resamples: 20).level(of: sample)
    #expect(Set(few.replicates).isSubset(of: Set(many.replicates)))
    #expect(try Bootstrap(seed: 10, resamples: 10).level(of: sample) != few)
  }

  @Test func poissonPartsMakeTheWhole() throws {
    func bootstrap(_ rows: some Sequence<Int>) -> PoissonBootstrap {
      var part = PoissonBootstrap(seed: 12, replicates: 500)
      for row in rows { part.add(Double(row % 7), key: UInt64(row)) }
      return part
    }
    let whole = try bootstrap(0..<600).level()
    let merged = try PoissonBootstrap(merging: [
      PoissonBootstrap(), bootstrap(300..<600), bootstrap((0..<300).reversed()),
    ]).level()
    // Whole numbers sum exactly, whatever the order.
    #expect(merged == whole)
    let exact = Moments((0..<600).map { Double($0 % 7) })
    #expect(abs(whole.estimate - exact.mean) < 1e-14)
    #expect(abs(whole.standardError / exact.standardError - 1) < 0.15)
  }

  @Test func poissonWeightsHaveTheirMasses() throws {
    // A session of value 1 beside a constant 0: replicate b is w/(w + v) with both Poisson(1).
    var part = PoissonBootstrap(seed: 1, replicates: 40_000)
    part.add(1, key: 1)
    part.add(0, key: 2)
    let replicates = try part.level().replicates
    // 0/0 is left out: P(both 0) = e⁻²; P(w = 0, v > 0) = e⁻¹ − e⁻².
    #expect(abs(Double(replicates.count) / 40_000 - 0.8646647) < 4 * 0.0017)
    #expect(abs(Double(replicates.count { $0 == 0 }) / 40_000 - 0.2325441) < 4 * 0.0021)
  }

  @Test func whatDoesNotVaryIsRefused() {
    let constant = BootstrapSample(ValueCounts([3, 3, 3]))
    #expect(throws: InferenceError.noVariation) { try Bootstrap(seed: 0).level(of: constant) }
    #expect(throws: InferenceError.tooFewSessions(arm: 0, count: 1, needed: 2)) {
      try Bootstrap(seed: 0).level(of: BootstrapSample(ValueCounts([3])))
    }
  }
}
