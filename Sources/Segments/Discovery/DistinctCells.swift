/// The distinct patterns among some sessions, with the number of sessions of each.
///
/// Where covariates are categories a million sessions fall into a few hundred patterns, and a
/// regression on patterns with counts is the regression on sessions, exactly: likelihood, score,
/// information and robust covariances are sums over sessions, of equal terms within a pattern.
public struct DistinctCells: Hashable, Sendable {
  /// The first session of each pattern, in the order of the log.
  public let representatives: [Int]
  /// The number of sessions of each pattern, or the sum of their weights.
  public let counts: [Double]
  /// The pattern of each session, by its place among the representatives.
  public let cells: [Int]

  /// Divides sessions by their outcome and by each covariate in turn.
  ///
  /// - Parameters:
  ///   - outcomes: The outcome of each session.
  ///   - covariates: The columns of the table that a design is made of, all as long.
  ///   - weights: The number of sessions each row stands for; nil for one each.
  ///   - offset: The known part of each row's predictor, which equal rows share; nil for none.
  /// - Complexity: O(*n k*) for *k* covariates.
  public init(
    _ outcomes: [Double], by covariates: [Covariate], weights: [Double]? = nil,
    offset: [Double]? = nil
  ) {
    precondition(
      covariates.allSatisfy { $0.count == outcomes.count }
        && (weights ?? outcomes).count == outcomes.count
        && (offset ?? outcomes).count == outcomes.count, "columns have one length")
    var partition = Partition(count: outcomes.count)
    partition.refine(byNumbers: outcomes.count) { outcomes[$0].bitPattern }
    if let offset { partition.refine(byNumbers: offset.count) { offset[$0].bitPattern } }
    partition.refine(by: covariates)
    self.init(partition, weights: weights)
  }

  /// Divides the sessions by their arm and reward, then by each covariate in turn.
  init(_ data: SegmentData, by covariates: [Covariate]) {
    var partition = Partition(count: data.arms.count)
    partition.refine(byCodes: data.arms, levelCount: data.armNames.count)
    partition.refine(byNumbers: data.rewards.count) { data.rewards[$0].bitPattern }
    partition.refine(by: covariates)
    self.init(partition, weights: nil)
  }

  private init(_ partition: Partition, weights: [Double]?) {
    var (representatives, counts) = ([Int](), [Double]())
    for (row, cell) in partition.cells.enumerated() {
      if cell == representatives.count {
        representatives.append(row)
        counts.append(0)
      }
      counts[cell] += weights?[row] ?? 1
    }
    (self.representatives, self.counts, cells) = (representatives, counts, partition.cells)
  }

  /// One row a pattern of each column of a table.
  public func rows(of table: [Covariate]) -> [Covariate] {
    table.map { $0.subset(representatives) }
  }

  /// One element a pattern of a column of numbers: outcomes, or an offset.
  public func rows(of numbers: [Double]) -> [Double] { representatives.map { numbers[$0] } }
}
