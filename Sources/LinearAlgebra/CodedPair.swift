internal import CKernels

/// A category of a design, with its codes in a block of rows.
struct Coded {
  let category: HorizontalMatrix.Placed<CategoricalMatrix>
  let codes: UnsafePointer<UInt16>

  init(
    category: HorizontalMatrix.Placed<CategoricalMatrix>, codes: UnsafeMutablePointer<UInt16>
  ) {
    (self.category, self.codes) = (category, UnsafePointer(codes))
  }
}

/// Two categories of a design in a block of rows, whose part of the Gram matrix is a table of weights.
///
/// Each weight falls into the cell of its row's two levels. A table has one more place either way, for
/// rows of no level.
struct CodedPair {
  /// The category whose columns come later.
  let lower: Coded
  let left: Coded

  /// The cells up to which a table of its own is worth its sums: two stay in the second-level cache.
  static let mostCells = 4_096

  var height: Int { lower.category.design.columnCount }
  var width: Int { left.category.design.columnCount }
  var cellCount: Int { (height + 1) * (width + 1) }

  /// Adds the weights of the block, cell by cell.
  func add(_ weights: Span<Double>, _ rows: Int, to gram: inout Matrix) {
    for row in 0..<rows {
      let (level, other) = (Int(lower.codes[row]), Int(left.codes[row]))
      guard level < height, other < width else { continue }
      gram.addLower(lower.category.offset + level, left.category.offset + other, weights[row])
    }
  }

  /// Adds the weights of the block by way of tables, those of another pair at the same time.
  func addTables(
    with other: CodedPair?, _ weights: Span<Double>, _ rows: Int, to gram: inout Matrix
  ) {
    let cells = cellCount + (other?.cellCount ?? 0)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: cells) { tables in
      tables.initialize(repeating: 0)
      weights.withUnsafeBufferPointer { w in
        guard let w = w.baseAddress, let sums = tables.baseAddress else { return }
        var own = table(sums)
        if let other {
          var second = other.table(sums + cellCount)
          holdfast_pair_sums(rows, &own, &second, w)
          other.add(second.sums, to: &gram)
        } else {
          holdfast_pair_sums(rows, &own, nil, w)
        }
        add(own.sums, to: &gram)
      }
    }
  }

  private func table(_ sums: UnsafeMutablePointer<Double>) -> holdfast_pair_table {
    holdfast_pair_table(columns: left.codes, rows: lower.codes, height: height + 1, sums: sums)
  }

  /// Adds a table, but for its rows of no level, to the lower triangle.
  private func add(_ table: UnsafePointer<Double>, to gram: inout Matrix) {
    let order = gram.rowCount
    let first = left.category.offset * order + lower.category.offset
    gram.elements.withUnsafeMutableBufferPointer { h in
      for column in 0..<width {
        let (from, to) = (column * (height + 1), first + column * order)
        for row in 0..<height { h[to + row] += table[from + row] }
      }
    }
  }
}
