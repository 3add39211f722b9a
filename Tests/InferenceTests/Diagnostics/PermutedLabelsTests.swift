import Inference
import Testing

@Suite struct PermutedLabelsTests {
  private func entry(_ name: String) throws -> LiftCatalogue.Entry<Tally> {
    try #require((LiftCatalogue.proportions + LiftCatalogue.exact).first { $0.name == name })
  }

  // scipy 1.17.1: the tables of these margins with stats.hypergeom(N, K, n1).pmf, those counted whose
  // pooled z (or stats.fisher_exact) has p ≤ alpha.
  static let references: [(String, Tally, Tally, Double, Double)] = [
    (
      "pooledZ", Tally(successes: 8, trials: 20), Tally(successes: 3, trials: 30), 0.05,
      0.033349781842989173
    ),
    (
      "fisher", Tally(successes: 8, trials: 20), Tally(successes: 3, trials: 30), 0.05,
      0.033349781842989173
    ),
    (
      "pooledZ", Tally(successes: 230, trials: 1_000), Tally(successes: 410, trials: 2_000), 0.01,
      0.010646869049745347
    ),
    (
      "fisher", Tally(successes: 230, trials: 1_000), Tally(successes: 410, trials: 2_000), 0.01,
      0.009347246448250942
    ),
  ]

  @Test(arguments: references)
  func twoTalliesAreExact(
    name: String, offer: Tally, control: Tally, alpha: Double, expected: Double
  ) throws {
    let rate = try PermutedLabelsStudy(alpha: alpha).rate(
      of: entry(name), offer: offer, control: control)
    #expect(rate.isExact)
    #expect(abs(rate.rate - expected) <= 1e-12)
    #expect(rate.interval.lower == rate.rate && rate.interval.upper == rate.rate)
  }

  @Test(arguments: [
    (Tally(successes: 3, trials: 14), Tally(successes: 9, trials: 17)),
    (Tally(successes: 70, trials: 300), Tally(successes: 55, trials: 310)),
    (Tally(successes: 1, trials: 2), Tally(successes: 1, trials: 400)),
  ])
  func exactConditionalTestsNeverExceedTheirLevel(offer: Tally, control: Tally) throws {
    for name in ["fisher", "fisherCentral", "fisherBlaker"] {
      for alpha in [0.001, 0.05, 0.2] {
        let study = PermutedLabelsStudy(alpha: alpha)
        let rate = try study.rate(of: entry(name), offer: offer, control: control)
        #expect(rate.rate <= alpha * (1 + 1e-12))
        #expect(!rate.isInflated)
      }
    }
  }

  @Test func theRateDoesNotDependOnTheOffersSuccesses() throws {
    let study = PermutedLabelsStudy()
    let one = try study.rate(
      of: entry("pooledZ"), offer: Tally(successes: 60, trials: 200),
      control: Tally(successes: 40, trials: 200))
    let other = try study.rate(
      of: entry("pooledZ"), offer: Tally(successes: 50, trials: 200),
      control: Tally(successes: 50, trials: 200))
    #expect(one == other)
  }

  @Test func aMillionSessionsAreExact() throws {
    let rate = try PermutedLabelsStudy().rate(
      of: entry("pooledZ"), offer: Tally(successes: 110_000, trials: 500_000),
      control: Tally(successes: 111_000, trials: 500_000))
    #expect(rate.isExact)
    #expect(abs(rate.rate - 0.05) < 5e-4)
  }

