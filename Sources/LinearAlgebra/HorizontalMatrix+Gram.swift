internal import CKernels

extension HorizontalMatrix {
  /// The number of rows whose part of the Gram matrix is best formed at a time.
  ///
  /// The tables of pairs of categories are added to it once a block: the more rows, the less that counts.
  /// The numbers of a block stay in the second-level cache.
  var gramBlockLength: Int {
    categories.count < 2 ? 1_024 : max(1_024, min(4_096, 51_200 / max(1, numbers.columnCount)))
  }

  /// The rows whose weighted numbers are written out at a time.
  private static let piece = 512

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
      let coded = categories.enumerated().map { index, category in
        Coded(category: category, codes: codes + index * rows.count)
      }
      let pairs = coded.indices.flatMap { lower in coded[..<lower].map { (coded[lower], $0) } }
      var waiting: CodedPair?
      for (lower, left) in pairs {
        let pair = CodedPair(lower: lower, left: left)
        guard pair.cellCount <= CodedPair.mostCells else {
          pair.add(weights, rows.count, to: &gram)
          continue
        }
        if let other = waiting {
          pair.addTables(with: other, weights, rows.count, to: &gram)
          waiting = nil
        } else {
          waiting = pair
        }
      }
      waiting?.addTables(with: nil, weights, rows.count, to: &gram)
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
    let piece = min(Self.piece, rows.count)
    let room = (piece + places) * width * MemoryLayout<Double>.stride
    withUnsafeTemporaryAllocation(byteCount: room, alignment: 64) { buffer in
      let doubles = buffer.bindMemory(to: Double.self)
      guard let z = doubles.baseAddress else { return }
      let sums = z + piece * width
      sums.initialize(repeating: 0, count: places * width)
      numbers.withRows(rows) { x in
        weights.withUnsafeBufferPointer { w in
          // A design without numbers has rows of a one alone.
          guard let w = w.baseAddress else { return }
          for first in stride(from: 0, to: rows.count, by: piece) {
            let length = min(piece, rows.count - first)
            let x = x.map { $0 + first * count } ?? UnsafePointer(z)
            holdfast_weighted_rows(x, length, count, w + first, z)
            holdfast_level_sums(
              length, categories.count, codes + first, rows.count, z, width, sums, starts)
          }
        }
      }
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
  mutating func addLower(_ one: Int, _ other: Int, _ value: Double) {
    self[max(one, other), min(one, other)] += value
  }
}
