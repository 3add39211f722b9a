import Inference
import Testing

/// What holds of every planned test: sizes and detectable effects are inverses of the power, and the
/// power rises with both.
@Suite struct PowerLawTests {
  struct Plan: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let test: any PlannedTest
    /// Effects on either side of the null, nearer ones first.
    let above: [Double]
    let below: [Double]
    var isSlow = false
  }

  static let plans: [Plan] = {
    let shares = ([0.003, 0.02, 0.3], [-0.003, -0.02, -0.1])
    let lifts = ([0.02, 0.1, 1.5], [-0.02, -0.1, -0.3])
    let means = ([0.01, 0.4, 3], [-0.01, -0.4, -3])
    func plan(
      _ name: String, _ test: any PlannedTest, _ effects: ([Double], [Double]), isSlow: Bool = false
    ) -> Plan {
      Plan(
        testDescription: name, test: test, above: effects.0.map { test.null + $0 },
        below: effects.1.map { test.null + $0 }, isSlow: isSlow)
    }
    let grouped = RejectionRule.looks(.obrienFleming(looks: 3))
    let clusters = ClusterDesign(meanSize: 3, sizeVariation: 0.5, correlation: 0.2)
    let pooled = PlannedProportionTest(baseRate: 0.2)
    return [
      plan("pooled", pooled, shares),
      plan("unpooled", PlannedProportionTest(baseRate: 0.2, variance: .unpooled), shares),
      plan("margin", PlannedProportionTest(baseRate: 0.25, null: -0.05), shares),
      plan("other margin", PlannedProportionTest(baseRate: 0.15, null: 0.03), shares),
      plan("delta", PlannedLiftTest(baseRate: 0.2, statistic: .delta), lifts),
      plan("logarithm", PlannedLiftTest(baseRate: 0.2), lifts),
      plan("fieller", PlannedLiftTest(baseRate: 0.2, null: 0.1, statistic: .fieller), lifts),
      plan("ratio score", PlannedLiftTest(baseRate: 0.2, null: -0.1, statistic: .score), lifts),
      plan("odds", PlannedOddsRatioTest(baseRate: 0.3), lifts),
      plan("arcsine", PlannedArcsineTest(baseRate: 0.2), shares),
      plan("mean", PlannedMeanTest(offerDeviation: 2, controlDeviation: 1, null: 0.5), means),
      plan("student", PlannedTTest(deviation: 1.5, null: 0.2), means, isSlow: true),
      plan("welch", PlannedWelchTest(offerDeviation: 2, controlDeviation: 1), means, isSlow: true),
      plan("log-rank", PlannedLogRankTest(controlEventProbability: 0.4), lifts),
      plan("grouped", PlannedProportionTest(baseRate: 0.2, rule: grouped), shares, isSlow: true),
      plan("always valid", PlannedProportionTest(baseRate: 0.2, rule: .alwaysValid()), shares),
      plan("tuned", PlannedArcsineTest(baseRate: 0.2, rule: .alwaysValid(tunedFor: 5_000)), shares),
      plan("clustered", ClusteredTest(pooled, clusters: clusters), shares),
    ]
  }()

  private static let ratios = [1, 9, 0.2]
  private static let powers = [0.3, 0.8, 0.99]

  /// An existential opened: the extension of the protocol is generic over its own type.
  private func inverses(_ test: some PlannedTest, _ plan: Plan) throws {
    for (effects, direction) in [(plan.above, Alternative.greater), (plan.below, .less)] {
      for (effect, ratio) in zip(effects, Self.ratios) {
        for power in plan.isSlow ? [0.8] : Self.powers {
          let sizes = try test.sizes(effect: effect, power: power, offersPerControl: ratio)
          #expect(abs(sizes.offersPerControl / ratio - 1) < 1e-12)
          guard min(sizes.offer, sizes.control) > 2 else { continue }
          #expect(abs(test.power(sizes, effect: effect) - power) < 1e-9)
          let detectable = try #require(
            test.detectableEffect(sizes, power: power, direction: direction))
          #expect(abs(test.power(sizes, effect: detectable) - power) < 1e-9)
          #expect(abs(detectable - effect) <= 1e-8 * abs(effect - test.null))
        }
      }
    }
  }

  @Test(arguments: plans) func inverses(_ plan: Plan) throws {
    try inverses(plan.test, plan)
  }

  @Test(arguments: plans) func monotone(_ plan: Plan) {
    for effects in [plan.above, plan.below] {
      var before = 0.0
      for effect in effects {
        let power = plan.test.power(ArmSizes(offer: 300, control: 100), effect: effect)
        #expect(power >= before)
        before = power
      }
      before = 0
      for n in [3.0, 10, 40, 200, 1_000, 1e5, 1e8] {
        let power = plan.test.power(ArmSizes(offer: n, control: 3 * n), effect: effects[1])
        #expect(power >= before - 1e-12 && power <= 1)
        before = power
      }
      #expect(before > 0.999)
    }
  }

  /// At the null the power is the error, whatever the sizes.
  @Test(arguments: plans) func errorAtTheNull(_ plan: Plan) {
    guard !plan.testDescription.contains("valid"), plan.testDescription != "tuned" else { return }
    let power = plan.test.power(ArmSizes(offer: 50, control: 500), effect: plan.test.null)
    #expect(abs(power - 0.05) < 1e-9)
  }

  @Test func whatCannotBeAttained() {
    let pooled = PlannedProportionTest(baseRate: 0.2)
    #expect(throws: InferenceError.unattainablePower(0.8)) {
      try pooled.sizes(effect: 0, power: 0.8)
    }
    #expect(throws: InferenceError.unattainablePower(0.01)) {
      try pooled.sizes(effect: 0.1, power: 0.01)
    }
    let greater = PlannedProportionTest(baseRate: 0.2, rule: .once(alpha: 0.05, .greater))
    #expect(throws: InferenceError.unattainablePower(0.8)) {
      try greater.sizes(effect: -0.1, power: 0.8)
    }
    #expect(greater.detectableEffect(ArmSizes(each: 100), power: 0.8, direction: .less) == nil)
    #expect(pooled.detectableEffect(ArmSizes(each: 3), power: 0.8) == nil)
    // A logarithm loses its precision as the offer's rate goes to zero: a total loss is not found.
    let lift = PlannedLiftTest(baseRate: 0.05)
    #expect(lift.power(ArmSizes(each: 40), effect: -1) == 0)
    #expect(lift.detectableEffect(ArmSizes(each: 40), power: 0.8, direction: .less) == nil)
  }

  /// The ends of what there can be, and far beyond what anyone has.
  @Test(arguments: plans) func extremes(_ plan: Plan) throws {
    let test = plan.test
    for end in [test.effects.lowerBound, test.effects.upperBound] {
      let effect = min(max(end, -1e300), 1e300)
      for n in [2.0, 50, 1e12] {
        let power = test.power(ArmSizes(offer: n, control: 2 * n), effect: effect)
        #expect(power >= 0 && power <= 1)
      }
    }
  }
}