  /// Several arms: the unadjusted rate of each is near α, that of any is not; Holm's is.
  @Test func severalArmsAreDealtOutTogether() throws {
    let arms = [
      Tally(successes: 210, trials: 1_000), Tally(successes: 230, trials: 1_000),
      Tally(successes: 190, trials: 900), Tally(successes: 250, trials: 1_100),
    ]
    let study = PermutedLabelsStudy(replications: 4_000, seed: 7)
    let raw = try study.rates(of: entry("pooledZ"), arms: arms)
    for arm in raw.arms { #expect(arm.interval.contains(0.05)) }
    // Three comparisons with one control: 0.05 each is 0.12 to 0.13 for any.
    #expect(raw.any.isInflated)
    #expect(raw.any.interval.contains(0.125))
    let holm = try study.rates(of: entry("pooledZ"), arms: arms, adjustment: .holm)
    #expect(!holm.any.isInflated)
    #expect(holm.any.rate <= 0.05)
    #expect(try study.rates(of: entry("pooledZ"), arms: arms) == raw)
  }

  @Test func twoArmsAmongSeveralAreExact() throws {
    let arms = [Tally(successes: 21, trials: 100), Tally(successes: 30, trials: 100)]
    let rates = try PermutedLabelsStudy().rates(of: entry("pooledZ"), arms: arms)
    #expect(rates.any.isExact)
    #expect(rates.any == rates.arms[0])
  }

  /// Zeros and ones by draws agree with the tables of their margins.
  @Test func drawsAgreeWithTables() throws {
    let (offer, control) = (Tally(successes: 30, trials: 90), Tally(successes: 20, trials: 110))
    let study = PermutedLabelsStudy(alpha: 0.1, replications: 5_000, seed: 3, level: 0.999)
    let exact = try study.rate(of: entry("unpooledZ"), offer: offer, control: control)
    let sessions = (bits(offer), bits(control))
    let shuffled = try study.rate(
      of: entry("unpooledZ"), offer: sessions.0, control: sessions.1
    ) { bits in
      Tally(successes: bits.count { $0 }, trials: bits.count)
    }
    #expect(!shuffled.isExact)
    #expect(shuffled.interval.contains(exact.rate))
    let welch = try #require(LiftCatalogue.means.first { $0.name == "welch" })
    let cells = try study.rate(of: welch, offer: ValueCounts(offer), control: ValueCounts(control))
    let values = try study.rate(
      of: welch, offer: sessions.0.map { $0 ? 1.0 : 0 }, control: sessions.1.map { $0 ? 1.0 : 0 }
    ) {
      Moments($0)
    }
    #expect(cells.interval.lower <= values.interval.upper)
    #expect(values.interval.lower <= cells.interval.upper)
  }

  private func bits(_ tally: Tally) -> [Bool] {
    (0..<tally.trials).map { $0 < tally.successes }
  }

  @Test func strataAreDealtOutOneByOne() throws {
    let entry = try #require(
      LiftCatalogue.strata.first { $0.name == "cochranMantelHaenszel" })
    let offer = StratifiedTally([
      Tally(successes: 80, trials: 100), Tally(successes: 10, trials: 200),
    ])
    let control = StratifiedTally([
      Tally(successes: 150, trials: 200), Tally(successes: 5, trials: 100),
    ])
    let rate = try PermutedLabelsStudy(replications: 4_000, seed: 1, level: 0.999)
      .rate(of: entry, offer: offer, control: control)
    #expect(rate.interval.contains(0.05))
  }

  /// The control that must fail: sessions of a customer end alike, and are counted as if they did not.
  @Test func aTestThatIgnoresClustersIsCalledInflated() throws {
    // A customer has ten sessions, and either saves all of them or none.
    let customers = (0..<80).map { $0 % 4 == 0 }
    let study = PermutedLabelsStudy(replications: 2_000)
    let summarize = { (arm: [Bool]) in
      Tally(successes: 10 * arm.count { $0 }, trials: 10 * arm.count)
    }
    let rate = try study.rate(
      of: entry("pooledZ"), offer: Array(customers[..<40]), control: Array(customers[40...]),
      summarize: summarize)
    #expect(rate.isInflated)
    #expect(rate.rate > 0.4)
  }

  @Test func whatTheTestRefusesIsRefused() throws {
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try PermutedLabelsStudy().rate(
        of: entry("pooledZ"), offer: Tally(), control: Tally(successes: 1, trials: 2))
    }
    #expect(throws: InferenceError.noVariation) {
      try PermutedLabelsStudy().rates(
        of: entry("pooledZ"), arms: Array(repeating: Tally(successes: 0, trials: 9), count: 3))
    }
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try PermutedLabelsStudy().rates(of: entry("pooledZ"), arms: [Tally()])
    }
  }

  /// Deals that a test cannot answer are no findings, and are counted.
  @Test func refusedDealsAreCounted() throws {
    let rate = try PermutedLabelsStudy(alpha: 0.5).rate(
      of: entry("logRatio"), offer: Tally(successes: 1, trials: 3),
      control: Tally(successes: 1, trials: 3))
    // Both in one arm: 2 · C(4, 3)/C(6, 3).
    #expect(abs(rate.refusedShare - 0.4) < 1e-12)
    #expect(rate.rate == 0)
  }
}
