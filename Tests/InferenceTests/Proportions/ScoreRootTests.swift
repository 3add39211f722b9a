import Inference
import TestSupport
import Testing

/// The ends of score and profile-likelihood intervals to their last digits.
@Suite struct ScoreRootTests {
  struct Row: Sendable {
    let offer: Tally
    let control: Tally
    let level: Double
    /// The ends by three methods, two and two.
    let ends: [Double]

    init(_ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int, _ level: Double, _ ends: [Double]) {
      offer = Tally(successes: x1, trials: n1)
      control = Tally(successes: x0, trials: n0)
      self.level = level
      self.ends = ends
    }
  }

  // Miettinen–Nurminen, Mee and the profile likelihood of a difference, by bisection of the statistic
  // with the constrained proportions found by bisection of the score; mpmath 1.3.0 at 40 digits.
  static let differences: [Row] = [
    Row(
      7, 34, 1, 34, 0.95,
      [
        0.0270416265834467639, 0.345291216966223779, 0.0283705079689995524, 0.343939921945740364,
        0.0334987861239560486, 0.337615397222701583,
      ]),
    Row(
      0, 10, 0, 20, 0.95,
      [
        -0.165760227542171652, 0.284381339534377341, -0.161125158052819387, 0.277532799862889253,
        -0.0915691154797905652, 0.17475332804982991,
      ]),
    Row(
      3, 1_000_000, 11, 2_000_000, 0.95,
      [
        -7.38472534289743544e-6, 3.69598190126818283e-6, -7.38472440641101177e-6,
        3.69598047357444367e-6, -7.21450962046662473e-6, 2.96886671182823973e-6,
      ]),
    Row(
      10, 10, 0, 20, 0.99,
      [
        0.592990163454288762, 1, 0.601145906695091853, 1, 0.717670427418378211, 1,
      ]),
    Row(
      999_990, 1_000_000, 1_999_999, 2_000_000, 0.95,
      [
        -0.0000179421465775589084, -4.71292406549233944e-6, -0.0000179421447600852818,
        -4.71292468394592273e-6, -0.0000170863072241758158, -4.33338160729598819e-6,
      ]),
    Row(
      501_234_567, 1_000_000_000, 499_000_000, 1_000_000_000, 0.999,
      [
        0.00216098875927295949, 0.00230814521653212124, 0.00216098875929135405,
        0.00230814521651372669, 0.00216098876322425722, 0.00230814522064579655,
      ]),
    Row(
      1, 1, 0, 1, 0.95,
      [
        -0.586901371245525224, 1, -0.315239544986693924, 1, -0.234493463160283204, 1,
      ]),
    Row(
      0, 5, 3, 7, 0.9,
      [
        -0.720094525103338551, 0.0093867450797253484, -0.710522908986407176,
        -0.0155047571227536747, -0.725426185504414456, -0.097325766451676763,
      ]),
  ]

  @Test(arguments: differences)
  func ofADifference(_ row: Row) throws {
    let tests: [any HypothesisTest] = [
      try ScoreDifferenceTest(offer: row.offer, control: row.control),
      try ScoreDifferenceTest(offer: row.offer, control: row.control, variance: .plain),
      try LikelihoodRatioTest(offer: row.offer, control: row.control),
    ]
    try check(tests, row)
  }

  // Koopman and Miettinen–Nurminen for a lift, Cornfield's score for an odds ratio, likewise; the level
  // of the last is the double, whose distance from one is known to ten digits only.
  static let ratios: [Row] = [
    Row(
      7, 34, 1, 34, 0.95,
      [
        0.220852853514811583, 41.5757176097603952, 0.208567975090028539, 42.0329722386946988,
        1.26128760331722356, 55.8482832253219265,
      ]),
    Row(
      8, 15, 4, 15, 0.95,
      [
        -0.184986460617033764, 4.336316846323285, -0.196633352792783778, 4.42309693274129713,
        0.708465662688400292, 13.829514667814372,
      ]),
    Row(
      0, 10, 5, 20, 0.95,
      [
        -1, 0.2466905050857792, -1, 0.284944287801461761, 0, 1.32545906091530459,
      ]),
    Row(
      6, 10, 0, 20, 0.99,
      [
        1.15743886859471918, .infinity, 1.09075093095752234, .infinity, 3.0206853573750468,
        .infinity,
      ]),
    Row(
      10, 10, 9, 12, 0.95,
      [
        -0.0755825459191816368, 1.13814711753864823, -0.0888885438544247488, 1.16771970531429046,
        0.721545279386367846, .infinity,
      ]),
    Row(
      3, 1_000_000, 11, 2_000_000, 0.95,
      [
        -0.836167708589900729, 0.816003731820581449, -0.836167737972503067, 0.816004057511966396,
        0.163831338993631003, 1.81600993369075265,
      ]),
    Row(
      501_234_567, 1_000_000_000, 499_000_000, 1_000_000_000, 0.999,
      [
        0.00433031919520434623, 0.00462588295624430666, 0.0043303191951674062,
        0.00462588295628125758, 1.00868143594461611, 1.00927534966959889,
      ]),
    Row(
      10, 10, 1, 20, 0.999_999,
      [
        0.0783244689403707552, 515.862740983983028, 0.0442570665535727479, 532.386617421150012,
        1.14799828640206614, .infinity,
      ]),
  ]

