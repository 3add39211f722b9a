import Bandits
import Inference
import Probability
import Testing

/// What every estimator of pages promises.
@Suite struct SlateEstimatorLawTests {
  typealias Entry = SlateEstimatorCatalogue.Entry

  /// Chances in twelfths.
  let logging: PlackettLuce
  let target: PlackettLuce
  /// Slots apart, in quarters, with repeats.
  let factored: FactoredSlates
  let factoredTarget: FactoredSlates

  init() throws {
    func table(_ values: [Double]) -> ActionTable {
      ActionTable(cellCount: 2, armCount: 3, values: values)
    }
    logging = try PlackettLuce(weights: table([1, 1, 2, 2, 1, 1]), slotCount: 2)
    target = try PlackettLuce(weights: table([3, 1, 1, 1, 4, 2]), slotCount: 2)
    factored = try FactoredSlates([
      table([0.25, 0.25, 0.5, 0.5, 0.25, 0.25]), table([0.5, 0.25, 0.25, 0.25, 0.25, 0.5]),
    ])
    factoredTarget = try FactoredSlates([
      table([0.1, 0.6, 0.3, 0.7, 0.1, 0.2]), table([0, 0.5, 0.5, 0.2, 0.8, 0]),
    ])
  }

  /// Models that are wrong everywhere, or the same for every arm.
  func models(wrong: Bool = true) -> [RewardModel] {
    (0..<2).map { slot in
      RewardModel(
        ActionTable(
          cellCount: 2, armCount: 3,
          values: (0..<6).map { wrong ? 0.1 + 0.3 * Double(($0 + slot) % 4) : 0.4 }))
    }
  }

  func world(of entry: Entry) -> SlateWorld {
    switch entry.assumption {
    case .any: SlateWorld(rewards: .any)
    case .cascade: SlateWorld(rewards: .cascade)
    case .independent: SlateWorld(rewards: .independent)
    case nil: SlateWorld(rewards: .additive)
    }
  }

  @Test(arguments: SlateEstimatorCatalogue.entries)
  func theMeanOverAllPagesIsTheValue(_ entry: Entry) throws {
    let world = world(of: entry)
    func check(_ logging: some SlatePolicy, _ target: some SlatePolicy, size: Int) throws {
      let estimator = entry.make(models(), logging, .none)
      let found = try estimator.estimate(target, on: world.census(of: logging, size: size))
      #expect(abs(found.value - world.value(of: target)) < 1e-12)
      #expect(abs(found.meanWeight - 1) < 1e-12)
    }
    try check(logging, target, size: 12)
    try check(factored, factoredTarget, size: 16)
  }

  // The control: in a world that breaks the assumption the same mean is another.
  @Test(arguments: SlateEstimatorCatalogue.entries.filter { $0.assumption != .any })
  func whereTheAssumptionFailsSoDoesTheMean(_ entry: Entry) throws {
    let world = SlateWorld(rewards: entry.assumption == .independent ? .cascade : .any)
    let estimator = entry.make(models(), logging, .none)
    let found = try estimator.estimate(factoredTarget, on: world.census(of: factored, size: 16))
    #expect(abs(found.value - world.value(of: factoredTarget)) > 0.005)
  }

