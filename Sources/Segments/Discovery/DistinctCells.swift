/// The distinct patterns among some sessions, with the number of sessions of each.
///
/// Where covariates are categories a million sessions fall into a few hundred patterns, and a
/// regression on patterns with counts is the regression on sessions, exactly.
struct DistinctCells {
  /// The first session of each pattern, in the order of the log.
  let representatives: [Int]
  /// The number of sessions of each pattern.
  let counts: [Double]

  /// Divides the sessions by their arm and reward, then by each covariate in turn.
  ///
  /// - Complexity: O(*n k*) for *k* covariates.
  init(_ data: SegmentData, by covariates: [Covariate]) {
    var partition = Partition(count: data.arms.count)
    partition.refine { UInt64(data.arms[$0]) }
    partition.refine { data.rewards[$0].bitPattern }
    for covariate in covariates { partition.refine(by: covariate) }
    var (representatives, counts) = ([Int](), [Double]())
    for (row, cell) in partition.cells.enumerated() {
      if cell == representatives.count {
        representatives.append(row)
        counts.append(0)
      }
      counts[cell] += 1
    }
    (self.representatives, self.counts) = (representatives, counts)
  }
}
