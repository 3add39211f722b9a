/// The exact law of the Mann–Whitney statistic given the values of both arms, ties included.
///
/// Under the null every choice of `n₁` sessions of the `N` is as likely as the next. The numbers of
/// choices by sum of mid-ranks are built up value by value, so that nothing is subtracted.
///
/// Reference: Streitberg and Röhmel (1986), *Statistical Software Newsletter* 12, 10–18.
struct RankSumDistribution: Sendable {
  /// P(R ≤ r), by twice the rank sum less its least; the last is 1.
  private let lower: [Double]
  /// P(R ≥ r).
  private let upper: [Double]
  /// The least sum of doubled mid-ranks.
  private let least: Int

  /// The number of additions that the law takes.
  static func cost(drawn: Int, of total: Int) -> Double {
    Double(drawn) * Double(drawn) * Double(total) * Double(total - drawn)
  }

  /// Counts the choices of `drawn` sessions among all.
  init(_ pooled: ValueCounts, drawn: Int) {
    // Doubled mid-ranks, ascending; and the range of sums of so many of them.
    var scores: [Int] = []
    for index in pooled.values.indices {
      let (ties, end) = (pooled.count(at: index), pooled.cumulativeCounts[index])
      scores += Array(repeating: 2 * end - ties + 1, count: ties)
    }
    // Choosing k values in their order, the j-th of them counts by what it exceeds the j-th least.
    let base = Array(scores.prefix(drawn))
    let span = scores.suffix(drawn).reduce(0, +) - base.reduce(0, +)
    // counts[k (span + 1) + s]: how many choices of k values exceed by s.
    var counts = Array(repeating: 0.0, count: (drawn + 1) * (span + 1))
    counts[0] = 1
    counts.withUnsafeMutableBufferPointer { counts in
      for (index, score) in scores.enumerated() {
        for chosen in stride(from: min(drawn, index + 1), through: 1, by: -1) {
          let excess = score - base[chosen - 1]
          guard excess <= span else { continue }
          let (fewer, more) = ((chosen - 1) * (span + 1) - excess, chosen * (span + 1))
          for sum in excess...span { counts[more + sum] += counts[fewer + sum] }
        }
      }
    }
    let masses = Array(counts.suffix(span + 1))
    let total = masses.reduce(0, +)
    var (below, above) = (masses, masses)
    for sum in masses.indices.dropFirst() { below[sum] += below[sum - 1] }
    for sum in masses.indices.dropLast().reversed() { above[sum] += above[sum + 1] }
    lower = below.map { min(1, $0 / total) }
    upper = above.map { min(1, $0 / total) }
    least = base.reduce(0, +)
  }

  /// P(R ≤ r) for twice a rank sum.
  func cdf(doubledRankSum sum: Int) -> Double {
    let index = sum - least
    return index < 0 ? 0 : lower[Swift.min(index, lower.count - 1)]
  }

  /// P(R ≥ r) for twice a rank sum.
  func reaching(doubledRankSum sum: Int) -> Double {
    let index = sum - least
    return index >= upper.count ? 0 : upper[Swift.max(0, index)]
  }
}
