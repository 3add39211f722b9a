import Inference
import Testing

/// Powers and sizes that other programs compute.
@Suite struct PowerReferenceTests {
  // R 4.2.2, power.prop.test(strict = TRUE): both tails count.
  @Test(arguments: [
    (50.0, 0.5, 0.75, 0.05, 0.740167193453611), (200, 0.1, 0.15, 0.05, 0.326823526079357),
    (1000, 0.22, 0.2, 0.01, 0.069782508473999), (30, 0.3, 0.32, 0.05, 0.0531652842174421),
  ])
  func pooled(_ n: Double, _ p0: Double, _ p1: Double, _ alpha: Double, _ power: Double) {
    let test = PlannedProportionTest(baseRate: p0, rule: .once(alpha: alpha))
    #expect(abs(test.power(ArmSizes(each: n), effect: p1 - p0) - power) < 1e-13)
  }

  // The same, sizes to its own tolerance.
  @Test(arguments: [
    (0.5, 0.75, 0.05, 0.9, 76.7069161158174), (0.1, 0.15, 0.05, 0.8, 685.595273360766),
    (0.22, 0.2, 0.01, 0.95, 14773.377847146),
  ])
  func pooledSizes(
    _ p0: Double, _ p1: Double, _ alpha: Double, _ power: Double, _ n: Double
  ) throws {
    let test = PlannedProportionTest(baseRate: p0, rule: .once(alpha: alpha))
    let sizes = try test.sizes(effect: p1 - p0, power: power)
    #expect(abs(sizes.control / n - 1) < 1e-11)
  }

  // statsmodels 0.15.0, power_proportions_2indep(.05, .2, 300, ratio=3): arms of unlike size count.
  @Test func unequalArms() {
    let test = PlannedProportionTest(baseRate: 0.2)
    let power = test.power(ArmSizes(offer: 300, control: 900), effect: 0.05)
    #expect(abs(power - 0.45164931386803964) < 1e-12)
    // Hmisc 4.8.0 in R 4.2.2, bpower(.2, .25, n1 = 300, n2 = 900): the control is the smaller arm.
    let sizes = ArmSizes(offer: 900, control: 300)
    #expect(abs(test.power(sizes, effect: 0.05) - 0.418531200678025) < 1e-13)
    // SciPy 1.17.1, norm.sf of the textbook formula.
    let unpooled = PlannedProportionTest(baseRate: 0.2, variance: .unpooled)
    #expect(abs(unpooled.power(sizes, effect: 0.05) - 0.45073363611699524) < 1e-13)
  }

  // Farrington and Manning's closed form of the constrained fit, in SciPy 1.17.1; both tails.
  @Test(arguments: [
    (0.22, 0.22, -0.02, 9_000.0, 9_000.0, 0.8994312962905865),
    (0.3, 0.2, 0.05, 400, 1_200, 0.5179224545061965),
    (0.15, 0.2, -0.1, 150, 50, 0.10386054087095359),
  ])
  func margins(
    _ p1: Double, _ p0: Double, _ margin: Double, _ n1: Double, _ n0: Double, _ power: Double
  ) {
    let test = PlannedProportionTest(baseRate: p0, null: margin)
    let own = test.power(ArmSizes(offer: n1, control: n0), effect: p1 - p0)
    #expect(abs(own - power) < 1e-12)
  }

  // The formulas in NumPy, the score's fit by brentq on the score equation, SciPy 1.17.1; both tails.
  @Test(arguments: [
    (
      0.25, 0.2, 900.0, 300.0, 0.0,
      [0.3408451240674981, 0.408575444981598, 0.45073363611699513, 0.4185312006780244]
    ),
    (
      0.25, 0.2, 900, 300, 0.1,
      [0.1533292774736633, 0.16766840115950968, 0.17677213532979763, 0.16360631124603375]
    ),
    (
      0.12, 0.2, 150, 400, -0.2,
      [0.27924606126407375, 0.22015300045951675, 0.25233253901525193, 0.21012831131625406]
    ),
  ])
  func lifts(
    _ p1: Double, _ p0: Double, _ n1: Double, _ n0: Double, _ null: Double, _ powers: [Double]
  ) {
    let sizes = ArmSizes(offer: n1, control: n0)
    for (statistic, power) in zip(PlannedLiftTest.Statistic.allCases, powers) {
      let test = PlannedLiftTest(baseRate: p0, null: null, statistic: statistic)
      #expect(abs(test.power(sizes, effect: p1 / p0 - 1) - power) < 1e-11)
    }
  }

  // The same for the log odds.
  @Test func oddsRatios() {
    let test = PlannedOddsRatioTest(baseRate: 0.2)
    let more = test.power(ArmSizes(offer: 900, control: 300), effect: 4.0 / 3)
    #expect(abs(more - 0.42032090335474237) < 1e-12)
    let less = test.power(ArmSizes(offer: 150, control: 400), effect: 6.0 / 11)
    #expect(abs(less - 0.5792412088316585) < 1e-12)
  }

  // R 4.2.2, power.t.test(strict = TRUE).
  @Test(arguments: [
    (20.0, 1.0, 0.05, 0.868953027724586), (10, 0.3, 0.1, 0.169868152155939),
    (150, 0.25, 0.01, 0.336218638234907),
  ])
  func student(_ n: Double, _ delta: Double, _ alpha: Double, _ power: Double) {
    let test = PlannedTTest(deviation: 1, alpha: alpha)
    #expect(abs(test.power(ArmSizes(each: n), effect: delta) - power) < 1e-12)
  }

