import Inference
import Testing

@Suite struct MomentsTests {
  @Test func numbersFarFromZeroKeepTheirVariance() {
    // Var(1e9 + {4, 7, 13, 16}) = 30: the textbook formula Σx² − n m² gives 0 or worse here.
    let moments = Moments([4, 7, 13, 16].map { 1e9 + $0 })
    #expect(moments.mean == 1e9 + 10)
    #expect(moments.variance == 30)
  }

  @Test func moneyInCentsIsExact() {
    // 10,000,000.1 and the like, counted in tenths: the variance is 0.01 exactly.
    let tenths = Moments([100_000_001, 100_000_002, 100_000_003])
    #expect(tenths.mean == 100_000_002 && tenths.variance == 1)
    let units = tenths.divided(by: 10)
    #expect(units.mean == 10_000_000.2 && units.variance == 0.01 && units.count == 3)
    #expect(Moments().divided(by: 100) == Moments())
  }

  @Test(arguments: [1, 2, 7, 50, 99, 100])
  func mergingPartsIsReadingTheWhole(_ cut: Int) {
    let values = (0..<100).map { Double(($0 * 37) % 101) / 7 }
    let whole = Moments(values)
    let merged = Moments(merging: [Moments(values[..<cut]), Moments(values[cut...])])
    #expect(merged.count == whole.count)
    #expect(abs(merged.mean / whole.mean - 1) < 1e-14)
    #expect(abs(merged.variance / whole.variance - 1) < 1e-13)
  }

  @Test func theEmptySummaryChangesNothing() {
    let moments = Moments([1, 2, 4])
    #expect(Moments(merging: [Moments(), moments, Moments()]) == moments)
    #expect(Tally(merging: [Tally(), Tally(successes: 2, trials: 5)]).trials == 5)
  }

  @Test func aTallyIsItsZerosAndOnes() {
    let moments = Moments(Tally(successes: 3, trials: 8))
    let listed = Moments([1, 1, 1, 0, 0, 0, 0, 0])
    #expect(abs(moments.mean - listed.mean) < 1e-15)
    #expect(abs(moments.variance - listed.variance) < 1e-15)
  }

  @Test func weightedMomentsRepeatTheirValues() {
    var weighted = WeightedMoments()
    var listed = Moments()
    for (value, weight) in [(1.5, 2), (4.0, 3), (-2.0, 0), (7.25, 1), (3.0, 5)] {
      weighted.add(value, weight: Double(weight))
      for _ in 0..<weight { listed.add(value) }
    }
    #expect(weighted.totalWeight == 11)
    #expect(abs(weighted.mean - listed.mean) < 1e-14)
    #expect(abs(weighted.sumOfSquaredDeviations - listed.sumOfSquaredDeviations) < 1e-13)
    let fromZero = 2 * 1.5 * 1.5 + 3 * 16 + 7.25 * 7.25 + 5 * 9
    #expect(abs(weighted.sumOfSquaredDeviations(from: 0) - fromZero) < 1e-12)
  }

  @Test func weightedMomentsMerge() {
    let rows = (0..<60).map { (row: Int) -> (Double, Double) in
      (Double((row * 17) % 23), Double((row * 5) % 7))
    }
    func fold(_ rows: some Sequence<(Double, Double)>) -> WeightedMoments {
      var moments = WeightedMoments()
      for (value, weight) in rows { moments.add(value, weight: weight) }
      return moments
    }
    let whole = fold(rows)
    let merged = WeightedMoments(merging: [
      fold(rows[..<13]), fold(rows[13..<40]), fold(rows[40...]),
    ])
    #expect(abs(merged.mean / whole.mean - 1) < 1e-14)
    #expect(abs(merged.sumOfSquaredDeviations / whole.sumOfSquaredDeviations - 1) < 1e-13)
  }
}
