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

/// A division of sessions into cells, numbered in the order in which they first appear.
private struct Partition {
  private(set) var cells: [Int]
  private var count = 1

  init(count: Int) { cells = Array(repeating: 0, count: count) }

  /// Parts the sessions of each cell by some columns.
  mutating func refine(by covariates: [Covariate]) {
    for covariate in covariates {
      switch covariate.column {
      case .category(let codes, let levels): refine(byCodes: codes, levelCount: levels.count)
      case .number(let values, let isPresent):
        refine(byNumbers: values.count) {
          isPresent[$0] ? values[$0].bitPattern : Double.nan.bitPattern
        }
      }
    }
  }

  /// Parts the sessions of each cell by numbers, which are counted first.
  mutating func refine(byNumbers rows: Int, _ number: (Int) -> UInt64) {
    var numbers: [UInt64: Int32] = [:]
    var last: (number: UInt64, code: Int32)?
    let codes = (0..<rows).map { row -> Int32 in
      let number = number(row)
      // Neighbours are often equal.
      if let last, last.number == number { return last.code }
      let next = Int32(numbers.count)
      let code = numbers[number] ?? next
      if code == next { numbers[number] = next }
      last = (number, code)
      return code
    }
    refine(byCodes: codes, levelCount: numbers.count)
  }

  /// Parts the sessions of each cell by codes, of which −1 is one too.
  mutating func refine(byCodes codes: [Int32], levelCount: Int) {
    let width = levelCount + 1
    // A table of all pairs, or, where most of them would stay empty, a dictionary.
    guard count <= 4 * (cells.count + 1_024) / width else {
      refineSparsely(codes, width)
      return
    }
    var table = Array(repeating: -1, count: count * width)
    var found = 0
    for row in cells.indices {
      let pair = cells[row] * width + Int(codes[row]) + 1
      if table[pair] < 0 {
        table[pair] = found
        found += 1
      }
      cells[row] = table[pair]
    }
    count = found
  }

  private mutating func refineSparsely(_ codes: [Int32], _ width: Int) {
    var numbers: [Int: Int] = [:]
    for row in cells.indices {
      let pair = cells[row] * width + Int(codes[row]) + 1
      let next = numbers.count
      let number = numbers[pair] ?? next
      if number == next { numbers[pair] = next }
      cells[row] = number
    }
    count = numbers.count
  }
}
