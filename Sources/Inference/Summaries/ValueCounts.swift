/// The distinct values of a sample in ascending order, and how often each occurs.
///
/// Where few values are distinct (zeros and ones, prices of plans, counts) this is the whole sample
/// in a few cells: quantiles, rank tests and bootstraps then cost cells, not sessions. It merges
/// exactly.
public struct ValueCounts: Summary, Hashable {
  /// The distinct values, ascending.
  public private(set) var values: [Double]
  /// How many sessions have at most the value of the same index.
  public private(set) var cumulativeCounts: [Int]

  /// Creates the counts of no sessions.
  public init() {
    values = []
    cumulativeCounts = []
  }

  /// Counts the values of a sample.
  ///
  /// - Parameter sample: Finite values, in any order.
  /// - Complexity: O(*n* log *n*).
  public init(_ sample: [Double]) {
    self.init()
    for value in sample.sorted() { append(value, count: 1) }
  }

  /// The values of a tally: zeros and ones.
  public init(_ tally: Tally) {
    self.init()
    append(0, count: tally.failures)
    append(1, count: tally.successes)
  }

  /// The number of sessions.
  public var count: Int { cumulativeCounts.last ?? 0 }

  /// How many sessions have the value of an index.
  public func count(at index: Int) -> Int {
    cumulativeCounts[index] - (index > 0 ? cumulativeCounts[index - 1] : 0)
  }

  /// The value of a rank, `x₍ᵣ₎`, the least having rank 1.
  ///
  /// - Complexity: O(log *k*) for *k* distinct values.
  public func value(ofRank rank: Int) -> Double {
    precondition((1...max(1, count)).contains(rank) && count > 0, "a rank lies in 1...n")
    return values[cumulativeCounts.firstIndex(reaching: rank)]
  }

  /// The least value that at least a share `q` of the sessions do not exceed, `x₍⌈nq⌉₎`.
  ///
  /// Reference: Hyndman and Fan (1996), *The American Statistician* 50, 361–365, definition 1.
  public func quantile(_ q: Double) -> Double {
    value(ofRank: rank(ofQuantile: q))
  }

  /// The rank of a quantile, `⌈nq⌉`, at least 1.
  func rank(ofQuantile q: Double) -> Int {
    precondition(0 <= q && q <= 1, "a quantile's probability lies in 0...1")
    // A product such as 0.07 · 100 that is a whole number but for its rounding counts as whole.
    let product = Double(count) * q
    let whole = product.rounded()
    let rank = abs(product - whole) <= 4 * product.ulp ? whole : product.rounded(.up)
    return min(max(1, Int(rank)), count)
  }

  /// How many sessions have at most a value.
  public func count(atMost value: Double) -> Int {
    let index = values.firstIndex(reaching: value)
    if index < values.count, values[index] == value { return cumulativeCounts[index] }
    return index > 0 ? cumulativeCounts[index - 1] : 0
  }

  /// The moments of the sessions' values, each brought into a range first.
  ///
  /// - Complexity: O(*k*) for *k* distinct values.
  public func moments(clampedTo range: ClosedRange<Double>) -> Moments {
    var total = Moments()
    for index in values.indices {
      let value = min(max(values[index], range.lowerBound), range.upperBound)
      total.merge(Moments(count: count(at: index), mean: value, sumOfSquaredDeviations: 0))
    }
    return total
  }

  /// The moments of the sessions' values.
  public var moments: Moments { moments(clampedTo: -.infinity ... .infinity) }

  public mutating func merge(_ other: ValueCounts) {
    var merged = ValueCounts()
    var (own, others) = (0, 0)
    while own < values.count || others < other.values.count {
      if others == other.values.count
        || (own < values.count && values[own] <= other.values[others])
      {
        merged.append(values[own], count: count(at: own))
        own += 1
      } else {
        merged.append(other.values[others], count: other.count(at: others))
        others += 1
      }
    }
    self = merged
  }

  /// Adds sessions whose value is no less than any before.
  private mutating func append(_ value: Double, count added: Int) {
    precondition(value.isFinite, "a value is a finite number")
    guard added > 0 else { return }
    let total = count + added
    if values.last == value {
      cumulativeCounts[cumulativeCounts.count - 1] = total
    } else {
      values.append(value)
      cumulativeCounts.append(total)
    }
  }
}

extension Array where Element: Comparable {
  /// The first index of an ascending array whose element is no less than a bound; the count if none.
  func firstIndex(reaching bound: Element) -> Int {
    Inference.firstIndex(in: 0..<count) { self[$0] >= bound }
  }
}
