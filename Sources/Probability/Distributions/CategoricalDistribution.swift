#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The categorical distribution: one of several categories, 0, 1, …, each with its probability.
///
/// A draw takes O(1) by Walker's alias table: a column is drawn uniformly, and each holds parts of no
/// more than two categories.
///
/// Reference: Walker (1977), *ACM Transactions on Mathematical Software* 3, 253–256; Vose (1991), *IEEE
/// Transactions on Software Engineering* 17, 972–975, for the table.
public struct CategoricalDistribution: Distribution, Hashable {
  /// The probabilities of the categories.
  public let probabilities: [Double]

  /// Of each column, the part that belongs to its own category, and the category of the rest.
  private let shares: [Double]
  private let aliases: [Int]

  /// Creates a distribution whose probabilities are in proportion to weights.
  ///
  /// - Parameter weights: Numbers of zero or more, of which one is positive; their sum is finite.
  /// - Complexity: O(*k*) for *k* categories.
  public init(weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(weights.allSatisfy { $0 >= 0 }, "a weight is not negative")
    precondition(total > 0 && total.isFinite, "the weights have a positive, finite sum")
    let count = weights.count
    probabilities = weights.map { $0 / total }
    var shares = probabilities.map { $0 * Double(count) }
    // Rounding may leave a column short of nothing but that; the likeliest category takes it.
    let likeliest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    var aliases = Array(repeating: likeliest, count: count)
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let low = small.popLast(), let high = large.last {
      // What the low column lacks, the high one gives.
      aliases[low] = high
      shares[high] -= 1 - shares[low]
      if shares[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    self.shares = shares
    self.aliases = aliases
  }

  /// `Σ k pₖ`, where the categories are numbers.
  public var mean: Double {
    probabilities.indices.reduce(0) { $0 + Double($1) * probabilities[$1] }
  }
  /// `Σ (k − mean)² pₖ`, where the categories are numbers.
  public var variance: Double {
    let mean = self.mean
    return probabilities.indices.reduce(0) {
      $0 + (Double($1) - mean) * (Double($1) - mean) * probabilities[$1]
    }
  }
  /// `−Σ pₖ ln pₖ`, in nats.
  public var entropy: Double {
    probabilities.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
  }

  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < Double(probabilities.count), x == x.rounded() else { return -.infinity }
    return log(probabilities[Int(x)])
  }

  public func cdf(_ x: Double) -> Double {
    if x >= Double(probabilities.count - 1) { return 1 }
    return x >= 0 ? sums(at: Int(x)).lower : 0
  }

  public func survival(_ x: Double) -> Double {
    if x >= Double(probabilities.count - 1) { return 0 }
    return x >= 0 ? sums(at: Int(x)).upper : 1
  }

  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    return leastCount(in: 0...(probabilities.count - 1)) { cdf($0) >= p }
  }

  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    return leastCount(in: 0...(probabilities.count - 1)) { survival($0) <= q }
  }

  /// A draw: the number of a category, as a double.
  public func draw(using rng: inout Philox) -> Double { Double(drawIndex(using: &rng)) }

  /// A draw: the index of a category.
  public func drawIndex(using rng: inout Philox) -> Int {
    let column = rng.index(below: shares.count)
    return rng.uniform() < shares[column] ? column : aliases[column]
  }

  /// The probabilities up to a category and beyond it; the smaller one is added up.
  private func sums(at category: Int) -> (lower: Double, upper: Double) {
    let lower = probabilities[...category].reduce(0, +)
    if lower <= 0.5 { return (lower, 1 - lower) }
    let upper = probabilities[(category + 1)...].reduce(0, +)
    return (1 - upper, upper)
  }
}
