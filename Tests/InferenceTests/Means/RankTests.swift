import Inference
import Testing

@Suite struct RankTests {
  /// All ways to choose the offer's sessions, by brute force.
  @Test func theExactLawCountsAllChoices() throws {
    let (a, b): ([Double], [Double]) = ([3, 1, 2, 2], [1, 2, 5, 4, 2, 0])
    let all = a + b
    func u(_ chosen: [Int]) -> Double {
      let others = all.indices.filter { !chosen.contains($0) }
      return chosen.reduce(0.0) { sum, i in
        others.reduce(sum) { $0 + (all[i] > all[$1] ? 1 : all[i] == all[$1] ? 0.5 : 0) }
      }
    }
    let observed = u([0, 1, 2, 3])
    var (reached, total) = (0, 0)
    for mask in 0..<1 << 10 where mask.nonzeroBitCount == 4 {
      total += 1
      if u((0..<10).filter { mask >> $0 & 1 == 1 }) >= observed { reached += 1 }
    }
    let test = try MannWhitneyTest(offer: ValueCounts(a), control: ValueCounts(b))
    #expect(test.u == observed)
    #expect(abs(test.pValue(.greater) - Double(reached) / Double(total)) < 1e-15)
  }

  @Test func theExactLawAndTheNormalOneMeet() throws {
    let a = (0..<55).map { Double(($0 * 37) % 59) + 3 }
    let b = (0..<45).map { Double(($0 * 31) % 47) }
    let exact = try MannWhitneyTest(offer: ValueCounts(a), control: ValueCounts(b), law: .exact)
    let normal = try MannWhitneyTest(
      offer: ValueCounts(a), control: ValueCounts(b), law: .normalWithContinuity)
    #expect(abs(exact.pValue() - normal.pValue()) < 0.001)
    #expect(exact.shift == normal.shift)
  }

  @Test func theShiftIsTheMedianOfAllDifferences() throws {
    let a = (0..<31).map { Double(($0 * 37) % 41) / 3 - 4 }
    let b = (0..<24).map { Double(($0 * 29) % 61) / 4 }
    let all = a.flatMap { x in b.map { x - $0 } }.sorted()
    let test = try MannWhitneyTest(offer: ValueCounts(a), control: ValueCounts(b))
    #expect(test.shift == (all[all.count / 2 - 1] + all[all.count / 2]) / 2)
  }

  @Test func aShiftIsRejectedExactlyOutsideItsInterval() throws {
    let a = (0..<9).map { Double(($0 * 37) % 41) / 3 }
    let b = (0..<8).map { Double(($0 * 29) % 61) / 4.1 }
    let interval = try MannWhitneyTest(offer: ValueCounts(a), control: ValueCounts(b))
      .shiftInterval(level: 0.95)
    for (shift, isInside) in [
      (interval.lower + 1e-9, true), (interval.lower - 1e-9, false),
      (interval.upper - 1e-9, true), (interval.upper + 1e-9, false),
    ] {
      let moved = try MannWhitneyTest(
        offer: ValueCounts(a.map { $0 - shift }), control: ValueCounts(b))
      #expect((moved.pValue() > 0.05) == isInside)
    }
  }

  @Test func completeSeparationKeepsAnInterval() throws {
    let test = try MannWhitneyTest(offer: ValueCounts([4, 5, 6]), control: ValueCounts([1, 2, 3]))
    #expect(test.estimate == 1)
    #expect(abs(test.pValue(.greater) - 0.05) < 1e-15)
    #expect(test.interval().upper == 1)
    #expect((0.3..<0.7).contains(test.interval().lower))
    #expect(test.shiftInterval(level: 0.95) == Interval(lower: -.infinity, upper: .infinity))
  }

  @Test func aMillionZerosAndOnesCostTwoCells() throws {
    let offer = ValueCounts(Tally(successes: 50_500, trials: 1_000_000))
    let control = ValueCounts(Tally(successes: 50_000, trials: 1_000_000))
    let test = try MannWhitneyTest(offer: offer, control: control, law: .normal)
    let z = try PooledZTest(
      offer: Tally(successes: 50_500, trials: 1_000_000),
      control: Tally(successes: 50_000, trials: 1_000_000))
    // The rank test of zeros and ones is the pooled z test, with N − 1 for N.
    #expect(abs(test.pValue() / z.pValue() - 1) < 1e-5)
    #expect(test.shift == 0)
  }
}
