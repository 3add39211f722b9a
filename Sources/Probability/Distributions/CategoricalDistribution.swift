#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The categorical distribution: one of several categories, 0, 1, …, each with its probability.
///
/// A draw takes O(1), by Walker's alias method.
public struct CategoricalDistribution: Distribution, Hashable {
  /// The probabilities of the categories.
  public let probabilities: [Double]

  let table: AliasTable

  /// Creates a distribution whose probabilities are in proportion to weights.
  ///
  /// - Parameter weights: Finite numbers of zero or more, of which one is positive.
  /// - Complexity: O(*k*) for *k* categories.
  public init(weights: [Double]) {
    precondition(
      weights.allSatisfy { $0 >= 0 && $0.isFinite }, "a weight is finite and not negative")
    let greatest = weights.max() ?? 0
    precondition(greatest > 0, "a weight is positive")
    // Scaled first, so that the sum stays finite.
    let scaled = weights.map { $0 / greatest }
    let total = scaled.reduce(0, +)
    probabilities = scaled.map { $0 / total }
    table = AliasTable(weights: probabilities)
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

  /// The probabilities up to a category and beyond it; the smaller one is added up.
  private func sums(at category: Int) -> (lower: Double, upper: Double) {
    let lower = probabilities[...category].reduce(0, +)
    if lower <= 0.5 { return (lower, 1 - lower) }
    let upper = probabilities[(category + 1)...].reduce(0, +)
    return (1 - upper, upper)
  }
}
