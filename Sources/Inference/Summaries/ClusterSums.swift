/// The clusters of one arm by their size: how many there are, and the moments of their sums.
///
/// A cluster (a customer with several sessions, a sales agent) matters to the arm's mean only by its
/// size `n_g` and the sum `S_g` of its outcomes. Sizes are few, so thousands of clusters are a short
/// table. It merges; each part must hold whole clusters.
public struct ClusterSums: Summary, Hashable {
  /// The distinct sizes, ascending.
  public private(set) var sizes: [Int]
  /// The moments of the clusters' sums, by size.
  public private(set) var sums: [Moments]

  /// Creates the summary of no clusters.
  public init() {
    sizes = []
    sums = []
  }

  /// Creates the summary of outcomes, each of which names its cluster by a number.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(outcomes: [Double], clusters: [Int]) {
    precondition(outcomes.count == clusters.count, "every outcome belongs to a cluster")
    self.init()
    let order = clusters.indices.sorted { (clusters[$0], $0) < (clusters[$1], $1) }
    var (sum, size) = (0.0, 0)
    for (position, row) in order.enumerated() {
      sum += outcomes[row]
      size += 1
      let isLast = position + 1 == order.count
      if isLast || clusters[order[position + 1]] != clusters[row] {
        add(sum: sum, size: size)
        (sum, size) = (0, 0)
      }
    }
  }

  /// The number of clusters, `G`.
  public var clusterCount: Int { sums.reduce(0) { $0 + $1.count } }
  /// The number of sessions, `N = Σ n_g`.
  public var sessionCount: Int { sizes.indices.reduce(0) { $0 + sizes[$1] * sums[$1].count } }

  /// The mean outcome of a session, `Σ S_g / N`.
  ///
  /// - Precondition: There is at least one session.
  public var mean: Double {
    let sessions = Double(sessionCount)
    precondition(sessions > 0, "no sessions have no mean")
    return sums.reduce(0) { $0 + $1.mean * (Double($1.count) / sessions) }
  }

  /// The clusters' squared residuals `Σ (S_g − n_g m)²` about a mean, by size.
  func squaredResiduals(about mean: Double) -> [Double] {
    sizes.indices.map { index in
      let shift = sums[index].mean - Double(sizes[index]) * mean
      return sums[index].sumOfSquaredDeviations + Double(sums[index].count) * shift * shift
    }
  }

  /// Adds one cluster.
  public mutating func add(sum: Double, size: Int) {
    precondition(size > 0 && sum.isFinite, "a cluster has sessions and a finite sum")
    merge(Moments([sum]), size: size)
  }

  public mutating func merge(_ other: ClusterSums) {
    for index in other.sizes.indices { merge(other.sums[index], size: other.sizes[index]) }
  }

  private mutating func merge(_ clusters: Moments, size: Int) {
    let index = sizes.firstIndex(reaching: size)
    if index < sizes.count, sizes[index] == size {
      sums[index].merge(clusters)
    } else {
      sizes.insert(size, at: index)
      sums.insert(clusters, at: index)
    }
  }
}
