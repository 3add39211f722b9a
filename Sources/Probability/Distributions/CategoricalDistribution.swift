#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The categorical distribution: one of several categories, 0, 1, …, each with its probability.
///
/// A draw takes O(1), by Walker's alias method.
public struct CategoricalDistribution: CountDistribution, Hashable {
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

  public var support: ClosedRange<Int> { 0...(probabilities.count - 1) }

  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < Double(probabilities.count), x == x.rounded() else { return -.infinity }
    return log(probabilities[Int(x)])
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

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

  /// The smaller of the tails is the one that is added up.
  private func tails(at x: Double) -> SplitTails {
    if x < 0 { return .below }
    if x >= Double(probabilities.count - 1) { return .above }
    let lower = probabilities[...Int(x)].reduce(0, +)
    let isLower = lower <= 0.5
    return SplitTails(
      coefficient: isLower ? lower : probabilities[(Int(x) + 1)...].reduce(0, +), exponent: 0,
      ratio: 1, nearIsLower: isLower)
  }
}