  @Test(arguments: SlateEstimatorCatalogue.entries)
  func theLoggersOwnValueIsTheMeanReward(_ entry: Entry) throws {
    let log = try SlateWorld(rewards: .any).sample(of: logging, pages: 500, index: 1)
    let mean = log.pageRewards.reduce(0, +) / 500
    let estimate = try entry.make(models(wrong: false), logging, EvidenceFloors())
      .estimate(logging, on: log)
    #expect(abs(estimate.value - mean) < 1e-12)
    #expect(abs(estimate.effectiveSampleSize - 500) < 1e-9)
    let squares = log.pageRewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(estimate.standardError - (squares / 499 / 500).squareRoot()) < 1e-12)
  }

  @Test(arguments: SlateEstimatorCatalogue.entries)
  func theOrderOfThePagesDoesNotMatter(_ entry: Entry) throws {
    let world = SlateWorld(rewards: .any)
    let log = try world.sample(of: logging, pages: 500, index: 2)
    let order = (0..<500).map { ($0 * 7 + 3) % 500 }
    let places = order.flatMap { [2 * $0, 2 * $0 + 1] }
    let moved = try SlateLog(
      cells: order.map { log.cells[$0] }, arms: places.map { log.arms[$0] },
      rewards: places.map { log.rewards[$0] },
      propensities: SlatePropensities(
        cascade: places.map { log.propensities.cascade[$0] },
        marginal: places.map { log.propensities.marginal[$0] }),
      slotCount: 2, armCount: 3, cellCount: 2)
    let estimator = entry.make(models(), logging, EvidenceFloors())
    let (one, other) = (
      try estimator.estimate(target, on: log), try estimator.estimate(target, on: moved)
    )
    #expect(abs(one.value - other.value) < 1e-13)
    #expect(abs(one.standardError - other.standardError) < 1e-13)
    #expect(abs(one.effectiveSampleSize - other.effectiveSampleSize) < 1e-9)
  }

  @Test(arguments: SlateEstimatorCatalogue.entries)
  func anArmThatItsSlotNeverShowsIsRefused(_ entry: Entry) throws {
    let table = ActionTable(cellCount: 2, armCount: 3, values: [0.5, 0.5, 0, 0.5, 0.5, 0])
    let narrow = try FactoredSlates([table, table])
    let log = try SlateWorld(rewards: .any).sample(of: narrow, pages: 500, index: 3)
    let last = ActionTable(of: FixedPolicy(Arm(2), armCount: 3), cellCount: 2)
    let never = try FactoredSlates([table, last])
    #expect(throws: OffPolicyError.noSupport(mass: 1, allowed: 0.01)) {
      try entry.make(models(), narrow, EvidenceFloors()).estimate(never, on: log)
    }
  }

  // Each arm is seen in each slot, but never beside itself.
  @Test(arguments: SlateEstimatorCatalogue.entries.filter { $0.assumption != .independent })
  func pagesThatAreNeverShownAreRefused(_ entry: Entry) throws {
    let log = try SlateWorld(rewards: .any).sample(of: logging, pages: 500, index: 4)
    let estimator = entry.make(models(), logging, EvidenceFloors())
    // Where pages add up, other pages speak for these: the target's law of slots lies in the log's range.
    guard entry.assumption != nil else {
      #expect(try estimator.estimate(factoredTarget, on: log).value.isFinite)
      return
    }
    #expect {
      try estimator.estimate(factoredTarget, on: log)
    } throws: { error in
      guard case OffPolicyError.noSupport(let mass, allowed: 0.01) = error else { return false }
      // Its pages with one arm twice are 0.45 of cell 0 and 0.22 of cell 1.
      return abs(mass - 0.297) < 0.1
    }
  }

  @Test(arguments: SlateEstimatorCatalogue.entries)
  func thinLogsAndRewardsThatNeverVaryAreRefusedByName(_ entry: Entry) throws {
    let world = SlateWorld(rewards: .any)
    let estimator = entry.make(models(wrong: false), logging, EvidenceFloors())
    #expect {
      try estimator.estimate(target, on: world.sample(of: logging, pages: 60, index: 5))
    } throws: { error in
      guard case OffPolicyError.effectiveSampleSizeTooSmall(let size, floor: 100) = error else {
        return false
      }
      return size < 60
    }
    let log = try world.sample(of: logging, pages: 500, index: 6)
    let zeros = try SlateLog(
      cells: log.cells, arms: log.arms, rewards: log.rewards.map { _ in 0 },
      propensities: log.propensities, slotCount: 2, armCount: 3, cellCount: 2)
    let nothing = RewardModel(
      ActionTable(cellCount: 2, armCount: 3, values: Array(repeating: 0, count: 6)))
    #expect(throws: OffPolicyError.noVariation) {
      try entry.make([nothing, nothing], logging, EvidenceFloors()).estimate(target, on: zeros)
    }
  }

  // 200 logs of 600 pages, each estimator in its own world. The coverage of a 95 % interval then has a
  // standard error of 1.54 points; 3.5 of them are 5.4 points.
  @Test func intervalsCoverTheTruth() throws {
    for rewards in SlateWorld.Rewards.allCases {
      let world = SlateWorld(rewards: rewards)
      let truth = world.value(of: target)
      let entries = SlateEstimatorCatalogue.entries.filter { self.world(of: $0).rewards == rewards }
      var covered = entries.map { _ in 0 }
      var (errors, variances) = (entries.map { _ in 0.0 }, entries.map { _ in 0.0 })
      for index in 0..<200 {
        let log = try world.sample(of: logging, pages: 600, index: UInt64(100 + index))
        let models = try CascadeRewardModel(seed: 3).crossFit(log, for: target)
        for (place, entry) in entries.enumerated() {
          let estimate = try entry.make(models, logging, EvidenceFloors()).estimate(target, on: log)
          covered[place] += estimate.interval().contains(truth) ? 1 : 0
          errors[place] += (estimate.value - truth) * (estimate.value - truth)
          variances[place] += estimate.standardError * estimate.standardError
        }
      }
      for (place, entry) in entries.enumerated() {
        #expect(abs(Double(covered[place]) / 200 - 0.95) < 0.054, "\(entry.name)")
        #expect(abs(errors[place] / variances[place] - 1) < 0.3, "\(entry.name)")
      }
    }
  }
}

