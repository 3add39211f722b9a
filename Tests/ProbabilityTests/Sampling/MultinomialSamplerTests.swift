import Probability
import Testing

@Suite struct MultinomialSamplerTests {
  /// Three hundred categories of weights 1, 2, 3 and 9: 1,125 draws.
  let weights = (0..<300).map { [1, 2, 3, 9][$0 % 4] }

  /// Visits the counts of so many fills, by category.
  func visit(_ fills: Int, seed: UInt64, _ visit: ([Double]) -> Void) throws {
    let sampler = try #require(MultinomialSampler(weights: weights))
    var rng = Philox(StreamKey(seed: seed, purpose: .bootstrap))
    var (drawn, counts) = (
      [Double](repeating: 0, count: 300), [Double](repeating: 0, count: 300)
    )
    for _ in 0..<fills {
      var span = drawn.mutableSpan
      sampler.fill(&span, using: &rng)
      for (place, category) in sampler.order.enumerated() { counts[category] = drawn[place] }
      visit(counts)
    }
  }

  // Binomial(1,125, w/1,125) for each category: its mean, its variance, and the chance of no draw.
  @Test func everyCountIsBinomial() throws {
    let fills = 4_000
    var (sums, squares, zeros) = ([0.0, 0, 0, 0], [0.0, 0, 0, 0], [0.0, 0, 0, 0])
    try visit(fills, seed: 1) { counts in
      #expect(counts.reduce(0, +) == 1_125)
      for category in 0..<300 {
        let (count, weight) = (counts[category], Double(weights[category]))
        sums[category % 4] += count - weight
        squares[category % 4] += (count - weight) * (count - weight)
        zeros[category % 4] += count == 0 ? 1 : 0
      }
    }
    let draws = Double(fills * 75)
    for (kind, weight) in [1.0, 2, 3, 9].enumerated() {
      let p = weight / 1_125
      let variance = weight * (1 - p)
      // The counts of a fill are nearly independent; five standard errors.
      #expect(abs(sums[kind] / draws) < 5 * (variance / draws).squareRoot())
      let fourth = variance * (1 + 3 * (1_125 - 2) * p * (1 - p))
      #expect(
        abs(squares[kind] / draws - variance)
          < 5 * ((fourth - variance * variance) / draws).squareRoot())
      var none = 1.0
      for _ in 0..<1_125 { none *= 1 - p }
      #expect(abs(zeros[kind] / draws - none) < 5 * (none * (1 - none) / draws).squareRoot())
    }
  }

  // Var Σ xₖXₖ = n (Σ pₖxₖ² − (Σ pₖxₖ)²), which takes the covariances of all categories.
  @Test func countsVaryTogetherAsMultinomialOnesDo() throws {
    let values = (0..<300).map { Double($0 * 37 % 101) }
    var totals: [Double] = []
    try visit(4_000, seed: 2) { counts in
      totals.append(zip(counts, values).reduce(0) { $0 + $1.0 * $1.1 })
    }
    let (first, second) = zip(weights, values).reduce((0.0, 0.0)) {
      ($0.0 + Double($1.0) * $1.1, $0.1 + Double($1.0) * $1.1 * $1.1)
    }
    let variance = second - first * first / 1_125
    let mean = totals.reduce(0, +) / 4_000
    #expect(abs(mean - first) < 4 * (variance / 4_000).squareRoot())
    let found = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999
    #expect(abs(found / variance - 1) < 4 * (2.0 / 3_999).squareRoot())
  }

  @Test func itDeclinesWhereTablesDoNotPay() {
    #expect(MultinomialSampler(weights: Array(repeating: 5, count: 255)) == nil)
    #expect(MultinomialSampler(weights: (1...300).map { $0 * $0 }) == nil)
    #expect(MultinomialSampler(weights: Array(repeating: 1, count: 256))?.trials == 256)
  }
}
