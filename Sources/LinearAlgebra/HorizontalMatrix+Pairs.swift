internal import CKernels

// MARK: - Products with vectors, two categories at a time

/// Two categories next to each other, of which a table holds a number for each pair of levels: one look-up a
/// row instead of two. A table has one more place either way, for rows of no level.
private struct NeighbourPair {
  let left: HorizontalMatrix.Placed<CategoricalMatrix>
  let right: HorizontalMatrix.Placed<CategoricalMatrix>
  let leftCodes: [UInt8]
  let rightCodes: [UInt8]

  var height: Int { right.design.columnCount + 1 }
  var cellCount: Int { (left.design.columnCount + 1) * height }

  /// Takes two categories together if the table is worth its making for so many rows.
  init?(
    _ left: HorizontalMatrix.Placed<CategoricalMatrix>,
    _ right: HorizontalMatrix.Placed<CategoricalMatrix>, rows: Int
  ) {
    guard case .bytes(let leftCodes) = left.design.codes,
      case .bytes(let rightCodes) = right.design.codes
    else { return nil }
    (self.left, self.right, self.leftCodes, self.rightCodes) = (left, right, leftCodes, rightCodes)
    guard 2 * cellCount <= rows else { return nil }
  }

  func add(
    _ rows: Range<Int>, times coefficients: [Double], to predictor: inout MutableSpan<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: cellCount) { table in
      for column in 0...left.design.columnCount {
        let own = column < left.design.columnCount ? coefficients[left.offset + column] : 0
        for row in 0..<right.design.columnCount {
          table[column * height + row] = own + coefficients[right.offset + row]
        }
        table[column * height + height - 1] = own
      }
      withCodes(rows) { first, second in
        predictor.withUnsafeMutableBufferPointer { eta in
          guard let table = table.baseAddress, let eta = eta.baseAddress else { return }
          holdfast_pair_predictor(rows.count, first, second, height, table, eta)
        }
      }
    }
  }

  func addScores(_ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: cellCount) { table in
      table.initialize(repeating: 0)
      withCodes(rows) { first, second in
        residuals.withUnsafeBufferPointer { r in
          guard let table = table.baseAddress, let r = r.baseAddress else { return }
          holdfast_pair_score(rows.count, first, second, height, r, table)
        }
      }
      addMargins(of: UnsafeBufferPointer(table), to: &sum)
    }
  }

  /// Adds the sums over the columns and over the rows of a table, but for the places of no level.
  private func addMargins(of table: UnsafeBufferPointer<Double>, to sum: inout [Double]) {
    sum.withUnsafeMutableBufferPointer { sum in
      for column in 0...left.design.columnCount {
        let cells = UnsafeBufferPointer(rebasing: table[column * height..<(column + 1) * height])
        var total = cells[height - 1]
        for row in 0..<height - 1 {
          total += cells[row]
          sum[right.offset + row] += cells[row]
        }
        if column < left.design.columnCount { sum[left.offset + column] += total }
      }
    }
  }

  private func withCodes(
    _ rows: Range<Int>, _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Void
  ) {
    precondition(
      0 <= rows.lowerBound && rows.upperBound <= leftCodes.count, "rows lie in the matrix")
    leftCodes.withUnsafeBufferPointer { first in
      rightCodes.withUnsafeBufferPointer { second in
        guard let first = first.baseAddress, let second = second.baseAddress else { return }
        body(first + rows.lowerBound, second + rows.lowerBound)
      }
    }
  }
}

extension HorizontalMatrix {
  /// Adds `Xb` of the categories.
  func addCategories(
    _ rows: Range<Int>, times coefficients: [Double], to predictor: inout MutableSpan<Double>
  ) {
    precondition(predictor.count >= rows.count, "one element belongs to each row")
    forEachPair(rows.count) { pair in
      pair.add(rows, times: coefficients, to: &predictor)
    } alone: { category in
      let own = category.offset..<(category.offset + category.design.columnCount)
      category.design.add(rows, times: coefficients.span.extracting(own), to: &predictor)
    }
  }

  /// Adds `Xᵀr` of the categories.
  func addCategoryScores(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    forEachPair(rows.count) { pair in
      pair.addScores(rows, by: residuals, to: &sum)
    } alone: { category in
      category.design.addTransposeProduct(rows, by: residuals, to: &sum, at: category.offset)
    }
  }

  /// Takes the categories two by two where that pays, and the others one by one.
  private func forEachPair(
    _ rows: Int, _ together: (NeighbourPair) -> Void, alone: (Placed<CategoricalMatrix>) -> Void
  ) {
    var place = 0
    while place < categories.count {
      if place + 1 < categories.count,
        let pair = NeighbourPair(categories[place], categories[place + 1], rows: rows)
      {
        together(pair)
        place += 2
      } else {
        alone(categories[place])
        place += 1
      }
    }
  }
}
