/// Draws how often each of many categories comes in `n` draws, at the cost of one word for most of them.
///
///     Xₖ ~ Poisson(λ wₖ/n),   λ = n − 3√n,   N = Σ Xₖ
///     N ≤ n: n − N more draws one by one          N > n, once in 740: all anew
///
/// Independent Poisson counts are multinomial given their sum, and so they are with more draws of the same
/// categories: the result is exact. Categories of equal weight share a table of their counts.
///
/// Reference: Devroye (1986), *Non-Uniform Random Variate Generation*, section XI.1.2, for the Poisson counts.
public struct MultinomialSampler: Sendable {
  /// The category whose count stands at each place of a fill: those of equal weight side by side.
  public let order: [Int]
  /// The sum `n` of the weights, which is the number of draws.
  public let trials: Int
  /// The counts of each weight, and how many categories have it.
  private let groups: [(counts: AliasTable, size: Int)]
  /// The places, each as likely as its category.
  private let places: AliasTable

  /// Prepares to draw as many categories as the weights sum to, each as likely as its weight; nil where tables
  /// of counts would be larger than they are worth: for few categories, or many different weights.
  ///
  /// - Parameter weights: Whole numbers from 1.
  /// - Complexity: O(*k* log *k*) for *k* categories.
  public init?(weights: [Int]) {
    precondition(weights.allSatisfy { $0 > 0 }, "a category has a weight")
    guard weights.count >= 256 else { return nil }
    let order = weights.indices.sorted { (weights[$0], $0) < (weights[$1], $1) }
    let starts = order.indices.filter {
      $0 == 0 || weights[order[$0]] != weights[order[$0 - 1]]
    }
    let entries = starts.reduce(0.0) { $0 + 20 + 19 * Double(weights[order[$1]]).squareRoot() }
    guard entries <= 4 * Double(weights.count) else { return nil }
    let trials = weights.reduce(0, +)
    let share = 1 - 3 / Double(trials).squareRoot()
    let ends = starts.dropFirst() + [order.count]
    groups = zip(starts, ends).map { start, end in
      let mean = share * Double(weights[order[start]])
      let table = AliasTable(mode: mean.rounded(.down), least: 0) { mean / ($0 + 1) }
      return (table, end - start)
    }
    places = AliasTable(weights: order.map { Double(weights[$0]) })
    self.order = order
    self.trials = trials
  }

  /// Fills a buffer with the counts of all categories, in their ``order``; see ``Philox/fill(_:)``.
  public func fill(_ counts: inout MutableSpan<Double>, using rng: inout Philox) {
    precondition(counts.count == order.count, "every category has a place")
    var sum = Double.infinity
    while sum > Double(trials) {
      rng.fill(&counts)
      var place = 0
      for group in groups {
        for _ in 0..<group.size {
          counts[place] = group.counts.number(counts[place])
          place += 1
        }
      }
      sum = 0
      for place in counts.indices { sum += counts[place] }
    }
    for _ in 0..<(trials - Int(sum)) { counts[Int(places.draw(using: &rng))] += 1 }
  }
}
