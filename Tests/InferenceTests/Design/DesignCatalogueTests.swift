import Inference
import Testing

/// What every entry of the list of plans promises.
@Suite struct DesignCatalogueTests {
  typealias Entry = DesignCatalogue.Entry

  struct Subject: Sendable, CustomTestStringConvertible {
    let entry: Entry
    let isTable: Bool
    var testDescription: String { "\(entry.name) of \(entry.need)" }
  }

  static let subjects =
    (DesignCatalogue.shares + DesignCatalogue.means + DesignCatalogue.survival)
    .map { Subject(entry: $0, isTable: false) }
    + DesignCatalogue.tables.map { Subject(entry: $0, isTable: true) }

  private static func baseline(_ entry: Entry) -> DesignBaseline {
    switch entry.need {
    case .rate: .rate(0.22)
    // Student's test is of one deviation.
    case .moments:
      .mean(12, controlDeviation: 30, offerDeviation: entry.name == "student" ? 30 : 33)
    case .events: .events(0.6)
    }
  }

  /// A null other than no effect, and effects on either side of a null.
  private static func shifts(_ entry: Entry) -> (null: Double, above: Double, below: Double) {
    switch entry.scale {
    case .difference where entry.need == .moments: (-1.5, 4, -4)
    case .difference: (-0.03, 0.05, -0.05)
    case .relativeLift: (-0.1, 0.2, -0.2)
    case .oddsRatio, .hazardRatio, .superiority: (0.9, 0.3, -0.25)
    }
  }

  /// An existential opened: the inverse is generic over its own type.
  private func detectable(
    _ test: some PlannedTest, _ sizes: ArmSizes, _ power: Double, _ direction: Alternative
  ) -> Double? {
    test.detectableEffect(sizes, power: power, direction: direction)
  }

  @Test(arguments: subjects.filter { !$0.isTable })
  func sizesPowerAndEffectAreInverses(_ subject: Subject) throws {
    let (entry, shifts) = (subject.entry, Self.shifts(subject.entry))
    let baseline = Self.baseline(entry)
    for null in entry.takesNull ? [nil, shifts.null] : [nil] {
      for alternative in Alternative.allCases {
        let test = try entry.planned(
          baseline, null: null, rule: .once(alpha: 0.03, alternative))
        for ratio in [1, 0.25, 9] {
          let isAbove = alternative != .less
          let effect = test.null + (isAbove ? shifts.above : shifts.below)
          let sizes = try test.sizes(effect: effect, power: 0.85, offersPerControl: ratio)
          #expect(abs(sizes.offersPerControl / ratio - 1) < 1e-12)
          #expect(abs(test.power(sizes, effect: effect) - 0.85) < 1e-9)
          let detected = detectable(test, sizes, 0.85, isAbove ? .greater : .less)
          let found = try #require(detected)
          #expect(abs(found - effect) < 1e-8 * abs(effect - test.null))
        }
      }
    }
  }

  @Test(arguments: subjects.filter(\.isTable))
  func tablesHaveThePowerAtTheSizesThatTheyGive(_ subject: Subject) throws {
    let entry = subject.entry
    let baseline = DesignBaseline.rate(0.2)
    let effect = try #require(baseline.effect(offerMean: 0.75, on: entry.scale))
    let test = try entry.planned(baseline, rule: .once(alpha: 0.05))
    let sizes = try test.sizes(effect: effect, power: 0.8, offersPerControl: 2)
    #expect(sizes == sizes.roundedUp && sizes.offer == 2 * sizes.control)
    #expect(test.power(sizes, effect: effect) >= 0.8)
    let detected = detectable(test, sizes, 0.8, .greater)
    let found = try #require(detected)
    #expect(found <= effect)
    #expect(abs(test.power(sizes, effect: found) - 0.8) < 1e-9)
  }

