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
    for covariate in covariates {
      switch covariate.column {
      case .category(let codes, _):
        partition.refine { UInt64(bitPattern: Int64(codes[$0])) }
      case .number(let values, let isPresent):
        partition.refine { isPresent[$0] ? values[$0].bitPattern : Double.nan.bitPattern }
      }
    }
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

/// A division of sessions into cells, numbered in the order in which they first appear.
private struct Partition {
  private struct Key: Hashable {
    let cell: Int
    let value: UInt64
  }

  private(set) var cells: [Int]

  init(count: Int) { cells = Array(repeating: 0, count: count) }

  /// Parts the sessions of each cell by their values.
  mutating func refine(by value: (Int) -> UInt64) {
    var numbers: [Key: Int] = [:]
    for row in cells.indices {
      let key = Key(cell: cells[row], value: value(row))
      let next = numbers.count
      let number = numbers[key] ?? next
      if number == next { numbers[key] = next }
      cells[row] = number
    }
  }
}
