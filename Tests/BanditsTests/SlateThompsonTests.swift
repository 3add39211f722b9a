import Bandits
import Probability
import Testing

@Suite struct SlateThompsonTests {
  /// Six arms that have learnt different things.
  var policy: SlateThompson {
    var policy = SlateThompson(
      priors: [1, 2, 0.5, 1, 3, 1].map { BetaDistribution(alpha: $0, beta: 4) }, slotCount: 3,
      cellCount: 2)
    for step in 0..<40 {
      policy.learn(
        [Arm(step % 6), Arm((step + 1) % 6), Arm((step + 3) % 6)],
        rewards: [step % 3 == 0 ? 1 : 0, step % 5 == 0 ? 1 : 0, 0], in: Context(cell: 1))
    }
    return policy
  }

  @Test(arguments: [0, 1])
  func pagesComeAsOftenAsTheirChances(_ cell: Int) {
    let (policy, context, draws) = (policy, Context(cell: cell), 60_000)
    var rng = Philox(StreamKey(seed: 8, purpose: .policy, index: UInt64(cell)))
    var slots = Array(repeating: Array(repeating: 0.0, count: 6), count: 3)
    var pages: [[Arm]: Double] = [:]
    for _ in 0..<draws {
      let page = policy.choose(in: context, using: &rng)
      for (slot, arm) in page.enumerated() { slots[slot][arm.index] += 1 }
      pages[page, default: 0] += 1
    }
    // Two pages of slack, for those of next to no chance.
    func agree(_ count: Double, _ chance: Double) -> Bool {
      let error = (chance * (1 - chance) / Double(draws)).squareRoot()
      return abs(count / Double(draws) - chance) <= 4.5 * error + 2 / Double(draws)
    }
    for (counts, chances) in zip(slots, policy.slotPropensities(in: context)) {
      #expect(zip(counts, chances).allSatisfy(agree))
    }
    // All 120 pages: their chances from the laws slot by slot.
    var total = 0.0
    for first in 0..<6 {
      for second in 0..<6 where second != first {
        for third in 0..<6 where third != first && third != second {
          let page = [Arm(first), Arm(second), Arm(third)]
          let chance = (0..<3).reduce(1) {
            $0 * policy.propensities(after: Array(page[..<$1]), in: context)[page[$1].index]
          }
          total += chance
          #expect(agree(pages[page, default: 0], chance))
        }
      }
    }
    #expect(abs(total - 1) < 1e-12)
  }

  @Test func theFirstSlotIsThompsonSampling() {
    let first = policy.slotPropensities(in: Context(cell: 1))[0]
    let best = BetaComparison.probabilitiesOfBest(policy.posteriors(in: Context(cell: 1)))
    for (found, expected) in zip(first, best) { #expect(abs(found - expected) < 1e-13) }
  }

  @Test func slotsFromTheLawsAreTheRanks() {
    // The same sums by walking all pages, as policies without a closed form do.
    let context = Context(cell: 1)
    var slots = Array(repeating: Array(repeating: 0.0, count: 6), count: 3)
    for first in 0..<6 {
      let chance = policy.propensities(after: [], in: context)[first]
      slots[0][first] = chance
      for (second, share) in policy.propensities(after: [Arm(first)], in: context).enumerated() {
        slots[1][second] += chance * share
        guard second != first else { continue }
        let law = policy.propensities(after: [Arm(first), Arm(second)], in: context)
        for (third, last) in law.enumerated() { slots[2][third] += chance * share * last }
      }
    }
    for (found, expected) in zip(policy.slotPropensities(in: context), slots) {
      for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-12) }
    }
  }

  // Arms of a chance of 1e-6 and less: what two integrals say of one chance must not look a contradiction.
  @Test func itsPropensitiesMakeALog() throws {
    let policy = SlateThompson(
      priors: [(900, 100), (895, 105), (845, 155), (840, 160), (825, 175)]
        .map { BetaDistribution(alpha: $0.0, beta: $0.1) }, slotCount: 2)
    var (arms, rows): ([Int32], [[Int32]]) = ([], [])
    for first: Int32 in 0..<5 {
      for second: Int32 in 0..<5 where second != first { rows.append([first, second]) }
    }
    let cells = rows.map { _ in Int32(0) }
    arms = rows.flatMap { $0 }
    let all = SlatePropensities(of: policy, arms: arms, cells: cells)
    let total: Double = all.joint.reduce(0, +)
    #expect(abs(total - 1) < 1e-12)
    #expect(all.joint.contains { 0 < $0 && $0 < 1e-8 })
    // Pages that could be shown at all.
    let kept = rows.indices.filter { all.joint[$0] > 1e-14 }
    let keptArms = kept.flatMap { rows[$0] }
    let log = try SlateLog(
      cells: kept.map { _ in 0 }, arms: keptArms, rewards: keptArms.map { Double($0 * $0) },
      propensities: SlatePropensities(
        of: policy, arms: keptArms, cells: kept.map { _ in 0 }), slotCount: 2, armCount: 5,
      cellCount: 1)
    #expect(log.count == kept.count)
    // Its own value of these pages is their mean, under every assumption.
    let mean = log.pageRewards.reduce(0, +) / Double(log.count)
    for interaction in SlotInteraction.allCases {
      let estimate = try SlateImportanceSampling(interaction, floors: .none)
        .estimate(policy, on: log)
      #expect(abs(estimate.value - mean) < 1e-12)
    }
  }

  @Test func aSlotTeachesItsOwnArm() {
    var policy = SlateThompson(armCount: 4, slotCount: 2)
    policy.learn([Arm(2), Arm(0)], rewards: [1, 0], in: Context())
    let expected: [[Double]] = [[1, 2], [1, 1], [2, 1], [1, 1]]
    let learnt = policy.posteriors(in: Context()).map { [$0.alpha, $0.beta] }
    #expect(learnt == expected)
    // A slot that was not seen teaches nothing.
    policy.learn([Arm(1), Arm(3)], rewards: [0], in: Context())
    #expect(policy.posteriors(in: Context())[1].beta == 2)
    #expect(policy.posteriors(in: Context())[3] == .uniform)
  }

  @Test func cellsLearnApart() {
    #expect(policy.posteriors(in: Context(cell: 0))[4].alpha == 3)
    #expect(policy.posteriors(in: Context(cell: 1))[4].alpha > 3)
  }

  @Test func slotsAboveThatAreImpossibleLeaveTheOthersAlike() {
    var policy = SlateThompson(armCount: 4, slotCount: 2)
    for _ in 0..<40_000 { policy.learn([Arm(0), Arm(1)], rewards: [1, 0], in: Context()) }
    let law = policy.propensities(after: [Arm(1)], in: Context())
    let third = 1.0 / 3
    #expect(law == [third, 0, third, third])
  }

  @Test func aMatrixOfArmsTakesMilliseconds() {
    // 80 arms, three slots: some 3 ms where this was written; a tenth of a second is a defect.
    let priors = (0..<80).map { (arm: Int) -> BetaDistribution in
      let alpha = Double(3 + arm * arm % 97)
      return BetaDistribution(alpha: alpha, beta: 900 + 1_000 * Double(arm % 13))
    }
    let policy = SlateThompson(priors: priors, slotCount: 3)
    let clock = ContinuousClock()
    let times = (0..<3).map { _ in
      clock.measure { _ = policy.slotPropensities(in: Context()) }
    }
    #expect(times.contains { $0 < .milliseconds(100) })
  }
}