  /// Where a formula and the tables of the same test are both at hand, they are near each other.
  @Test(arguments: ["pooledZ", "unpooledZ", "farringtonManning", "logRatio", "woolf"])
  func formulasAreNearTheTables(_ name: String) throws {
    let entry = try #require(DesignCatalogue.entry(name, knowing: .rate(0.3)))
    let rule = try #require(LiftCatalogue.proportions.first { $0.name == name })
    let formula = try entry.planned(.rate(0.3))
    let tables = PlannedTableTest(EnumeratedPower(rule), baseRate: 0.3)
    let effect = try #require(DesignBaseline.rate(0.3).effect(offerMean: 0.4, on: entry.scale))
    let sizes = ArmSizes(offer: 300, control: 250)
    #expect(
      abs(formula.power(sizes, effect: effect) - tables.power(sizes, effect: effect)) < 0.012)
  }

  /// The catalogue names what it has no plan for.
  @Test func whatIsNotPlanned() {
    let tests =
      (LiftCatalogue.proportions + LiftCatalogue.exact + LiftCatalogue.sequentialProportions)
      .map(\.name)
      + (LiftCatalogue.means + LiftCatalogue.sequentialMeans).map(\.name)
      + LiftCatalogue.samples.map(\.name) + LiftCatalogue.survival.map(\.name)
    let names = Set(DesignCatalogue.names)
    #expect(
      tests.filter { !names.contains($0) } == [
        "mannWhitney", "permutation", "yuen", "winsorized", "median", "gehanBreslow", "taroneWare",
        "petoPeto", "modifiedPetoPeto", "earlyFlemingHarrington", "lateFlemingHarrington",
        "restrictedMeanDifference", "restrictedMeanRatio", "horizonLogLog",
      ])
    // Cohen's angles plan no test of their own.
    #expect(names.subtracting(tests) == ["arcsine"])
    let keys = DesignCatalogue.all.map { "\($0.name) \($0.need)" }
    #expect(Set(keys).count == keys.count)
  }

  /// Nulls and scales are those of the tests that will be made.
  @Test func scalesAreThoseOfTheTests() throws {
    let (offer, control) = (Tally(successes: 30, trials: 90), Tally(successes: 21, trials: 90))
    for entry in LiftCatalogue.proportions + LiftCatalogue.exact {
      let plan = try #require(DesignCatalogue.entry(entry.name, knowing: .rate(0.2)))
      #expect(plan.takesNull == entry.takesNull, "\(entry.name)")
      guard entry.takesNull else { continue }
      #expect(plan.scale == (try entry.compare(offer, control).method.scale), "\(entry.name)")
    }
  }

  @Test func whatCannotBeKnownIsRefused() throws {
    func error(
      _ name: String, _ baseline: DesignBaseline, null: Double? = nil
    ) throws -> InferenceError? {
      let entry = try #require(DesignCatalogue.entry(name, knowing: baseline))
      return #expect(throws: InferenceError.self) { try entry.planned(baseline, null: null) }
    }
    #expect(try error("pooledZ", .rate(1)) == .invalidValue(arm: 0, value: 1))
    #expect(try error("pooledZ", .rate(0.2), null: 0.1) == .fixedNull(test: "pooledZ"))
    #expect(try error("unpooledZ", .rate(0.5), null: 0.75) == .invalidValue(arm: 1, value: 1.25))
    let unknown = DesignBaseline.mean(nil, controlDeviation: 1, offerDeviation: 1)
    #expect(try error("logLift", unknown) == .invalidValue(arm: 0, value: 0))
    let flat = DesignBaseline.mean(3, controlDeviation: 0, offerDeviation: 1)
    #expect(try error("welch", flat) == .invalidValue(arm: 0, value: 0))
    #expect(try error("hazardRatio", .events(0)) == .invalidValue(arm: 0, value: 0))
    #expect(try error("hazardRatio", .events(0.5), null: 0) == .invalidValue(arm: 1, value: 0))
  }

  // Closed forms in R 4.2.2: n = (z₀.₉₇₅ + z₀.₈)²(…)/ln²1.1 and its like.
  @Test(arguments: [
    (PlannedMeanLiftTest.Statistic.logarithm, 0.0, 10800.381838944493),
    (.delta, 0, 11871.430598202991), (.fieller, 0, 10841.265133069672),
    (.fieller, -0.05, 4605.7662330034545),
  ])
  func liftsOfMeans(_ statistic: PlannedMeanLiftTest.Statistic, _ null: Double, _ n: Double) throws
  {
    let test = PlannedMeanLiftTest(
      baseMean: 12, offerDeviation: 33, controlDeviation: 30, null: null, statistic: statistic,
      rule: .once(alpha: 0.025, .greater))
    #expect(abs(try test.sizes(effect: 0.1, power: 0.8).offer / n - 1) < 1e-11)
  }

  // R 4.2.2, pnorm of the formula, both tails.
  @Test func powerOfALiftOfMeans() {
    let test = PlannedMeanLiftTest(baseMean: 12, offerDeviation: 33, controlDeviation: 30)
    #expect(abs(test.power(ArmSizes(each: 5_000), effect: 0.1) - 0.47861831413633737) < 1e-13)
    #expect(test.power(ArmSizes(each: 5_000), effect: -1) == 0)
  }

  // R 4.2.2, anova(aov(y ~ group)) and the ANOVA estimator from its mean squares.
  @Test func correlationOfClusters() throws {
    let outcomes: [Double] = [1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0]
    let groups = [1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 5, 5, 6, 6, 6]
    let clusters = try ClusterDesign(
      estimating: ClusterSums(outcomes: outcomes, clusters: groups), outcomes: Moments(outcomes))
    #expect(abs(clusters.correlation - 0.44472361809045213) < 1e-14)
    #expect(clusters.meanSize == 2.5)
    #expect(abs(clusters.sizeVariation - 0.38297084310253526) < 1e-14)
    // Sessions of one customer each have nothing to be alike with.
    let single = try ClusterDesign(
      estimating: ClusterSums(outcomes: [0, 1, 1], clusters: [1, 2, 3]),
      outcomes: Moments([0, 1, 1]))
    #expect(single.effect == 1)
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try ClusterDesign(
        estimating: ClusterSums(outcomes: [0, 1], clusters: [1, 1]), outcomes: Moments([0, 1]))
    }
  }
}
