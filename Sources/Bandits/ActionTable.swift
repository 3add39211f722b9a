internal import Probability

/// One number for each cell and arm: the probabilities of a policy, or the rewards a model expects.
///
/// Memory is O(cells · arms); a log's rows are looked up by their cell, never expanded.
public struct ActionTable: Hashable, Sendable {
  /// The number of cells.
  public let cellCount: Int
  /// The number of arms.
  public let armCount: Int
  /// The numbers, cell after cell, each by arm index.
  public let values: [Double]

  /// Creates a table of numbers, cell after cell.
  ///
  /// Whoever uses the table refuses numbers that it cannot use: probabilities that are none, a reward
  /// that is not finite.
  public init(cellCount: Int, armCount: Int, values: [Double]) {
    precondition(cellCount > 0 && armCount > 0, "a table has a cell and an arm")
    precondition(values.count == cellCount * armCount, "a table has a number a cell and arm")
    self.cellCount = cellCount
    self.armCount = armCount
    self.values = values
  }

  /// Creates a table of the probabilities with which a policy, as it is now, chooses.
  public init(of policy: some Policy, cellCount: Int) {
    let rows = (0..<cellCount).flatMap { policy.propensities(in: Context(cell: $0)) }
    self.init(cellCount: cellCount, armCount: policy.armCount, values: rows)
  }

  /// The table that plays, in each cell, the arm of greatest value here; the first of equals.
  public var greedy: ActionTable {
    var probabilities = Array(repeating: 0.0, count: values.count)
    for cell in 0..<cellCount {
      var best = 0
      for arm in 1..<armCount where self[cell, arm] > self[cell, best] { best = arm }
      probabilities[cell * armCount + best] = 1
    }
    return ActionTable(cellCount: cellCount, armCount: armCount, values: probabilities)
  }

  /// The number of a cell and an arm.
  public subscript(cell: Int, arm: Int) -> Double { values[cell * armCount + arm] }

  /// The numbers of a cell, by arm index from the slice's start.
  public func row(_ cell: Int) -> ArraySlice<Double> {
    values[cell * armCount..<(cell + 1) * armCount]
  }

  /// For each cell, the mean of a table of rewards under this table of probabilities.
  ///
  ///     v(c) = Σₐ π(a | c) q(c, a)
  public func expectation(of rewards: ActionTable) -> [Double] {
    precondition(
      rewards.cellCount == cellCount && rewards.armCount == armCount, "both tables are of one size")
    return (0..<cellCount).map { cell in
      var sum = 0.0
      for arm in 0..<armCount { sum += self[cell, arm] * rewards[cell, arm] }
      return sum
    }
  }
}

extension ActionTable {
  /// Throws unless every row is a probability distribution, to within 1e-9 of its sum.
  public func checkProbabilities() throws(OffPolicyError) {
    for cell in 0..<cellCount {
      let row = row(cell)
      let sum = row.reduce(0, +)
      guard abs(sum - 1) <= 1e-9, row.allSatisfy({ $0 >= 0 }) else {
        throw .notProbabilities(cell: cell, sum: sum)
      }
    }
  }

  /// Draws an arm with the probabilities of a cell, from one uniform number.
  func draw(in context: Context, using rng: inout Philox) -> Arm {
    let uniform = rng.uniform()
    var cumulative = 0.0
    var last = 0
    for arm in 0..<armCount where self[context.cell, arm] > 0 {
      cumulative += self[context.cell, arm]
      last = arm
      if uniform < cumulative { break }
    }
    // Where the sum rounds to just below 1, the last arm with a probability takes the rest.
    return Arm(last)
  }
}
