public import LinearAlgebra

/// The count, the means and the cross-products of several numbers a session, in one pass.
///
///     merge    δ = m_b − m_a,   m ← m_a + δ n_b/n,   S ← S_a + S_b + δδᵀ n_a n_b/n
///
/// `S = Σ(xᵢ − m)(xᵢ − m)ᵀ` is kept about the mean, never as a difference of large sums. Ratio
/// metrics, CUPED and regression adjustment are functions of it, so that they can be folded in parts.
///
/// - Complexity: O(*d*²) to add or to merge, for *d* numbers a session.
///
/// Reference: Chan, Golub and LeVeque (1983), *The American Statistician* 37, 242–247.
public struct CrossMoments: Summary, Hashable {
  /// The number of sessions.
  public private(set) var count: Int
  /// The mean of each number; empty while there are no sessions.
  public private(set) var means: [Double]
  /// The lower triangle of `S`, row after row.
  private var products: [Double]

  /// Creates the moments of no sessions, which take whatever dimension the first one has.
  public init() {
    count = 0
    means = []
    products = []
  }

  /// Creates moments from figures that someone else has computed.
  ///
  /// - Parameters:
  ///   - count: The number of sessions, at least one.
  ///   - means: The mean of each number.
  ///   - products: `S`, of which the lower triangle is read.
  public init(count: Int, means: [Double], products: Matrix) {
    precondition(count >= 1, "figures stand for at least one session")
    precondition(
      products.rowCount == means.count && products.columnCount == means.count,
      "cross-products have a row and a column for each mean")
    self.count = count
    self.means = means
    self.products = means.indices.flatMap { row in (0...row).map { products[row, $0] } }
  }

  /// Creates the moments of columns of equal length, one number of every session in each.
  public init(columns: [[Double]]) {
    let count = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == count }, "every session has every number")
    self.init()
    guard count > 0 else { return }
    self.count = count
    // Two passes: the deviations are taken from the mean itself.
    means = columns.map { Moments($0).mean }
    for row in columns.indices {
      for column in 0...row {
        let (a, b) = (columns[row], columns[column])
        var sum = 0.0
        for index in 0..<count { sum += (a[index] - means[row]) * (b[index] - means[column]) }
        products.append(sum)
      }
    }
  }

  /// How many numbers a session has; 0 while there are no sessions.
  public var dimension: Int { means.count }

  /// The element of `S` that belongs to two numbers.
  public func product(_ row: Int, _ column: Int) -> Double {
    let (low, high) = (min(row, column), max(row, column))
    return products[high * (high + 1) / 2 + low]
  }

  /// The unbiased covariance of two numbers, `S / (n − 1)`; of a number with itself, its variance.
  ///
  /// - Precondition: There are at least two sessions.
  public func covariance(_ row: Int, _ column: Int) -> Double {
    precondition(count > 1, "fewer than two sessions have no covariance")
    return product(row, column) / Double(count - 1)
  }

  /// The moments of one of the numbers.
  public func moments(of number: Int) -> Moments {
    guard count > 0 else { return Moments() }
    return Moments(
      count: count, mean: means[number], sumOfSquaredDeviations: product(number, number))
  }

  /// The variance of a linear combination `cᵀx`.
  ///
  /// - Complexity: O(*d*²).
  func variance(along coefficients: [Double]) -> Double {
    var sum = 0.0
    for row in coefficients.indices {
      for column in coefficients.indices {
        sum += coefficients[row] * coefficients[column] * covariance(row, column)
      }
    }
    // A combination that does not vary may come out a rounding below zero.
    return max(0, sum)
  }

  /// Adds one session of finite numbers.
  public mutating func add(_ row: [Double]) {
    guard count > 0 else {
      count = 1
      means = row
      products = Array(repeating: 0, count: row.count * (row.count + 1) / 2)
      return
    }
    absorb(means: row, count: 1)
  }

  public mutating func merge(_ other: CrossMoments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    for index in products.indices { products[index] += other.products[index] }
    absorb(means: other.means, count: other.count)
  }

  /// Takes in the part of `S` that lies between the two means, and moves the mean.
  private mutating func absorb(means others: [Double], count added: Int) {
    precondition(others.count == means.count, "every session has as many numbers as the first")
    let share = Double(added) / Double(count + added)
    var position = 0
    for row in means.indices {
      let scaled = (others[row] - means[row]) * share * Double(count)
      for column in 0...row {
        products[position] += scaled * (others[column] - means[column])
        position += 1
      }
    }
    for index in means.indices { means[index] += (others[index] - means[index]) * share }
    count += added
  }
}