  @Test(arguments: ratios)
  func ofARatio(_ row: Row) throws {
    let tests: [any HypothesisTest] = [
      try ScoreRatioTest(offer: row.offer, control: row.control),
      try ScoreRatioTest(offer: row.offer, control: row.control, variance: .unbiased),
      try ScoreOddsRatioTest(offer: row.offer, control: row.control, variance: .plain),
    ]
    try check(tests, row)
  }

  private func check(_ tests: [any HypothesisTest], _ row: Row) throws {
    for (index, test) in tests.enumerated() {
      let interval = test.interval(level: row.level)
      #expect(relativeError(interval.lower, row.ends[2 * index]) < 1e-12)
      #expect(relativeError(interval.upper, row.ends[2 * index + 1]) < 1e-12)
    }
  }

  // Koopman (plain) and Miettinen–Nurminen (unbiased) as ratesci 1.0.0 prints them to three places:
  // the former after Gart and Nam (1988), the latter after Fagerland and Newcombe (2013).
  @Test(arguments: [
    (6, 10, 6, 20, ScoreVariance.plain, 0.844, 4.594),
    (24, 73, 53, 65, .unbiased, 0.280, 0.560), (29, 55, 11, 11, .unbiased, 0.397, 0.742),
    (7, 18, 1, 18, .unbiased, 1.296, 42.544),
  ])
  func ratioAsPublished(
    _ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int, _ variance: ScoreVariance, _ lower: Double,
    _ upper: Double
  ) throws {
    let lift = try ScoreRatioTest(
      offer: Tally(successes: x1, trials: n1), control: Tally(successes: x0, trials: n0),
      variance: variance
    ).interval()
    #expect(abs(1 + lift.lower - lower) < 5.1e-4 && abs(1 + lift.upper - upper) < 5.1e-4)
  }

  // The same for odds ratios: Fagerland and Newcombe (2013), and Gart and Thomas (1982) for Cornfield.
  @Test(arguments: [
    (28, 51, 71, 230, ScoreVariance.plain, 1.476, 5.035),
    (24, 73, 53, 65, .unbiased, 0.050, 0.245), (29, 55, 11, 11, .unbiased, 0, 0.417),
    (7, 18, 1, 18, .unbiased, 1.416, 76.428),
  ])
  func oddsRatioAsPublished(
    _ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int, _ variance: ScoreVariance, _ lower: Double,
    _ upper: Double
  ) throws {
    let odds = try ScoreOddsRatioTest(
      offer: Tally(successes: x1, trials: n1), control: Tally(successes: x0, trials: n0),
      variance: variance
    ).interval()
    #expect(abs(odds.lower - lower) < 5.1e-4 && abs(odds.upper - upper) < 5.1e-4)
  }

  @Test func withoutAMarginTheScoreTestIsThePooledZ() throws {
    let (offer, control) = (Tally(successes: 56, trials: 70), Tally(successes: 48, trials: 80))
    let pooled = try PooledZTest(offer: offer, control: control)
    let plain = ScoreVariance.plain
    for z in [
      try ScoreDifferenceTest(offer: offer, control: control, variance: plain).z,
      try ScoreRatioTest(offer: offer, control: control, variance: plain).z,
      try ScoreOddsRatioTest(offer: offer, control: control, variance: plain).z,
    ] {
      #expect(relativeError(z, pooled.z) < 4e-15)
    }
  }
}
