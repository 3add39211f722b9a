/// The weighted mean and standard deviation of each column of a design.
package struct ColumnMoments: Hashable, Sendable {
  /// The means `m = Σ w x / Σ w`.
  package var means: [Double]
  /// The standard deviations, `√(Σ w (x − m)² / Σ w)`; zero for a column that does not vary.
  package var deviations: [Double]
}

extension DesignMatrix {
  /// The mean and the standard deviation of each column.
  ///
  /// Dense columns are read twice, and lose no digits to a mean far from zero; other kinds take the
  /// difference of squares.
  ///
  /// - Parameter weights: One weight a row, zero or more, not all zero.
  /// - Returns: The moments, one of each a column.
  /// - Complexity: O(*n p*) for dense columns; O(*n p*²) for a kind that is unknown here.
  package func columnMoments(weights: [Double]) -> ColumnMoments {
    switch self {
    case let dense as DenseMatrix: return dense.moments(weights: weights)
    case let whole as HorizontalMatrix:
      var moments = ColumnMoments(means: [], deviations: [])
      for part in whole.parts {
        let own =
          switch part {
          case .dense(let matrix): matrix.columnMoments(weights: weights)
          case .categorical(let matrix): matrix.columnMoments(weights: weights)
          }
        moments.means += own.means
        moments.deviations += own.deviations
      }
      return moments
    default:
      let total = weights.reduce(0, +)
      let means = transposeMultiplied(by: weights).map { $0 / total }
      let squares: [Double]
      if self is CategoricalMatrix {
        squares = means
      } else {
        let gram = weightedGram(weights)
        squares = means.indices.map { gram[$0, $0] / total }
      }
      let deviations = means.indices.map { column -> Double in
        let variance = squares[column] - means[column] * means[column]
        return variance <= 1e-14 * squares[column] ? 0 : variance.squareRoot()
      }
      return ColumnMoments(means: means, deviations: deviations)
    }
  }

  /// The design of some of the columns, which ascend; nil for a kind that is unknown here.
  ///
  /// - Complexity: O(*n q*) for *q* dense columns.
  package func selecting(_ columns: [Int]) -> Self? {
    switch self {
    case let dense as DenseMatrix: return dense.columns(columns) as? Self
    case let categorical as CategoricalMatrix: return categorical.columns(columns) as? Self
    case let whole as HorizontalMatrix: return whole.columns(columns) as? Self
    default: return nil
    }
  }
}

extension DenseMatrix {
  fileprivate func moments(weights: [Double]) -> ColumnMoments {
    precondition(weights.count == rowCount, "one weight belongs to each row")
    let (width, total) = (columnCount, weights.reduce(0, +))
    var means = Array(repeating: 0.0, count: width)
    var squares = means
    elements.withUnsafeBufferPointer { x in
      means.withUnsafeMutableBufferPointer { m in
        for row in 0..<rowCount {
          let weight = weights[row] / total
          for column in 0..<width { m[column] += weight * x[row * width + column] }
        }
        squares.withUnsafeMutableBufferPointer { s in
          for row in 0..<rowCount {
            let weight = weights[row] / total
            for column in 0..<width {
              let difference = x[row * width + column] - m[column]
              s[column] += weight * difference * difference
            }
          }
        }
      }
    }
    let deviations = means.indices.map { column in
      // A column that does not vary leaves only the rounding of its mean.
      squares[column] <= 1e-28 * means[column] * means[column] ? 0 : squares[column].squareRoot()
    }
    return ColumnMoments(means: means, deviations: deviations)
  }

  fileprivate func columns(_ selected: [Int]) -> DenseMatrix {
    let (width, count) = (columnCount, selected.count)
    let chosen = Array(unsafeUninitializedCapacity: rowCount * count) { buffer, initialized in
      for row in 0..<rowCount {
        for (place, column) in selected.enumerated() {
          buffer.initializeElement(at: row * count + place, to: elements[row * width + column])
        }
      }
      initialized = rowCount * count
    }
    return DenseMatrix(rows: rowCount, columns: count, elements: chosen)
  }
}

extension CategoricalMatrix {
  fileprivate func columns(_ selected: [Int]) -> CategoricalMatrix {
    var place = Array(repeating: Int32(-1), count: columnCount)
    for (new, old) in selected.enumerated() { place[old] = Int32(new) }
    return CategoricalMatrix(
      codes: columns.map { $0 < 0 ? -1 : place[Int($0)] }, levelCount: selected.count,
      reference: nil)
  }
}

extension HorizontalMatrix {
  fileprivate func columns(_ selected: [Int]) -> HorizontalMatrix {
    precondition(
      zip(selected, selected.dropFirst()).allSatisfy { $0 < $1 }, "selected columns ascend")
    if selected.isEmpty {
      return HorizontalMatrix([.dense(DenseMatrix(rows: rowCount, columns: 0, elements: []))])
    }
    var kept: [Part] = []
    for (part, offset) in zip(parts, offsets) {
      let own = selected.filter { offset <= $0 && $0 < offset + part.columnCount }
        .map { $0 - offset }
      guard !own.isEmpty else { continue }
      switch part {
      case .dense(let matrix): kept.append(.dense(matrix.columns(own)))
      case .categorical(let matrix): kept.append(.categorical(matrix.columns(own)))
      }
    }
    return HorizontalMatrix(kept)
  }
}
