import Inference
import Testing

@Suite struct CrossMomentsTests {
  static let columns: [[Double]] = [
    (0..<90).map { 1e5 + Double(($0 * 37) % 101) }, (0..<90).map { Double(($0 * 29) % 83) / 7 },
    (0..<90).map { Double(($0 * $0) % 71) - 30 },
  ]

  @Test(arguments: [1, 2, 45, 89])
  func partsMakeTheWhole(_ cut: Int) {
    let whole = CrossMoments(columns: Self.columns)
    var rows = CrossMoments()
    for row in 0..<90 { rows.add(Self.columns.map { $0[row] }) }
    let parts = CrossMoments(merging: [
      CrossMoments(), CrossMoments(columns: Self.columns.map { Array($0[..<cut]) }),
      CrossMoments(columns: Self.columns.map { Array($0[cut...]) }),
    ])
    for moments in [rows, parts] {
      #expect(moments.count == 90)
      for row in 0..<3 {
        #expect(abs(moments.means[row] / whole.means[row] - 1) < 1e-14)
        for column in 0..<3 {
          let scale = (whole.product(row, row) * whole.product(column, column)).squareRoot()
          #expect(abs(moments.product(row, column) - whole.product(row, column)) < 1e-12 * scale)
        }
      }
    }
  }

  @Test func oneNumberIsMoments() {
    let moments = Moments(Self.columns[0])
    let cross = CrossMoments(columns: Self.columns).moments(of: 0)
    #expect(cross.count == 90 && cross.mean == moments.mean)
    #expect(abs(cross.variance / moments.variance - 1) < 1e-12)
  }
}

@Suite struct ValueCountsTests {
  @Test func ranksAndQuantilesAreThoseOfTheSortedValues() {
    let sample = (0..<57).map { Double(($0 * 37) % 23) }
    let (counts, sorted) = (ValueCounts(sample), sample.sorted())
    #expect(counts.count == 57 && counts.values.count == 23)
    for rank in 1...57 { #expect(counts.value(ofRank: rank) == sorted[rank - 1]) }
    #expect(counts.quantile(0) == sorted[0] && counts.quantile(1) == sorted[56])
    #expect(counts.quantile(0.5) == sorted[28])
    for bound in [-1, 0, 3.5, 22, 30] {
      #expect(counts.count(atMost: bound) == sample.count { $0 <= bound })
    }
    #expect(abs(counts.moments.variance / Moments(sample).variance - 1) < 1e-13)
  }

  /// 0.07 · 100 is 7.000000000000001 in doubles; the rank is 7 all the same.
  @Test func ranksDoNotSufferFromRounding() {
    #expect(ValueCounts((1...100).map(Double.init)).quantile(0.07) == 7)
  }

  @Test func partsMakeTheWholeExactly() {
    let sample = (0..<57).map { Double(($0 * 37) % 23) / 3 }
    let parts = [sample[..<1], sample[1..<30], sample[30...]].map { ValueCounts(Array($0)) }
    #expect(ValueCounts(merging: parts) == ValueCounts(sample))
    #expect(ValueCounts(merging: parts.reversed() + [ValueCounts()]) == ValueCounts(sample))
  }
}

@Suite struct ClusterSumsTests {
  @Test func partsMakeTheWhole() {
    let outcomes = (0..<60).map { Double(($0 * 37) % 23) }
    let clusters = (0..<60).map { ($0 * $0) % 17 }
    let whole = ClusterSums(outcomes: outcomes, clusters: clusters)
    let (even, odd) = (
      (0..<60).filter { clusters[$0] % 2 == 0 }, (0..<60).filter { clusters[$0] % 2 == 1 }
    )
    let merged = ClusterSums(
      merging: [even, odd].map { rows in
        ClusterSums(outcomes: rows.map { outcomes[$0] }, clusters: rows.map { clusters[$0] })
      })
    #expect(merged.clusterCount == Set(clusters).count && merged.sessionCount == 60)
    #expect(merged.sizes == whole.sizes)
    #expect(abs(merged.mean - Moments(outcomes).mean) < 1e-13)
    #expect(abs(whole.mean - merged.mean) < 1e-13)
  }
}