  // The same, sizes; then pwr 1.3.0's pwr.t2n.test and statsmodels' TTestIndPower with unequal arms.
  @Test func studentSizes() throws {
    let first = try PlannedTTest(deviation: 1).sizes(effect: 1, power: 0.9)
    #expect(abs(first.offer - 22.0210884263736) < 1e-9)
    let second = try PlannedTTest(deviation: 2).sizes(effect: 0.3, power: 0.8)
    #expect(abs(second.offer - 698.63815120538) < 1e-7)
    let sizes = ArmSizes(offer: 20, control: 60)
    #expect(abs(PlannedTTest(deviation: 1).power(sizes, effect: 0.6) - 0.631251889829673) < 1e-12)
    let less = PlannedTTest(deviation: 1, .less)
    let power = less.power(ArmSizes(offer: 9, control: 300), effect: -0.8)
    #expect(abs(power - 0.762609228543752) < 1e-11)
    let uneven = ArmSizes(offer: 80, control: 20)
    #expect(
      abs(PlannedTTest(deviation: 1).power(uneven, effect: 0.3) - 0.22096605190201904) < 1e-12)
    let above = PlannedTTest(deviation: 1, .greater)
    #expect(abs(above.power(uneven, effect: 0.3) - 0.32522513771511796) < 1e-12)
    let normal = PlannedMeanTest(offerDeviation: 1, controlDeviation: 1)
    #expect(abs(normal.power(uneven, effect: 0.3) - 0.22442699982298184) < 1e-13)
  }

  // SciPy 1.17.1: scipy.stats.nct with Satterthwaite's degrees of freedom at the true variances.
  @Test func welch() {
    let first = PlannedWelchTest(offerDeviation: 3, controlDeviation: 1)
    let power = first.power(ArmSizes(offer: 20, control: 80), effect: 1.5)
    #expect(abs(power - 0.5554973895633534) < 1e-12)
    let second = PlannedWelchTest(offerDeviation: 1, controlDeviation: 2, alpha: 0.01)
    #expect(abs(second.power(ArmSizes(each: 12), effect: 1) - 0.11902612189839522) < 1e-12)
  }

  // pwr 1.3.0 in R 4.2.2, pwr.2p2n.test with ES.h(.3, .22), 100 and 400.
  @Test func arcsine() {
    let sizes = ArmSizes(offer: 100, control: 400)
    let twoSided = PlannedArcsineTest(baseRate: 0.22)
    #expect(abs(twoSided.power(sizes, effect: 0.08) - 0.373004289632046) < 1e-12)
    let greater = PlannedArcsineTest(baseRate: 0.22, rule: .once(alpha: 0.05, .greater))
    #expect(abs(greater.power(sizes, effect: 0.08) - 0.496320216934947) < 1e-12)
  }

  // Schoenfeld's events in closed form: 4 (z₀.₀₂₅ + z₀.₂)² / ln² 2 = 65.3457.
  @Test func logRank() throws {
    let rule = RejectionRule.once(alpha: 0.025, .less)
    let all = PlannedLogRankTest(controlEventProbability: 1, rule: rule)
    #expect(abs(try all.sizes(effect: 0.5, power: 0.8).total - 65.3456592588709) < 1e-9)
    // With three in ten lost inside the window, and 1 − 0.7^½ of the offer's, the events are the same.
    let window = PlannedLogRankTest(controlEventProbability: 0.3, rule: rule)
    let sizes = try window.sizes(effect: 0.5, power: 0.8)
    #expect(abs(window.events(sizes, hazardRatio: 0.5) - 65.3456592588709) < 1e-7)
    let share = (0.3 + 1 - 0.7.squareRoot()) / 2
    #expect(abs(sizes.total * share - 65.3456592588709) < 1e-7)
  }

  // SciPy 1.17.1: binom.pmf over all tables; norm.sf for the pooled z, fisher_exact.
  @Test(arguments: [
    (20, 30, 0.6, 0.2, 0.8343567801370609, 0.800596794846301, 0.7557042346395644),
    (15, 15, 0.5, 0.1, 0.7256494852594622, 0.5358123379526063, 0.5358117954266421),
  ])
  func enumerated(
    _ n1: Int, _ n0: Int, _ p1: Double, _ p0: Double, _ pooled: Double, _ fisher: Double,
    _ oneSided: Double
  ) throws {
    func power(_ name: String, _ alpha: Double, _ alternative: Alternative) throws -> [Double] {
      let entry = try #require(LiftCatalogue.proportions.first { $0.name == name })
      return EnumeratedPower.Search.allCases.map {
        EnumeratedPower(entry, alpha: alpha, alternative, search: $0)
          .power(offer: n1, control: n0, offerRate: p1, controlRate: p0)
      }
    }
    for own in try power("pooledZ", 0.05, .twoSided) { #expect(abs(own - pooled) < 1e-13) }
    for own in try power("fisher", 0.05, .twoSided) { #expect(abs(own - fisher) < 1e-13) }
    for own in try power("fisher", 0.025, .greater) { #expect(abs(own - oneSided) < 1e-13) }
  }
}
