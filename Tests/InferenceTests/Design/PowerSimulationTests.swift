import Inference
import Probability
import Testing

/// Planned powers against simulation, and sizes of exact tests against their own definition.
@Suite struct PowerSimulationTests {
  /// The share of runs that reject. Its standard error is at most `0.5/√runs`: 0.0035 of 20,000.
  private func share(_ runs: Int, _ seed: UInt64, _ rejects: (inout Philox) -> Bool) -> Double {
    let key = StreamKey(seed: seed, purpose: .world)
    var count = 0
    for index in 0..<runs {
      var rng = Philox(key.child(UInt64(index)))
      if rejects(&rng) { count += 1 }
    }
    return Double(count) / Double(runs)
  }

  /// Four standard errors of 20,000 runs.
  private let slack = 0.0142

  private func tally(_ n: Int, _ p: Double, _ rng: inout Philox) -> Tally {
    let draw = BinomialDistribution(trials: n, probability: p).draw(using: &rng)
    return Tally(successes: Int(draw), trials: n)
  }

  @Test func pooled() {
    let plan = PlannedProportionTest(baseRate: 0.2)
    let power = plan.power(ArmSizes(offer: 900, control: 300), effect: 0.07)
    let found = share(20_000, 1) { rng in
      let (offer, control) = (tally(900, 0.27, &rng), tally(300, 0.2, &rng))
      return (try? PooledZTest(offer: offer, control: control).pValue()).map { $0 <= 0.05 } ?? false
    }
    #expect(abs(found - power) < slack)
    // The positive control: the power of the unpooled test is another, and the simulation sees it.
    let blind = PlannedProportionTest(baseRate: 0.2, variance: .unpooled)
    #expect(abs(found - blind.power(ArmSizes(offer: 900, control: 300), effect: 0.07)) > slack)
  }

  @Test func welch() {
    let plan = PlannedWelchTest(offerDeviation: 3, controlDeviation: 1)
    let power = plan.power(ArmSizes(offer: 12, control: 30), effect: 2)
    let found = share(20_000, 2) { rng in
      let offer = Moments((0..<12).map { _ in 2 + 3 * StandardNormal.draw(using: &rng) })
      let control = Moments((0..<30).map { _ in StandardNormal.draw(using: &rng) })
      let test = try? WelchTest(offer: offer, control: control)
      return test.map { $0.pValue() <= 0.05 } ?? false
    }
    #expect(abs(found - power) < slack)
    // The positive control: the normal law promises too much.
    let normal = PlannedMeanTest(offerDeviation: 3, controlDeviation: 1)
    #expect(normal.power(ArmSizes(offer: 12, control: 30), effect: 2) - found > slack)
  }

  /// Four looks of pooled tests on data that grow, the arms of unlike size, so that the variance under
  /// the null is not the true one.
  @Test func grouped() {
    let design = GroupSequentialDesign.pocock(looks: 4)
    let plan = PlannedProportionTest(baseRate: 0.2, rule: .looks(design))
    let power = plan.power(ArmSizes(offer: 1_600, control: 400), effect: 0.07)
    let found = share(20_000, 3) { rng in
      var (offer, control) = (Tally(), Tally())
      return design.bounds.contains { bound in
        offer.merge(tally(400, 0.27, &rng))
        control.merge(tally(100, 0.2, &rng))
        return (try? PooledZTest(offer: offer, control: control)).map { abs($0.z) >= bound }
          ?? false
      }
    }
    #expect(abs(found - power) < slack)
    let once = PlannedProportionTest(baseRate: 0.2)
    #expect(once.power(ArmSizes(offer: 1_600, control: 400), effect: 0.07) - found > slack)
  }

  @Test func sizesOfExactTests() throws {
    let fisher = try #require(LiftCatalogue.proportions.first { $0.name == "fisher" })
    let plan = EnumeratedPower(fisher, search: .edge)
    func power(_ n: Int) -> Double {
      plan.power(offer: 2 * n, control: n, offerRate: 0.6, controlRate: 0.2)
    }
    let sizes = try plan.sizes(
      offerRate: 0.6, controlRate: 0.2, power: 0.8, offersPerControl: 2)
    let n = Int(sizes.control)
    #expect(sizes.offer == Double(2 * n))
    #expect((n..<n + 10).allSatisfy { power($0) >= 0.8 })
    #expect(power(n - 1) < 0.8)
    // Fisher's test is conservative: it needs more than the normal formula says.
    let normal = try PlannedProportionTest(baseRate: 0.2)
      .sizes(effect: 0.4, power: 0.8, offersPerControl: 2)
    #expect(sizes.control > normal.control)
    #expect(throws: InferenceError.unattainablePower(0.8)) {
      try plan.sizes(offerRate: 0.21, controlRate: 0.2, power: 0.8, limit: 60)
    }
  }

  /// Both ways through the tables agree where the region has an edge, and for the exact tests.
  @Test func searchesAgree() throws {
    let names = ["pooledZ", "miettinenNurminen", "fisher", "fisherCentral", "fisherMidP"]
    let entries = LiftCatalogue.proportions.filter { names.contains($0.name) } + LiftCatalogue.exact
    for entry in entries {
      for (p1, p0) in [(0.5, 0.2), (0.3, 0.3), (0, 0.4), (1, 0.7)] {
        let both = EnumeratedPower.Search.allCases.map {
          EnumeratedPower(entry, search: $0)
            .power(offer: 9, control: 14, offerRate: p1, controlRate: p0)
        }
        #expect(abs(both[0] - both[1]) < 1e-12, "\(entry.name) at \(p1), \(p0)")
      }
    }
  }

  /// The size of an exact test is never above its level; the positive control is the pooled z.
  @Test func size() throws {
    func greatest(_ name: String) throws -> Double {
      let entry = try #require(
        (LiftCatalogue.proportions + LiftCatalogue.exact).first { $0.name == name })
      let plan = EnumeratedPower(entry)
      return (1..<20).map { Double($0) / 20 }.reduce(0) {
        max($0, plan.power(offer: 30, control: 12, offerRate: $1, controlRate: $1))
      }
    }
    #expect(try greatest("fisher") <= 0.05)
    #expect(try greatest("pooledZ") > 0.05)
  }
}
