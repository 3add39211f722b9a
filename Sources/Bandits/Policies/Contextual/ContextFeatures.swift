/// What is known of the sessions of each cell, as numbers: a vector `x_c` of `p` features a cell.
///
/// A policy that learns one coefficient a feature, rather than one number a cell, carries what it learns
/// in one cell over to those that share features with it.
public struct ContextFeatures: Hashable, Sendable {
  /// The number of cells.
  public let cellCount: Int
  /// The number of features, `p`.
  public let featureCount: Int
  /// The features, cell after cell.
  public let values: [Double]

  /// The largest magnitude of a feature, whose powers are numbers too.
  private static let greatest = 1e50

  /// One feature a cell, 1 there and 0 elsewhere: the cells learn apart.
  ///
  /// This is for comparison with policies that learn by cell, which do the same in O(1) a session; the features
  /// take O(cells²) memory, and so does what a policy that keeps covariances knows of each arm.
  public init(cells cellCount: Int) {
    precondition(cellCount > 0, "there is a cell")
    self.cellCount = cellCount
    featureCount = cellCount
    var values = Array(repeating: 0.0, count: cellCount * cellCount)
    for cell in 0..<cellCount { values[cell * cellCount + cell] = 1 }
    self.values = values
  }

  /// The combinations of several categorical factors, such as segment and reason: an intercept, and a
  /// feature for each level of a factor but its first.
  ///
  /// Cells are numbered with the last factor fastest. A factor of `l` levels costs `l − 1` features,
  /// where crossing multiplies cells; the model is additive in the factors.
  public init(crossing levelCounts: [Int]) {
    precondition(levelCounts.allSatisfy { $0 > 0 }, "a factor has a level")
    cellCount = levelCounts.reduce(1, *)
    featureCount = levelCounts.reduce(1) { $0 + $1 - 1 }
    var values: [Double] = []
    values.reserveCapacity(cellCount * featureCount)
    for cell in 0..<cellCount {
      var row = [1.0]
      var stride = cellCount
      for count in levelCounts {
        stride /= count
        let level = cell / stride % count
        row += (1..<count).map { $0 == level ? 1 : 0 }
      }
      values += row
    }
    self.values = values
  }

  /// Given numbers, a row a cell.
  ///
  /// A ridge prior holds all coefficients to one scale: numbers of different units should be
  /// standardized first.
  ///
  /// - Parameter rows: At least one, all of the same length.
  /// - Throws: ``ContextFeatureError`` if a number is not finite or above 1e50 in magnitude, or a row
  ///   is zero throughout, so that no coefficient could tell its arms apart.
  public init(rows: [[Double]]) throws(ContextFeatureError) {
    precondition(!rows.isEmpty && !rows[0].isEmpty, "there are a cell and a feature")
    precondition(rows.allSatisfy { $0.count == rows[0].count }, "all cells have the same features")
    for (cell, row) in rows.enumerated() {
      if let feature = row.firstIndex(where: { !(abs($0) <= Self.greatest) }) {
        throw .outOfRange(cell: cell, feature: feature)
      }
      if !row.contains(where: { abs($0) >= 1 / Self.greatest }) { throw .allZero(cell: cell) }
    }
    cellCount = rows.count
    featureCount = rows[0].count
    values = rows.flatMap { $0 }
  }

  /// The distinct rows of some sessions as cells, in the order of their first appearance, and the context
  /// of each session: continuous covariates have as many cells as patterns.
  ///
  /// - Throws: As ``init(rows:)``; the cell of the error is then the number of the pattern.
  public static func patterns(
    of sessions: [[Double]]
  ) throws(ContextFeatureError) -> (features: ContextFeatures, contexts: [Context]) {
    var cells: [[Double]: Int] = [:]
    var rows: [[Double]] = []
    let contexts = sessions.map { session in
      if let cell = cells[session] { return Context(cell: cell) }
      cells[session] = rows.count
      rows.append(session)
      return Context(cell: rows.count - 1)
    }
    return (try ContextFeatures(rows: rows), contexts)
  }

  /// The features of a cell.
  public func row(_ context: Context) -> ArraySlice<Double> { values[indices(of: context)] }

  /// Where the features of a cell lie; with one cell the context is ignored.
  @inline(__always)
  func indices(of context: Context) -> Range<Int> {
    let start = cellCount == 1 ? 0 : context.cell * featureCount
    return start..<start + featureCount
  }
}

/// Why numbers cannot be features.
public enum ContextFeatureError: Error, Hashable {
  /// A feature is not finite, or too large for its square to be a number.
  case outOfRange(cell: Int, feature: Int)
  /// All features of a cell are zero, or as good as.
  case allZero(cell: Int)
}
