internal import LinearAlgebra

/// The columns of a product of factors, the first factor's fastest within categories and within numbers.
struct FormulaProduct {
  let names: [String]
  let part: HorizontalMatrix.Part

  /// Multiplies factors; fails if no row fills any column.
  init?(_ factors: [FormulaFactor], rows: Int) {
    var levels: (codes: [Int32], count: Int)?
    var numbers: [Double]?
    for factor in factors {
      switch factor {
      case .numbers(let own, _):
        numbers = numbers.map { numbers in numbers.indices.map { numbers[$0] * own[$0] } } ?? own
      case .levels(let codes, let names):
        guard let before = levels else {
          levels = (codes, names.count)
          continue
        }
        let width = Int32(before.count)
        levels = (
          zip(before.codes, codes).map { $0 < 0 || $1 < 0 ? -1 : $0 + $1 * width },
          before.count * names.count
        )
      }
    }
    guard let levels else {
      guard let numbers else { return nil }
      names = [Self.name(factors, level: 0)]
      part = .dense(DenseMatrix(rows: rows, columns: 1, elements: numbers))
      return
    }
    let (matrix, kept) = CategoricalMatrix(
      codes: levels.codes, levelCount: levels.count, reference: nil
    ).droppingEmptyColumns()
    guard !kept.isEmpty else { return nil }
    names = kept.map { Self.name(factors, level: $0) }
    if let numbers {
      part = .interaction(
        InteractionMatrix(matrix, DenseMatrix(rows: rows, columns: 1, elements: numbers)))
    } else {
      part = .categorical(matrix)
    }
  }

  /// The name of a column: those of its factors, in their order.
  private static func name(_ factors: [FormulaFactor], level: Int) -> String {
    var rest = level
    return factors.map { factor in
      switch factor {
      case .numbers(_, let name): return name
      case .levels(_, let names):
        defer { rest /= names.count }
        return names[rest % names.count]
      }
    }.joined(separator: ":")
  }
}