@Suite struct CascadeDoublyRobustTests {
  let logging: PlackettLuce
  let target: PlackettLuce
  let world = SlateWorld(rewards: .cascade)

  init() throws {
    logging = try PlackettLuce(
      weights: ActionTable(cellCount: 2, armCount: 3, values: [1, 1, 2, 2, 1, 1]), slotCount: 2)
    target = try PlackettLuce(
      weights: ActionTable(cellCount: 2, armCount: 3, values: [3, 1, 1, 1, 4, 2]), slotCount: 2)
  }

  @Test func modelsOfZeroLeaveRewardInteraction() throws {
    let log = try world.sample(of: logging, pages: 400, index: 9)
    let zero = RewardModel(
      ActionTable(cellCount: 2, armCount: 3, values: Array(repeating: 0, count: 6)))
    let doubly = try CascadeDoublyRobust(models: [zero, zero]).estimate(target, on: log)
    let plain = try SlateImportanceSampling(.cascade).estimate(target, on: log)
    #expect(abs(doubly.value - plain.value) < 1e-14)
    #expect(abs(doubly.standardError - plain.standardError) < 1e-14)
  }

  @Test func fittedModelsSharpenIt() throws {
    let log = try world.sample(of: logging, pages: 4_000, index: 10)
    let models = try CascadeRewardModel(seed: 3).crossFit(log, for: target)
    let doubly = try CascadeDoublyRobust(models: models).estimate(target, on: log)
    let plain = try SlateImportanceSampling(.cascade).estimate(target, on: log)
    #expect(doubly.standardError < 0.9 * plain.standardError)
  }

  // The fitted model of the first slot is the mean of what follows it under the target.
  @Test func theFirstSlotExpectsTheWholePage() throws {
    let log = try world.census(of: logging, size: 12_000)
    var model = CascadeRewardModel(seed: 3)
    model.means.priorSessions = 1e-9
    let models = try model.crossFit(log, for: target)
    // Rewards of the second slot that depend on the first are averaged over the log's first slots.
    var expected = world.means([1, 0], cell: 1)[0]
    for arm in 0..<3 where arm != 1 {
      let law = target.propensities(after: [Arm(1)], in: Context(cell: 1))
      var (sum, total) = (0.0, 0.0)
      for first in 0..<3 where first != arm {
        let chance = SlateWorld.chance(of: [first, arm], under: logging, cell: 1)
        sum += chance * world.means([first, arm], cell: 1)[1]
        total += chance
      }
      expected += law[arm] * sum / total
    }
    // Halves of 18,000 pages each: their shares of pages are those of the census to a per cent or so.
    for table in models[0].tables { #expect(abs(table[1, 1] - expected) < 5e-3) }
  }
}
