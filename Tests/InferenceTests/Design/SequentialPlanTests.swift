import Inference
import Testing

/// Plans with several looks, many offers, clusters and a stream of sessions.
@Suite struct SequentialPlanTests {
  /// Where the test's variance is the true one, looking costs the design's inflation of the sizes.
  @Test(arguments: [(4, 0.8), (15, 0.9)])
  func inflation(_ looks: Int, _ power: Double) throws {
    let design = GroupSequentialDesign.pocock(looks: looks, alpha: 0.025, sides: .one)
    func total(_ rule: RejectionRule) throws -> Double {
      try PlannedMeanTest(offerDeviation: 2, controlDeviation: 3, rule: rule)
        .sizes(effect: 0.25, power: power, offersPerControl: 2).total
    }
    let ratio = try total(.looks(design)) / total(.once(alpha: 0.025, .greater))
    #expect(abs(ratio / design.inflation(power: power) - 1) < 1e-9)
  }

  // Jennison and Turnbull (2000), table 2.4: Pocock's inflation of four looks at a power of 0.8 is 1.202.
  @Test func publishedInflation() throws {
    func total(_ rule: RejectionRule) throws -> Double {
      try PlannedArcsineTest(baseRate: 0.3, rule: rule).sizes(effect: 0.05, power: 0.8).total
    }
    let ratio = try total(.looks(.pocock(looks: 4))) / total(.once())
    #expect(abs(ratio - 1.202) < 5.1e-4)
  }

  /// One look is no group sequence, with the two variances of the pooled test too.
  @Test func oneLook() {
    let sizes = ArmSizes(offer: 300, control: 100)
    let once = PlannedProportionTest(baseRate: 0.1)
    let looks = PlannedProportionTest(baseRate: 0.1, rule: .looks(.pocock(looks: 1)))
    for effect in [-0.05, 0, 0.01, 0.1] {
      let (own, other) = (once.power(sizes, effect: effect), looks.power(sizes, effect: effect))
      #expect(abs(own - other) < 1e-11)
    }
  }

  /// The multiplier is that of the test which will be made.
  @Test func alwaysValid() throws {
    let sizes = ArmSizes(offer: 4_000, control: 2_000)
    let effect = EffectEstimate(0, standardError: 1, sessions: sizes.total)
    let multiplier = AlwaysValidTest(effect, tunedFor: 5_000).multiplier(alpha: 0.01)
    let test = PlannedMeanTest(
      offerDeviation: 1, controlDeviation: 1, rule: .alwaysValid(alpha: 0.01, tunedFor: 5_000))
    let law = try #require(test.statistic(sizes, effect: 0.1))
    let power = law.above(multiplier) + law.below(-multiplier)
    #expect(abs(test.power(sizes, effect: 0.1) - power) < 1e-15)
  }

  // Dunnett's two-sided value for five offers and correlation ½ is 2.5114631 (mvtnorm, tables of 1964).
  @Test func manyOffers() {
    guard case .once(let alpha, _) = RejectionRule.dunnett(offers: 5) else {
      Issue.record("one look")
      return
    }
    let law = PlannedStatistic(mean: 0)
    #expect(abs(law.beyond(2.5114631, .twoSided) - alpha) < 1e-8)
    #expect(RejectionRule.bonferroni(comparisons: 5) == .once(alpha: 0.01, .twoSided))
    #expect(alpha > 0.01)
  }

  // Eldridge, Ashby and Kerry (2006): 1 + ((0.5² + 1) 20 − 1) 0.05 = 2.2.
  @Test func clusters() throws {
    let clusters = ClusterDesign(meanSize: 20, sizeVariation: 0.5, correlation: 0.05)
    #expect(abs(clusters.effect - 2.2) < 1e-14)
    #expect(ClusterDesign(meanSize: 7, correlation: 0).effect == 1)
    let base = PlannedProportionTest(baseRate: 0.2)
    let alone = try base.sizes(effect: 0.03, power: 0.8)
    let grouped = try ClusteredTest(base, clusters: clusters).sizes(effect: 0.03, power: 0.8)
    #expect(abs(grouped.total / alone.total - 2.2) < 1e-10)
    #expect(abs(clusters.clusters(grouped).total * 20 - grouped.total) < 1e-8)
  }

  @Test func allocations() throws {
    let root = Allocation.squareRoot(offers: 4)
    #expect(abs(root.control - 1.0 / 3) < 1e-15)
    #expect(abs(root.offers.reduce(root.control, +) - 1) < 1e-15)
    let neyman = Allocation.neyman(control: 1, offers: [2])
    #expect(abs(neyman.offers[0] - 2.0 / 3) < 1e-15)
    let holdout = Allocation.holdout(share: 0.1, offers: 3)
    #expect(abs(holdout.control - 0.1) < 1e-15 && abs(holdout.offers[1] - 0.3) < 1e-15)

    // The square-root rule needs fewer sessions than equal shares, and a holdout of 10 % many more.
    let test = PlannedMeanTest(
      offerDeviation: 1, controlDeviation: 1, rule: .bonferroni(comparisons: 4))
    func total(_ allocation: Allocation) throws -> Double {
      try allocation.total(for: test, effect: 0.1, power: 0.8)
    }
    let (best, equal) = (try total(root), try total(.equal(offers: 4)))
    // (1 + √4)² : 2 (1 + 4).
    #expect(abs(best / equal - 0.9) < 1e-10)
    #expect(try total(.holdout(share: 0.1, offers: 4)) > 1.2 * equal)
    for power in root.powers(of: test, total: best, effect: 0.1) {
      #expect(abs(power - 0.8) < 1e-10)
    }
  }

  /// No shares near Neyman's have a smaller sum of variances.
  @Test func neymanIsLeast() {
    let (control, offers) = (0.7, [1.0, 2.0, 0.4])
    func cost(_ shares: Allocation) -> Double {
      zip(offers, shares.offers).reduce(0) { sum, arm in
        sum + arm.0 * arm.0 / arm.1 + control * control / shares.control
      }
    }
    let best = Allocation.neyman(control: control, offers: offers)
    for change in [0.9, 1.1] {
      #expect(cost(Allocation(control: best.control * change, offers: best.offers)) > cost(best))
      for index in offers.indices {
        var shares = best.offers
        shares[index] *= change
        #expect(cost(Allocation(control: best.control, offers: shares)) > cost(best))
      }
    }
  }

  @Test func traffic() {
    let traffic = Traffic(sessionsPerDay: 400, share: 0.5)
    #expect(traffic.enrollmentDays(total: 10_000) == 50)
    #expect(traffic.days(total: 10_000) == 80)
    #expect(traffic.knownSessions(days: 80) == 10_000)
    #expect(traffic.knownSessions(days: 30) == 0)
    // From 2026-01-01T00:00:00Z to 2026-03-22T00:00:00Z: 80 days.
    #expect(traffic.readout(total: 10_000, start: 1_767_225_600_000_000) == 1_774_137_600_000_000)
    #expect(traffic.readout(total: 1e30, start: 0) == nil)
    #expect(traffic.readout(total: 1, start: .max) == nil)
  }
}
