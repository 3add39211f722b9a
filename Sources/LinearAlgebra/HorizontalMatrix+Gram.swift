internal import CKernels

extension HorizontalMatrix {
  public func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    precondition(weights.count >= rows.count, "one weight belongs to each row")
    precondition(gram.rowCount == columnCount && gram.columnCount == columnCount)
    addNumberGram(rows, weights: weights, to: &gram)
    addConstantGram(rows, weights: weights, to: &gram)
    if !categories.isEmpty { addCategoryGram(rows, weights: weights, to: &gram) }
    if !interactions.isEmpty { addInteractionGram(rows, weights: weights, to: &gram) }
  }

  /// Numbers by numbers.
  private func addNumberGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    let width = numbers.columnCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: width * width) { block in
      block.initialize(repeating: 0)
      guard let h = block.baseAddress, width > 0 else { return }
      numbers.addWeightedGram(rows, weights: weights, to: h)
      for column in 0..<width {
        for row in column..<width {
          gram.addLower(numberColumns[row], numberColumns[column], h[column * width + row])
        }
      }
    }
  }

  /// Ones by ones, and ones by numbers.
  private func addConstantGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    guard !constantColumns.isEmpty else { return }
    var total = 0.0
    for index in 0..<rows.count { total += weights[index] }
    for (place, column) in constantColumns.enumerated() {
      for earlier in constantColumns[...place] { gram.addLower(column, earlier, total) }
    }
    addNumbers(rows, times: weights) { index, sum in
      for column in constantColumns { gram.addLower(column, numberColumns[index], sum) }
    }
  }

  /// Categories by everything but interactions, from tables over the codes of the block.
  private func addCategoryGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: rows.count * categories.count) {
      codes in
      guard let codes = codes.baseAddress else { return }
      for (index, category) in categories.enumerated() {
        category.design.codes.write(rows, to: codes + index * rows.count)
      }
      addLevelSums(rows, codes, weights: weights, to: &gram)
      for second in categories.indices.dropFirst() {
        for first in 0..<second {
          addTable(
            Coded(category: categories[second], codes: codes + second * rows.count),
            Coded(category: categories[first], codes: codes + first * rows.count), rows.count,
            weights: weights, to: &gram)
        }
      }
    }
  }

  /// Categories by numbers and by ones, and their own diagonals: weighted rows of numbers and a one are
  /// added to the sums of their levels, every category at once.
  private func addLevelSums(
    _ rows: Range<Int>, _ codes: UnsafePointer<UInt16>, weights: Span<Double>, to gram: inout Matrix
  ) {
    let count = numbers.columnCount
    let width = (count / 8 + 1) * 8
    var (starts, places) = ([Int](), 0)
    for category in categories {
      starts.append(places)
      places += category.design.columnCount + 1
    }
    let room = (rows.count + places) * width * MemoryLayout<Double>.stride
    withUnsafeTemporaryAllocation(byteCount: room, alignment: 64) { buffer in
      let doubles = buffer.bindMemory(to: Double.self)
      guard let z = doubles.baseAddress else { return }
      let sums = z + rows.count * width
      sums.initialize(repeating: 0, count: places * width)
      numbers.withRows(rows) { x in
        weights.withUnsafeBufferPointer { w in
          // A design without numbers has rows of a one alone.
          guard let w = w.baseAddress else { return }
          holdfast_weighted_rows(x ?? UnsafePointer(z), rows.count, count, w, z)
        }
      }
      holdfast_level_sums(rows.count, categories.count, codes, z, width, sums, starts)
      for (start, category) in zip(starts, categories) {
        for level in 0..<category.design.columnCount {
          let (own, column) = (sums + (start + level) * width, category.offset + level)
          gram.addLower(column, column, own[count])
          for constant in constantColumns { gram.addLower(column, constant, own[count]) }
          for index in 0..<count { gram.addLower(column, numberColumns[index], own[index]) }
        }
      }
    }
  }

  /// A category with its codes in a block.
  private struct Coded {
    let category: Placed<CategoricalMatrix>
    let codes: UnsafePointer<UInt16>

    init(category: Placed<CategoricalMatrix>, codes: UnsafeMutablePointer<UInt16>) {
      (self.category, self.codes) = (category, UnsafePointer(codes))
    }
  }

  /// The cells up to which a table of its own is worth its sums: it stays in the first-level cache.
  private static let smallTable = 4_096

  /// Category by category: each weight falls into the cell of its row's two levels.
  private func addTable(
    _ lower: Coded, _ left: Coded, _ rows: Int, weights: Span<Double>, to gram: inout Matrix
  ) {
    let (height, width) = (lower.category.design.columnCount, left.category.design.columnCount)
    let cells = (height + 1) * (width + 1)
    guard cells <= Self.smallTable else {
      for row in 0..<rows {
        let (level, other) = (Int(lower.codes[row]), Int(left.codes[row]))
        guard level < height, other < width else { continue }
        gram.addLower(lower.category.offset + level, left.category.offset + other, weights[row])
      }
      return
    }
    let (order, first) = (
      gram.rowCount, left.category.offset * gram.rowCount + lower.category.offset
    )
    withUnsafeTemporaryAllocation(of: Double.self, capacity: cells) { table in
      table.initialize(repeating: 0)
      weights.withUnsafeBufferPointer { w in
        guard let w = w.baseAddress, let table = table.baseAddress else { return }
        holdfast_pair_sums(rows, left.codes, lower.codes, height + 1, w, table)
      }
      gram.elements.withUnsafeMutableBufferPointer { h in
        for column in 0..<width {
          let (from, to) = (column * (height + 1), first + column * order)
          for row in 0..<height { h[to + row] += table[from + row] }
        }
      }
    }
  }

  /// Interactions by everything: the few elements of each row that are not zero, pair by pair.
  private func addInteractionGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix)
  {
    var (columns, values) = ([Int](), [Double]())
    let most = columnCount
    columns.reserveCapacity(most)
    values.reserveCapacity(most)
    for (index, row) in rows.enumerated() {
      columns.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      for interaction in interactions {
        let (design, level) = (interaction.design, interaction.design.levels.codes[row])
        let width = design.numbers.columnCount
        guard level < design.levels.columnCount else { continue }
        for column in 0..<width {
          columns.append(interaction.offset + level * width + column)
          values.append(design.numbers.elements[row * width + column])
        }
      }
      for (place, column) in columns.enumerated() {
        let factor = weights[index] * values[place]
        for other in 0...place { gram.addLower(column, columns[other], factor * values[other]) }
        for constant in constantColumns { gram.addLower(column, constant, factor) }
        for category in categories {
          let level = category.design.codes[row]
          guard level < category.design.columnCount else { continue }
          gram.addLower(column, category.offset + level, factor)
        }
        let first = row * numbers.columnCount
        for (number, other) in numberColumns.enumerated() {
          gram.addLower(column, other, factor * numbers.elements[first + number])
        }
      }
    }
  }
}

extension Matrix {
  /// Adds to the element of two columns of a design, in whichever order, of the lower triangle.
  @inline(__always)
  fileprivate mutating func addLower(_ one: Int, _ other: Int, _ value: Double) {
    self[max(one, other), min(one, other)] += value
  }
}
